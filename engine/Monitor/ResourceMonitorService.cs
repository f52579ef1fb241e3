using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine.Projects;
using CantonInfra.Engine.Providers;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Monitor;

/// <summary>Answers what a program asks while it declares its resources in a preview.</summary>
internal sealed class ResourceMonitorService(
    StackConfiguration configuration,
    ResourceRegistry registry,
    PreviewProviders providers,
    IResourceJudge judge,
    ProgramActivity activity,
    RunSecrets secrets,
    int parallel)
{
    /// <summary>The feature by which our own SDK knows that it runs under this engine.</summary>
    public const string OwnEngineFeature = "cantonInfraEngine";

    private static readonly string[] Features =
        ["secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith", "replaceWith", OwnEngineFeature];

    private static readonly ResourceMonitorFeature[] FeatureNumbers =
    [
        ResourceMonitorFeature.Secrets,
        ResourceMonitorFeature.ResourceReferences,
        ResourceMonitorFeature.OutputValues,
        ResourceMonitorFeature.AliasSpecs,
        ResourceMonitorFeature.DeletedWith,
        ResourceMonitorFeature.ReplaceWith,
    ];

    private int _signalled;

    /// <summary>Adds the methods of the service.</summary>
    public void AddTo(GrpcHandlers handlers) => handlers
        .Add(MonitorMethods.GetDeploymentInfo, Tracked<Empty, DeploymentInfo>((_, _) => Task.FromResult(DeploymentInfo())))
        .Add(MonitorMethods.SupportsFeature, Tracked<SupportsFeatureRequest, SupportsFeatureResponse>((request, _) =>
            Task.FromResult(new SupportsFeatureResponse { HasSupport = Features.Contains(request.Id) })))
        .Add(MonitorMethods.RegisterResource, Tracked<RegisterResourceRequest, RegisterResourceResponse>(RegisterAsync))
        .Add(MonitorMethods.RegisterResourceOutputs, Tracked<RegisterResourceOutputsRequest, Empty>(RegisterOutputsAsync))
        .Add(MonitorMethods.ReadResource, Tracked<ReadResourceRequest, ReadResourceResponse>(ReadAsync))
        .Add(MonitorMethods.Invoke, Tracked<ResourceInvokeRequest, ResourceInvokeResponse>(InvokeAsync))
        .Add(MonitorMethods.SignalAndWaitForShutdown, Tracked<Empty, Empty>(SignalAsync));

    private Func<TRequest, CancellationToken, Task<TResponse>> Tracked<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> handler) => async (request, cancellation) =>
        {
            using var call = activity.Begin();
            try
            {
                return await handler(request, cancellation);
            }
            catch (RpcException exception) when (exception.Code != StatusCode.Unimplemented)
            {
                activity.Refused(exception.Message);
                throw;
            }
        };

    private DeploymentInfo DeploymentInfo()
    {
        var info = new DeploymentInfo
        {
            Project = configuration.Project.Name,
            Stack = configuration.Stack,
            Organization = StackConfiguration.Organization,
            DryRun = true,
            Parallel = parallel,
        };
        foreach (var entry in configuration.Entries.Values)
        {
            info.Config[entry.Key.ToString()] = entry.Text ?? Signatures.Unknown;
            if (entry.IsSecret)
            {
                info.ConfigSecretKeys.Add(entry.Key.ToString());
            }
        }

        info.SupportedFeatures.AddRange(FeatureNumbers);
        return info;
    }

    private async Task<RegisterResourceResponse> RegisterAsync(RegisterResourceRequest request, CancellationToken cancellation)
    {
        var (resource, newProvider) = registry.Register(request);
        await JudgeProviderAsync(newProvider, cancellation);
        secrets.Learn(resource.Inputs);
        resource = await CheckAsync(resource, cancellation);
        var inputs = await judge.JudgeAsync(resource, registry.Find(resource.Provider), cancellation);
        if (!ReferenceEquals(inputs, resource.Inputs))
        {
            resource = registry.SetInputs(resource.Urn, inputs);
        }

        var response = new RegisterResourceResponse { Urn = resource.Urn, Id = resource.Id, Object = new Struct() };
        if (resource.IsCustom)
        {
            response.Object = PropertyEncoding.Encode(
                Visible(resource.Outputs, request.SupportsPartialValues),
                new EncodingOptions(request.AcceptSecrets, request.AcceptResources, OutputValues: false));
        }

        return response;
    }

    private async Task<ReadResourceResponse> ReadAsync(ReadResourceRequest request, CancellationToken cancellation)
    {
        var (resource, newProvider) = registry.Read(request);
        await JudgeProviderAsync(newProvider, cancellation);
        secrets.Learn(resource.Inputs);
        return new ReadResourceResponse
        {
            Urn = resource.Urn,
            Properties = PropertyEncoding.Encode(
                Visible(resource.Outputs, partialValues: false),
                new EncodingOptions(request.AcceptSecrets, request.AcceptResources, OutputValues: false)),
        };
    }

    private async Task JudgeProviderAsync(PlannedResource? provider, CancellationToken cancellation)
    {
        if (provider is null)
        {
            return;
        }

        secrets.Learn(provider.Inputs);
        provider = await CheckAsync(provider, cancellation);
        var inputs = await judge.JudgeAsync(provider, provider: null, cancellation);
        if (!ReferenceEquals(inputs, provider.Inputs))
        {
            registry.SetInputs(provider.Urn, inputs);
        }
    }

    private async Task<PlannedResource> CheckAsync(PlannedResource resource, CancellationToken cancellation)
    {
        var inputs = await providers.CheckAsync(resource, cancellation);
        return inputs.Equals(resource.Inputs) ? resource : registry.SetInputs(resource.Urn, inputs);
    }

    // A program that cannot take partly unknown values gets no value at all, and so takes the whole property for unknown.
    private static MapValue Visible(MapValue outputs, bool partialValues) =>
        partialValues || !outputs.ContainsUnknowns
            ? outputs
            : new MapValue(outputs.Entries.Where(entry => !entry.Value.ContainsUnknowns));

    private Task<Empty> RegisterOutputsAsync(RegisterResourceOutputsRequest request, CancellationToken cancellation)
    {
        try
        {
            var outputs = PropertyDecoding.Decode(request.Outputs);
            secrets.Learn(outputs);
            registry.SetOutputs(request.Urn, outputs);
            return Task.FromResult(new Empty());
        }
        catch (MalformedPropertyException exception)
        {
            throw new RpcException(
                StatusCode.InvalidArgument, $"The outputs of '{request.Urn}' cannot be read: {exception.Message}", innerException: exception);
        }
    }

    private Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request, CancellationToken cancellation)
    {
        if (request.Tok == "pulumi:pulumi:getResource")
        {
            return Task.FromResult(GetResource(request));
        }

        var result = KnownInvokes.Answer(request.Tok) ?? throw new RpcException(
            StatusCode.NotFound,
            $"The program invokes '{request.Tok}', which a preview without a cloud cannot answer. "
            + $"It answers: {string.Join(", ", KnownInvokes.Tokens)}. Take the value from a setting or from a resource's output.");
        return Task.FromResult(new ResourceInvokeResponse { Return = PropertyEncoding.Encode(result, EncodingOptions.Resources) });
    }

    private ResourceInvokeResponse GetResource(ResourceInvokeRequest request)
    {
        var urn = request.Args?.Fields.GetValueOrDefault("urn")?.StringValue ?? "";
        if (registry.Find(urn) is not { } resource)
        {
            var response = new ResourceInvokeResponse();
            response.Failures.Add(new CheckFailure { Property = "urn", Reason = $"The resource '{urn}' is not declared." });
            return response;
        }

        var result = MapValue.Empty
            .With("urn", PropertyValue.Of(resource.Urn))
            .With("id", resource.Id.Length > 0 ? PropertyValue.Of(resource.Id) : PropertyValue.Unknown)
            .With("state", resource.Outputs);
        return new ResourceInvokeResponse
        {
            Return = PropertyEncoding.Encode(result, new EncodingOptions(true, request.AcceptResources, false)),
        };
    }

    private Task<Empty> SignalAsync(Empty request, CancellationToken cancellation) =>
        Interlocked.Exchange(ref _signalled, 1) == 0
            ? Task.FromResult(new Empty())
            : throw new RpcException(StatusCode.FailedPrecondition, "The program has signalled its end already.");
}
