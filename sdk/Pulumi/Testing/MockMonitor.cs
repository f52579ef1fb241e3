using System.Collections.Concurrent;
using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Pulumi.Serialization;
using Pulumi.Testing;
using Struct = Google.Protobuf.WellKnownTypes.Struct;

namespace Pulumi;

/// <summary>Answers with what mocks give.</summary>
internal sealed class MockMonitor(IMocks mocks, RunSettings settings) : IMonitor
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, (Resource Resource, string Id, MapValue State)> _known = new(StringComparer.Ordinal);
    private ImmutableArray<Resource> _resources = [];

    public TypeShapes Shapes { get; set; } = new();

    /// <summary>The resources that the program declared or read, in the order in which that was answered.</summary>
    public ImmutableArray<Resource> Resources
    {
        get
        {
            lock (_lock)
            {
                return _resources;
            }
        }
    }

    public Task<bool> SupportsFeatureAsync(string feature) =>
        Task.FromResult(feature is not (Features.OutputValues or Features.OwnEngine));

    public async Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request)
    {
        Add(resource);
        var urn = NewUrn(request.Parent, request.Type, request.Name);
        if (request.Type == Stack.RootType)
        {
            return new RegisterResourceResponse { Urn = urn, Object = new Struct() };
        }

        var (id, state) = await mocks.NewResourceAsync(new MockResourceArgs
        {
            Type = request.Type,
            Name = request.Name,
            Inputs = Plain(request.Object),
            Provider = request.Provider,
            Id = request.ImportId,
        }).ConfigureAwait(false);
        var outputs = await WriteAsync($"The mocked state of '{request.Name}' ({request.Type})", state).ConfigureAwait(false);
        id ??= request.ImportId;
        _known[urn] = (resource, id, outputs);
        return new RegisterResourceResponse { Urn = urn, Id = request.Custom ? id : "", Object = Encode(outputs) };
    }

    public async Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request)
    {
        Add(resource);
        var urn = NewUrn(request.Parent, request.Type, request.Name);
        var (_, state) = await mocks.NewResourceAsync(new MockResourceArgs
        {
            Type = request.Type,
            Name = request.Name,
            Inputs = Plain(request.Properties),
            Provider = request.Provider,
            Id = request.Id,
        }).ConfigureAwait(false);
        var outputs = await WriteAsync($"The mocked state of '{request.Name}' ({request.Type})", state).ConfigureAwait(false);
        _known[urn] = (resource, request.Id, outputs);
        return new ReadResourceResponse { Urn = urn, Properties = Encode(outputs) };
    }

    public Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request)
    {
        var context = Reader();
        var outputs = PropertyDecoding.Decode(request.Outputs).Entries.ToImmutableDictionary(entry => entry.Key, entry =>
        {
            var isKnown = !Unknowns.IsUnknownAnywhere(entry.Value);
            var value = isKnown ? context.Read(typeof(object), entry.Value) : null;
            return new Output<object>(new OutputData<object>([], value!, isKnown, entry.Value.ContainsSecrets));
        });
        return mocks.RegisterResourceOutputs(new MockRegisterResourceOutputsRequest(request.Urn, outputs));
    }

    public async Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request)
    {
        if (request.Tok == "pulumi:pulumi:getResource")
        {
            return GetResource(request.Args.Fields["urn"].StringValue);
        }

        var result = await mocks.CallAsync(new MockCallArgs
        {
            Token = request.Tok,
            Args = Plain(request.Args),
            Provider = request.Provider,
        }).ConfigureAwait(false);
        return new ResourceInvokeResponse
        {
            Return = Encode(await WriteAsync($"The mocked result of {request.Tok}", result).ConfigureAwait(false)),
        };
    }

    public Task<string> RegisterPackageAsync(CantonInfra.Protocol.Wire.RegisterPackageRequest request) =>
        Task.FromResult($"{request.Name}-{request.Version}");

    public Task SignalAndWaitForShutdownAsync() => Task.CompletedTask;

    private static Struct Encode(MapValue properties) => PropertyEncoding.Encode(properties, EncodingOptions.Full);

    private void Add(Resource resource)
    {
        lock (_lock)
        {
            _resources = _resources.Add(resource);
        }
    }

    // As the official mocks name resources, which is not quite as an engine does: below a parent only the outermost type is kept.
    private string NewUrn(string parent, string type, string name)
    {
        if (parent.Length > 0)
        {
            type = $"{UrnParts.Parse(parent).QualifiedType.Split('$')[0]}${type}";
        }

        return new UrnParts(settings.Stack, settings.Project, type, name).ToString();
    }

    private ResourceInvokeResponse GetResource(string urn)
    {
        if (!_known.TryGetValue(urn, out var known))
        {
            return new ResourceInvokeResponse { Failures = { new CheckFailure { Reason = $"there is no resource {urn}" } } };
        }

        var answer = MapValue.Empty.With("urn", urn).With("id", known.Id).With("state", known.State);
        return new ResourceInvokeResponse { Return = Encode(answer) };
    }

    private ReadContext Reader() => new(Shapes, (reference, _) =>
        _known.TryGetValue(reference.Urn, out var known) ? known.Resource : new DependencyResource(reference.Urn));

    private ImmutableDictionary<string, object> Plain(Struct properties)
    {
        var context = Reader();
        return PropertyDecoding.Decode(properties).Entries
            .Where(entry => !Unknowns.IsUnknownAnywhere(entry.Value))
            .ToImmutableDictionary(entry => entry.Key, entry => context.Read(typeof(object), entry.Value)!);
    }

    private async Task<MapValue> WriteAsync(string owner, object? state)
    {
        var serializer = new Serializer(Shapes, owner, new SerializerOptions(ResourceReferences: true));
        return await serializer.WriteAsync(state, new InputPlace(null, "state")).ConfigureAwait(false) switch
        {
            MapValue map => map,
            NullValue => MapValue.Empty,
            _ => throw new RunException($"{owner} is a {state!.GetType()}; it must be a dictionary or args."),
        };
    }
}
