using System.Diagnostics;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Wire;

namespace Pulumi.Tests;

/// <summary>How a program's process starts and ends, with a real process.</summary>
public class ProcessTests
{
    // Also on a busy machine, and less than any wait that could lie behind it.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Without_an_engine_the_program_says_how_to_run_it_and_fails_quietly()
    {
        var result = await RunAsync(null, []);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("./canton-infra preview --stack NAME", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("PULUMI_MONITOR", result.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("PULUMI_DRY_RUN", "perhaps", "PULUMI_DRY_RUN must be 'true' or 'false'")]
    [InlineData("PULUMI_MONITOR", "not an address", "PULUMI_MONITOR")]
    [InlineData("PULUMI_CONFIG", "{", "PULUMI_CONFIG is not a JSON object")]
    [InlineData("PULUMI_CONFIG", "[]", "PULUMI_CONFIG is not a JSON object")]
    public async Task A_broken_environment_is_named(string variable, string value, string expected)
    {
        await using var engine = await FakeEngine.StartAsync();
        var result = await RunAsync(engine, [], (variable, value));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_succeeds_ends_with_0_and_says_nothing()
    {
        await using var engine = await FakeEngine.StartAsync();
        var result = await RunAsync(engine, []);
        Assert.Equal((0, "", ""), (result.ExitCode, result.StandardOutput, result.StandardError));
        Assert.Equal(1, engine.Signals);
        Assert.Empty(engine.Logs);
    }

    [Theory]
    [InlineData("outputs")]
    [InlineData("outputs-async")]
    [InlineData("stack")]
    [InlineData("services")]
    public async Task Every_way_to_run_a_program_publishes_its_outputs(string program)
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(0, (await RunAsync(engine, [program])).ExitCode);
        Assert.Equal(Wires.Map(("from", program)), engine.StackOutputs());
    }

    [Fact]
    public async Task A_program_may_be_an_asynchronous_function_without_outputs()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(0, (await RunAsync(engine, ["task"])).ExitCode);
        Assert.NotNull(engine.Registered("probe-0"));
        Assert.Empty(engine.StackOutputs().Entries);
    }

    [Fact]
    public async Task A_program_that_throws_ends_with_32_and_logs_where()
    {
        await using var engine = await FakeEngine.StartAsync();
        var result = await RunAsync(engine, ["fail"]);
        Assert.Equal(32, result.ExitCode);
        var message = Assert.Single(engine.Messages(LogSeverity.Error));
        Assert.StartsWith("Running program 'SdkProbe' failed with an unhandled exception:", message, StringComparison.Ordinal);
        Assert.Contains("the program is broken", message, StringComparison.Ordinal);
        Assert.Contains("   at ", message, StringComparison.Ordinal);
        Assert.Equal(0, engine.Signals);
    }

    [Theory]
    [InlineData("run-exception", "only this message")]
    [InlineData("apply-fails", "within an apply")]
    [InlineData("no-return", "not returned")]
    [InlineData("stack-fails", "within the stack's constructor")]
    public async Task A_run_exception_ends_with_32_and_its_bare_message(string program, string expected)
    {
        await using var engine = await FakeEngine.StartAsync();
        var result = await RunAsync(engine, [program]);
        Assert.Equal(32, result.ExitCode);
        Assert.Equal(expected, Assert.Single(engine.Messages(LogSeverity.Error)));
    }

    [Fact]
    public async Task A_logged_error_alone_ends_with_1_and_no_signal()
    {
        await using var engine = await FakeEngine.StartAsync();
        var result = await RunAsync(engine, ["log-error"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("something is wrong", Assert.Single(engine.Messages(LogSeverity.Error)));
        Assert.Equal(0, engine.Signals);
    }

    [Fact]
    public async Task Under_another_engine_a_preview_warns_once()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Features.Remove("cantonInfraEngine");
        var result = await RunAsync(engine, []);
        Assert.Equal(0, result.ExitCode);
        var warning = Assert.Single(engine.Messages(LogSeverity.Warning));
        Assert.Contains("PulumiSdk=nuget", warning, StringComparison.Ordinal);
        Assert.Contains("./canton-infra pulumi up", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_another_engine_an_update_is_refused_before_anything_is_registered()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Features.Remove("cantonInfraEngine");
        var result = await RunAsync(engine, [], ("PULUMI_DRY_RUN", "false"));
        Assert.Equal(32, result.ExitCode);
        Assert.Contains("CANTON_INFRA_ALLOW_LOCAL_SDK=1", Assert.Single(engine.Messages(LogSeverity.Error)), StringComparison.Ordinal);
        Assert.Empty(engine.Registrations);
    }

    [Fact]
    public async Task Under_another_engine_an_allowed_update_warns()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Features.Remove("cantonInfraEngine");
        engine.IsDryRun = false;
        var result = await RunAsync(engine, [], ("PULUMI_DRY_RUN", "false"), ("CANTON_INFRA_ALLOW_LOCAL_SDK", "1"));
        Assert.Equal(0, result.ExitCode);
        Assert.Single(engine.Messages(LogSeverity.Warning));
    }

    [Fact]
    public async Task When_the_engine_dies_the_program_ends_at_once_with_one_line()
    {
        await using var engine = await FakeEngine.StartAsync();
        var registered = new TaskCompletionSource();
        engine.OnRegister = async request =>
        {
            if (request.Custom)
            {
                registered.TrySetResult();
                await Task.Delay(Timeout.Infinite);
            }

            return null;
        };
        var run = RunAsync(engine, ["many", "20"]);
        await registered.Task;
        var clock = Stopwatch.StartNew();
        await engine.DisposeAsync();
        var result = await run;
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("engine is gone", Assert.Single(result.StandardError.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.True(clock.Elapsed < AtOnce, $"took {clock.Elapsed}");
    }

    [Fact]
    public async Task When_the_connection_to_the_engine_breaks_the_program_ends_at_once_with_one_line()
    {
        await using var engine = await FakeEngine.StartAsync();
        using var relay = new TcpRelay(engine.Address);
        var registered = new TaskCompletionSource();
        engine.OnRegister = async request =>
        {
            if (request.Custom)
            {
                registered.TrySetResult();
                await Task.Delay(Timeout.Infinite);
            }

            return null;
        };
        var run = RunAsync(engine, ["many", "20"], ("PULUMI_MONITOR", relay.Address), ("PULUMI_ENGINE", relay.Address));
        await registered.Task;
        var clock = Stopwatch.StartNew();
        relay.Dispose();
        var result = await run;
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("engine is gone", Assert.Single(result.StandardError.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.True(clock.Elapsed < AtOnce, $"took {clock.Elapsed}");
    }

    [Fact]
    public async Task When_no_engine_is_at_the_address_the_program_ends_with_one_line()
    {
        var engine = await FakeEngine.StartAsync();
        var address = engine.Address;
        await engine.DisposeAsync();
        var result = await RunAsync(null, [], ("PULUMI_MONITOR", address), ("PULUMI_ENGINE", address), ("PULUMI_DRY_RUN", "true"),
            ("PULUMI_PROJECT", "proj"), ("PULUMI_STACK", "dev"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("engine is gone", Assert.Single(result.StandardError.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_cannot_be_logged_end_with_1()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnLog = _ => throw new RpcException(StatusCode.Unimplemented, "no log here");
        var result = await RunAsync(engine, ["run-exception"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no log here", result.StandardError, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(
        FakeEngine? engine, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SdkProbe.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PULUMI_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        if (engine is not null)
        {
            start.Environment["PULUMI_MONITOR"] = engine.Address;
            start.Environment["PULUMI_ENGINE"] = engine.Address;
            start.Environment["PULUMI_PROJECT"] = "proj";
            start.Environment["PULUMI_STACK"] = "dev";
            start.Environment["PULUMI_DRY_RUN"] = "true";
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }
}
