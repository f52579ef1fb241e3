using CantonInfra.Engine.Diagnostics;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Monitor;

/// <summary>Answers the Engine service: messages to the user, the root resource.</summary>
internal sealed class EngineService(ResourceRegistry registry, DiagnosticLog log, ProgramActivity activity)
{
    private string _rootUrn = "";

    /// <summary>Adds the methods of the service.</summary>
    public void AddTo(GrpcHandlers handlers) => handlers
        .Add(EngineMethods.Log, LogAsync)
        .Add(EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse { Urn = RootUrn }))
        .Add(EngineMethods.SetRootResource, (request, _) =>
        {
            _rootUrn = request.Urn;
            return Task.FromResult(new SetRootResourceResponse());
        })
        .Add(EngineMethods.RequirePulumiVersion, (_, _) => Task.FromResult(new RequirePulumiVersionResponse()));

    private string RootUrn => _rootUrn.Length > 0 ? _rootUrn : registry.RootUrn;

    private Task<Empty> LogAsync(LogRequest request, CancellationToken cancellation)
    {
        using var call = activity.Begin();
        var severity = request.Severity switch
        {
            LogSeverity.Debug => DiagnosticSeverity.Debug,
            LogSeverity.Warning => DiagnosticSeverity.Warning,
            LogSeverity.Error => DiagnosticSeverity.Error,
            _ => DiagnosticSeverity.Info,
        };
        if (severity == DiagnosticSeverity.Error)
        {
            activity.Failed();
        }

        // Half of a Node program's calls are debug messages; nobody asked for them.
        if (severity != DiagnosticSeverity.Debug && !request.Ephemeral)
        {
            log.Add(new Diagnostic("program", severity, request.Message, request.Urn));
        }

        return Task.FromResult(new Empty());
    }
}
