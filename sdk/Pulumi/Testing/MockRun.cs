using System.Collections.Immutable;
using CantonInfra.Protocol.Wire;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>Runs a program against mocks.</summary>
internal static class MockRun
{
    public static async Task<(Stack Stack, ImmutableArray<Resource> Resources)> RunAsync(
        IMocks mocks, TestOptions? options, Func<Stack> declare)
    {
        ArgumentNullException.ThrowIfNull(mocks);
        var settings = new RunSettings(
            options?.ProjectName ?? "project", options?.StackName ?? "stack", options?.IsPreview ?? true)
        {
            Organization = options?.OrganizationName ?? "organization",
            RootDirectory = options?.RootDirectory ?? "",
            Config = RunSettings.ParseConfig(Environment.GetEnvironmentVariable("PULUMI_CONFIG")),
        };
        var engine = new MockEngine();
        var monitor = new MockMonitor(mocks, settings);
        var deployment = new Deployment(settings, monitor, engine);
        monitor.Shapes = deployment.Shapes;

        Stack? stack = null;
        var problem = "";
        var exitCode = await new ProgramRunner(deployment, guard: null, line => problem = line)
            .RunAsync(() => stack = declare())
            .ConfigureAwait(false);
        var errors = engine.Errors;
        return (exitCode, errors) switch
        {
            (_, [var single]) => throw new RunException(single),
            (_, [_, ..]) => throw new AggregateException(errors.Select(error => new RunException(error))),
            (ExitCodes.Success, _) when stack is not null => (stack, monitor.Resources),
            _ => throw new RunException(problem.Length > 0 ? problem : "The program failed without a message."),
        };
    }
}

/// <summary>Keeps the errors that a program shows.</summary>
internal sealed class MockEngine : IEngine
{
    private readonly Lock _lock = new();
    private ImmutableArray<string> _errors = [];

    public ImmutableArray<string> Errors
    {
        get
        {
            lock (_lock)
            {
                return _errors;
            }
        }
    }

    public Task LogAsync(LogRequest request)
    {
        if (request.Severity == LogSeverity.Error)
        {
            lock (_lock)
            {
                _errors = _errors.Add(request.Message);
            }
        }

        return Task.CompletedTask;
    }
}
