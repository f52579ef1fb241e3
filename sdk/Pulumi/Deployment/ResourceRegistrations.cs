using System.Collections.Immutable;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Pulumi.Serialization;
using Struct = Google.Protobuf.WellKnownTypes.Struct;
using Value = Google.Protobuf.WellKnownTypes.Value;

namespace Pulumi;

/// <summary>Declares resources to the engine, and gives their outputs the values that come back.</summary>
internal sealed class ResourceRegistrations(Deployment deployment)
{
    private const string UrnName = "urn";
    private const string IdName = "id";

    /// <summary>Starts declaring a resource; its constructor does not wait for it.</summary>
    public void Start(Resource resource, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        var sources = deployment.Shapes.Resource(resource.GetType()).Attach(resource);
        if (resource is Stack stack)
        {
            stack.InitialOutputs = [.. sources.Values.Select(source => source.Output)];
        }

        deployment.Work.Add(DeclareAsync(resource, args, options, package, sources));
    }

    /// <summary>Starts publishing the outputs of a component or of the stack.</summary>
    public void StartOutputs(Resource resource, Output<IDictionary<string, object?>> outputs) =>
        deployment.Work.Add(PublishAsync(resource, outputs));

    private async Task DeclareAsync(
        Resource resource,
        ResourceArgs args,
        ResourceOptions options,
        RegisterPackageRequest? package,
        Dictionary<string, OutputSource> sources)
    {
        try
        {
            var state = await SendAsync(resource, args, options, package).ConfigureAwait(false);
            Resolve(resource, state, sources);
        }
        catch (Exception exception)
        {
            foreach (var source in sources.Values)
            {
                source.Fail(exception);
            }

            throw;
        }
    }

    private async Task<ResourceState> SendAsync(
        Resource resource, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        if (!string.IsNullOrEmpty(options.Urn))
        {
            return await RehydrateAsync(resource, options.Urn).ConfigureAwait(false);
        }

        if (options.Id is not null)
        {
            var id = await options.Id.ToOutput().DataTask.ConfigureAwait(false);
            if (id.IsKnown && !string.IsNullOrEmpty(id.Value))
            {
                return resource.IsCustom
                    ? await ReadAsync(resource, id.Value, args, options, package).ConfigureAwait(false)
                    : throw new RunException($"The component {resource.Description} has the option Id, which only resources of providers take.");
            }
        }

        var request = await new RequestWriter(deployment, resource, options, package).WriteRegistrationAsync(args).ConfigureAwait(false);
        var response = await CallAsync(resource, "Declaring", monitor => monitor.RegisterResourceAsync(resource, request))
            .ConfigureAwait(false);
        var isLost = response.Result != Result.Success || response.Unknown;
        return new ResourceState(
            response.Urn,
            isLost ? "" : response.Id,
            Decode(resource, response.Object),
            MissingIsUnknown: isLost || deployment.IsDryRun,
            response.PropertyDependencies.ToDictionary(entry => entry.Key, entry => entry.Value.Urns.ToImmutableArray()));
    }

    private async Task<ResourceState> ReadAsync(
        Resource resource, string id, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        var request = await new RequestWriter(deployment, resource, options, package).WriteReadAsync(id, args).ConfigureAwait(false);
        var response = await CallAsync(resource, "Reading", monitor => monitor.ReadResourceAsync(resource, request)).ConfigureAwait(false);
        var isLost = response.Result != Result.Success || response.Unknown;
        return new ResourceState(
            response.Urn, isLost ? "" : id, Decode(resource, response.Properties), MissingIsUnknown: isLost || deployment.IsDryRun, []);
    }

    private async Task<ResourceState> RehydrateAsync(Resource resource, string urn)
    {
        var request = new ResourceInvokeRequest
        {
            Tok = "pulumi:pulumi:getResource",
            Args = new Struct { Fields = { [UrnName] = Value.ForString(urn) } },
            AcceptResources = deployment.Settings.AcceptsResources,
        };
        var response = await CallAsync(resource, "Looking up", monitor => monitor.InvokeAsync(request)).ConfigureAwait(false);
        if (response.Failures.Count > 0)
        {
            throw new ResourceException(
                $"Looking up the resource {resource.Description} failed: {string.Join("; ", response.Failures.Select(failure => failure.Reason))}",
                resource,
                hideStack: true);
        }

        var answer = Decode(resource, response.Return);
        return new ResourceState(
            answer[UrnName]?.Unwrapped is StringValue text ? text.Value : urn,
            answer[IdName]?.Unwrapped is StringValue id ? id.Value : "",
            answer["state"]?.Unwrapped as MapValue ?? MapValue.Empty,
            MissingIsUnknown: deployment.IsDryRun,
            []);
    }

