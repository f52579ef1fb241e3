using CantonInfra.Protocol.Grpc;

namespace Pulumi;

/// <summary>Runs the program of this process with the engine that started it.</summary>
internal static class ProgramProcess
{
    public static async Task<int> RunAsync(Func<Stack> declare)
    {
        var exitCode = await RunWithEngineAsync(declare).ConfigureAwait(false);

        // For entry points that do not return the code.
        Environment.ExitCode = exitCode;
        return exitCode;
    }

    private static async Task<int> RunWithEngineAsync(Func<Stack> declare)
    {
        if (ProcessEnvironment.TryRead(out var problem) is not { } environment)
        {
            StandardError.WriteLine(problem);
            return ExitCodes.Error;
        }

        GrpcChannel monitor;
        GrpcChannel engine;
        try
        {
            monitor = new GrpcChannel(environment.Monitor);
            engine = environment.Engine == environment.Monitor ? monitor : new GrpcChannel(environment.Engine);
        }
        catch (ArgumentException exception)
        {
            StandardError.WriteLine($"The engine's address in PULUMI_MONITOR or PULUMI_ENGINE cannot be used: {exception.Message}");
            return ExitCodes.Error;
        }

        using (monitor)
        using (engine)
        {
            var deployment = new Deployment(environment.Settings, new GrpcMonitor(monitor), new GrpcEngine(engine));
            var guard = new StandInGuard(deployment, ProcessEnvironment.IsOn(StandInGuard.AllowVariable));
            return await new ProgramRunner(deployment, guard, StandardError.WriteLine).RunAsync(declare).ConfigureAwait(false);
        }
    }
}

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>An error that the engine's side still has to say.</summary>
    public const int Error = 1;

    /// <summary>An error that the user has been told already.</summary>
    public const int Bail = 32;
}
