using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Protocol.Grpc;

/// <summary>The methods of the ResourceMonitor service.</summary>
public static class MonitorMethods
{
    private const string Service = "pulumirpc.ResourceMonitor";

    /// <summary>What stack this is and what the engine supports.</summary>
    public static GrpcMethod<Empty, DeploymentInfo> GetDeploymentInfo { get; } = new(Service, "GetDeploymentInfo");

    /// <summary>Whether the engine supports a feature.</summary>
    public static GrpcMethod<SupportsFeatureRequest, SupportsFeatureResponse> SupportsFeature { get; } = new(Service, "SupportsFeature");

    /// <summary>Declares a resource.</summary>
    public static GrpcMethod<RegisterResourceRequest, RegisterResourceResponse> RegisterResource { get; } = new(Service, "RegisterResource");

    /// <summary>Sets the outputs of a component or of the stack.</summary>
    public static GrpcMethod<RegisterResourceOutputsRequest, Empty> RegisterResourceOutputs { get; } = new(Service, "RegisterResourceOutputs");

    /// <summary>Reads an existing resource.</summary>
    public static GrpcMethod<ReadResourceRequest, ReadResourceResponse> ReadResource { get; } = new(Service, "ReadResource");

    /// <summary>Calls a provider's function.</summary>
    public static GrpcMethod<ResourceInvokeRequest, ResourceInvokeResponse> Invoke { get; } = new(Service, "Invoke");

    /// <summary>Calls a method of a component.</summary>
    public static GrpcMethod<ResourceCallRequest, CallResponse> Call { get; } = new(Service, "Call");

    /// <summary>Registers a parameterized package.</summary>
    public static GrpcMethod<RegisterPackageRequest, RegisterPackageResponse> RegisterPackage { get; } = new(Service, "RegisterPackage");

    /// <summary>Says that the program has declared all, and returns when the engine is finished.</summary>
    public static GrpcMethod<Empty, Empty> SignalAndWaitForShutdown { get; } = new(Service, "SignalAndWaitForShutdown");
}

/// <summary>The methods of the Engine service.</summary>
public static class EngineMethods
{
    private const string Service = "pulumirpc.Engine";

    /// <summary>Shows a message to the user.</summary>
    public static GrpcMethod<LogRequest, Empty> Log { get; } = new(Service, "Log");

    /// <summary>Gets the URN of the root resource.</summary>
    public static GrpcMethod<GetRootResourceRequest, GetRootResourceResponse> GetRootResource { get; } = new(Service, "GetRootResource");

    /// <summary>Sets the URN of the root resource.</summary>
    public static GrpcMethod<SetRootResourceRequest, SetRootResourceResponse> SetRootResource { get; } = new(Service, "SetRootResource");

    /// <summary>Says that a debugger can be attached.</summary>
    public static GrpcMethod<StartDebuggingRequest, Empty> StartDebugging { get; } = new(Service, "StartDebugging");

    /// <summary>Fails where the engine's version is outside a range.</summary>
    public static GrpcMethod<RequirePulumiVersionRequest, RequirePulumiVersionResponse> RequirePulumiVersion { get; } =
        new(Service, "RequirePulumiVersion");
}

/// <summary>The methods of the Analyzer service.</summary>
public static class AnalyzerMethods
{
    private const string Service = "pulumirpc.Analyzer";

    /// <summary>Introduces the engine to the pack.</summary>
    public static GrpcMethod<AnalyzerHandshakeRequest, AnalyzerHandshakeResponse> Handshake { get; } = new(Service, "Handshake");

    /// <summary>Tells the pack which stack it judges.</summary>
    public static GrpcMethod<AnalyzerStackConfigureRequest, AnalyzerStackConfigureResponse> ConfigureStack { get; } =
        new(Service, "ConfigureStack");

    /// <summary>The pack's version.</summary>
    public static GrpcMethod<Empty, PluginInfo> GetPluginInfo { get; } = new(Service, "GetPluginInfo");