    private void Resolve(Resource resource, ResourceState state, Dictionary<string, OutputSource> sources)
    {
        ImmutableHashSet<Resource> self = [resource];
        var context = new ReadContext(deployment.Shapes, deployment.Types.Resolve);
        foreach (var (name, source) in sources)
        {
            switch (name)
            {
                case UrnName:
                    source.Resolve(state.Urn, isKnown: true, isSecret: false, self);
                    break;
                case IdName when resource.IsCustom:
                    var isKnown = state.Id.Length > 0;
                    source.Resolve(isKnown ? state.Id : null, isKnown, isSecret: false, self);
                    break;
                default:
                    ResolveProperty(name, source, state, self, context);
                    break;
            }
        }

        foreach (var problem in context.Problems)
        {
            deployment.Logger.Warn($"The output {problem}; the type's default is used (resource {resource.Description}).", resource);
        }
    }

    private static void ResolveProperty(
        string name, OutputSource source, ResourceState state, ImmutableHashSet<Resource> self, ReadContext context)
    {
        var resources = state.Dependencies.TryGetValue(name, out var urns)
            ? self.Union(urns.Select(urn => new DependencyResource(urn)))
            : self;
        if (!state.Properties.TryGet(name, out var value))
        {
            source.Resolve(null, isKnown: !state.MissingIsUnknown, isSecret: false, resources);
            return;
        }

        var isKnown = !Unknowns.IsUnknownAnywhere(value);
        source.Resolve(isKnown ? context.ReadAt(name, source.Type, value) : null, isKnown, value.ContainsSecrets, resources);
    }

    private async Task PublishAsync(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var data = await outputs.DataTask.ConfigureAwait(false);
        var keepsReferences = await deployment.Features.SupportsAsync(Features.ResourceReferences).ConfigureAwait(false);
        var owner = resource is Stack ? "The stack" : $"The component {resource.Description}";
        var serializer = new Serializer(deployment.Shapes, $"{owner}'s outputs", new SerializerOptions(keepsReferences));
        var entries = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (name, value) in data.IsKnown ? data.Value : new Dictionary<string, object?>())
        {
            var written = await serializer.WriteAsync(value, new InputPlace(null, name)).ConfigureAwait(false);
            if (written is not NullValue)
            {
                entries.Add(KeyValuePair.Create(name, written));
            }
        }

        var urn = await resource.Urn.DataTask.ConfigureAwait(false);
        var request = new RegisterResourceOutputsRequest
        {
            Urn = urn.Value,
            Outputs = PropertyEncoding.Encode(new MapValue(entries), EncodingOptions.Full),
        };
        await CallAsync(resource, "Publishing the outputs of", async monitor =>
        {
            await monitor.RegisterResourceOutputsAsync(request).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    private async Task<TResponse> CallAsync<TResponse>(Resource resource, string doing, Func<IMonitor, Task<TResponse>> call)
    {
        try
        {
            return await call(deployment.Monitor).ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            throw new ResourceException($"{doing} the resource {resource.Description} failed: {exception.Message}", resource, exception);
        }
    }

    private static MapValue Decode(Resource resource, Struct? properties)
    {
        try
        {
            return PropertyDecoding.Decode(properties);
        }
        catch (MalformedPropertyException exception)
        {
            throw new ResourceException($"The engine's answer for the resource {resource.Description} is wrong: {exception.Message}", resource, exception);
        }
    }

    /// <summary>What came back for a resource.</summary>
    private sealed record ResourceState(
        string Urn,
        string Id,
        MapValue Properties,
        bool MissingIsUnknown,
        Dictionary<string, ImmutableArray<string>> Dependencies);
}