    /// <summary>The pack's policies.</summary>
    public static GrpcMethod<Empty, AnalyzerInfo> GetAnalyzerInfo { get; } = new(Service, "GetAnalyzerInfo");

    /// <summary>Configures the policies.</summary>
    public static GrpcMethod<ConfigureAnalyzerRequest, Empty> Configure { get; } = new(Service, "Configure");

    /// <summary>Judges one resource.</summary>
    public static GrpcMethod<AnalyzeRequest, AnalyzeResponse> Analyze { get; } = new(Service, "Analyze");

    /// <summary>Judges the whole stack.</summary>
    public static GrpcMethod<AnalyzeStackRequest, AnalyzeResponse> AnalyzeStack { get; } = new(Service, "AnalyzeStack");

    /// <summary>Mends one resource.</summary>
    public static GrpcMethod<AnalyzeRequest, RemediateResponse> Remediate { get; } = new(Service, "Remediate");

    /// <summary>Asks the pack to end.</summary>
    public static GrpcMethod<Empty, Empty> Cancel { get; } = new(Service, "Cancel");
}

/// <summary>The methods of the ResourceProvider service.</summary>
public static class ProviderMethods
{
    private const string Service = "pulumirpc.ResourceProvider";

    /// <summary>Introduces the engine to the provider.</summary>
    public static GrpcMethod<ProviderHandshakeRequest, ProviderHandshakeResponse> Handshake { get; } = new(Service, "Handshake");

    /// <summary>Attaches a provider that runs already to an engine.</summary>
    public static GrpcMethod<PluginAttach, Empty> Attach { get; } = new(Service, "Attach");

    /// <summary>The provider's version.</summary>
    public static GrpcMethod<Empty, PluginInfo> GetPluginInfo { get; } = new(Service, "GetPluginInfo");

    /// <summary>The package's schema.</summary>
    public static GrpcMethod<GetSchemaRequest, GetSchemaResponse> GetSchema { get; } = new(Service, "GetSchema");

    /// <summary>Checks the provider's own configuration.</summary>
    public static GrpcMethod<CheckRequest, CheckResponse> CheckConfig { get; } = new(Service, "CheckConfig");

    /// <summary>Compares two configurations of the provider.</summary>
    public static GrpcMethod<DiffRequest, DiffResponse> DiffConfig { get; } = new(Service, "DiffConfig");

    /// <summary>Configures the provider.</summary>
    public static GrpcMethod<ConfigureRequest, ConfigureResponse> Configure { get; } = new(Service, "Configure");

    /// <summary>Checks the inputs of a resource.</summary>
    public static GrpcMethod<CheckRequest, CheckResponse> Check { get; } = new(Service, "Check");

    /// <summary>Compares a resource's state with new inputs.</summary>
    public static GrpcMethod<DiffRequest, DiffResponse> Diff { get; } = new(Service, "Diff");

    /// <summary>Creates a resource.</summary>
    public static GrpcMethod<CreateRequest, CreateResponse> Create { get; } = new(Service, "Create");

    /// <summary>Reads a resource.</summary>
    public static GrpcMethod<ReadRequest, ReadResponse> Read { get; } = new(Service, "Read");

    /// <summary>Updates a resource.</summary>
    public static GrpcMethod<UpdateRequest, UpdateResponse> Update { get; } = new(Service, "Update");

    /// <summary>Deletes a resource.</summary>
    public static GrpcMethod<DeleteRequest, Empty> Delete { get; } = new(Service, "Delete");

    /// <summary>Calls a function.</summary>
    public static GrpcMethod<InvokeRequest, InvokeResponse> Invoke { get; } = new(Service, "Invoke");

    /// <summary>Asks the provider to end what it is doing.</summary>
    public static GrpcMethod<Empty, Empty> Cancel { get; } = new(Service, "Cancel");
}
