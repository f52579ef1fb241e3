using System.Diagnostics;
using System.Globalization;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Tests;

/// <summary>Whole previews of programs and packs that run as processes.</summary>
public sealed class PreviewTests : IDisposable
{
    // Also on a busy machine, and less than any wait that could lie behind it.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(15);

    private const string Canary = "canary-51f0c2/+=";

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_program_that_declares_resources_yields_their_plan()
    {
        var result = await PreviewAsync("stack\ncomponent c\nresource test:index:R r size=3\nsignal");

        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        Assert.Equal(["probe-dev", "c", "r", "default"], result.Plan.Resources.Select(resource => resource.Name));
        Assert.Equal(ResourceKind.DefaultProvider, result.Plan.Resources[^1].Kind);
    }

    [Fact]
    public async Task An_exit_code_of_its_own_is_told()
    {
        var result = await PreviewAsync("stack\nexit 7");

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Equal("The program ended with exit code 7.", Errors(result).Single());
    }

    [Fact]
    public async Task The_bail_code_adds_nothing_to_the_errors_that_the_program_logged()
    {
        var result = await PreviewAsync("stack\nlog error Something broke\nexit 32");

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Equal(["Something broke"], Errors(result));
    }

    [Fact]
    public async Task The_bail_code_without_an_error_is_told()
    {
        var result = await PreviewAsync("stack\nexit 32");

        Assert.Equal("The program ended with exit code 32.", Errors(result).Single());
    }

    [Fact]
    public async Task A_logged_error_fails_the_run_though_the_program_succeeds()
    {
        var result = await PreviewAsync("stack\nlog error Something broke\nsignal");

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
    }

    [Fact]
    public async Task Wrong_settings_are_an_outcome_of_their_own()
    {
        var result = await PreviewAsync("stack\nlog error canton-infra:owner: missing\nexit 2");

        Assert.Equal(PreviewOutcome.ConfigurationError, result.Outcome);
    }

    [Fact]
    public async Task A_program_that_declares_nothing_is_no_success()
    {
        var result = await PreviewAsync("print nothing to see here");

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Contains("Deployment.RunAsync", Errors(result).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_is_told_with_its_signal_and_leaves_what_was_declared()
    {
        var result = await PreviewAsync("stack\nresource test:index:R r\ncrash");

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Contains("signal 6", Errors(result).Single(), StringComparison.Ordinal);
        Assert.Contains(result.Plan.Resources, resource => resource.Name == "r");
    }

    [Fact]
    public async Task A_program_that_is_killed_ends_the_run_at_once()
    {
        var pidFile = Path.Combine(_folder.Path, "pid");
        var preview = PreviewAsync($"stack\ntouch {pidFile}\nhang", request => request with { HangTimeout = TimeSpan.FromMinutes(2) });
        using var program = Process.GetProcessById(await PidAsync(pidFile));
        var watch = Stopwatch.StartNew();

        program.Kill();
        var result = await preview;

        Assert.True(watch.Elapsed < AtOnce, watch.Elapsed.ToString());
        Assert.Contains("signal 9", Errors(result).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_after_an_error_is_ended()
    {
        var pidFile = Path.Combine(_folder.Path, "pid");
        var result = await PreviewAsync(
            $"stack\ntouch {pidFile}\nlog error Something broke\nhang",
            request => request with { HangTimeout = TimeSpan.FromMilliseconds(500) });

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Contains(Errors(result), error => error.Contains("neither ended nor made a call", StringComparison.Ordinal));
        await AssertGoneAsync(await PidAsync(pidFile));
    }

    [Fact]
    public async Task A_cancelled_run_ends_the_program()
    {
        var pidFile = Path.Combine(_folder.Path, "pid");
        using var cancellation = new CancellationTokenSource();
        var preview = PreviewAsync($"stack\ntouch {pidFile}\nhang", cancellation: cancellation.Token);
        var pid = await PidAsync(pidFile);

        await cancellation.CancelAsync();
        var result = await preview.WaitAsync(AtOnce);

        Assert.Equal(PreviewOutcome.Cancelled, result.Outcome);
        await AssertGoneAsync(pid);
    }

    [Fact]
    public async Task A_refused_declaration_is_told_even_where_the_program_dies_of_it()
    {
        var result = await PreviewAsync("stack\nresource test:index:R twin\nresource test:index:R twin");

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Contains(Errors(result), error => error.Contains("'twin'", StringComparison.Ordinal) && error.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_is_masked_in_what_the_program_prints_and_logs()
    {
        var result = await PreviewAsync(
            $"stack\nprint early {Canary}\nresource test:index:R r password=!{Canary}\n"
            + $"print late {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Canary))}\nlog warning {Uri.EscapeDataString(Canary)}\nsignal");

        Assert.Equal(
            ["early [secret]", "late [secret]", "[secret]"],
            result.Diagnostics.Select(diagnostic => diagnostic.Message).OrderBy(text => text.Length).Reverse());
    }

    [Theory]
    [InlineData("mandatory too big", PreviewOutcome.PolicyViolation, PolicyLevel.Mandatory)]
    [InlineData("advisory a bit big", PreviewOutcome.Succeeded, PolicyLevel.Advisory)]
    public async Task A_violation_is_found_at_its_level(string script, PreviewOutcome outcome, PolicyLevel level)
    {
        var result = await PreviewWithPackAsync(script);

        Assert.Equal(outcome, result.Outcome);
        var finding = Assert.Single(result.Policies.Findings);
        Assert.Equal(("scripted-pack", "scripted", level, "high"), (finding.Pack, finding.Policy, finding.Level, finding.Severity));
        Assert.EndsWith("::r", finding.Urn, StringComparison.Ordinal);
        Assert.Equal("9.8.7", Assert.Single(result.Policies.Packs).Version);
    }

    [Fact]
    public async Task Undecided_is_kept_apart_from_a_pass()
    {
        var result = await PreviewWithPackAsync("undecided");

        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        Assert.Empty(result.Policies.NotApplicable);
        Assert.Contains(result.Policies.Undecided, verdict => verdict.Urn.EndsWith("::r", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waived_is_kept_apart_from_a_pass_and_fails_nothing()
    {
        var result = await PreviewWithPackAsync("waived");

        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        Assert.Empty(result.Policies.NotApplicable);
        Assert.Empty(result.Policies.Undecided);
        Assert.Contains(result.Policies.Waived, verdict => verdict.Urn.EndsWith("::r", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_remediation_changes_what_is_planned()
    {
        var result = await PreviewWithPackAsync("remediate size=4");

        Assert.Equal(PropertyValue.Of("4"), result.Plan.Resources.Single(resource => resource.Name == "r").Inputs["size"]);
        Assert.Equal("scripted", Assert.Single(result.Policies.Remediations).Policy);
    }

    [Theory]
    [InlineData("throw", 60, "the rule threw")]
    [InlineData("crash", 60, "ended in mid-run")]
    [InlineData("hang", 2, "no answer within")]
    public async Task A_pack_that_fails_in_mid_run_fails_the_preview(string script, int secondsToAnswer, string expected)
    {
        var result = await PreviewWithPackAsync(script, secondsToAnswer: secondsToAnswer);

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Contains(Errors(result), error => error.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pack_that_refuses_the_stacks_settings_makes_them_wrong()
    {
        var result = await PreviewWithPackAsync("refuse probe:mode is none");

        Assert.Equal(PreviewOutcome.ConfigurationError, result.Outcome);
        Assert.EndsWith("refuses the stack's settings: probe:mode is none", Assert.Single(Errors(result)), StringComparison.Ordinal);
        Assert.Empty(result.Policies.Packs);
        Assert.Contains(result.Plan.Resources, resource => resource.Name == "r");
    }

    [Fact]
    public async Task A_program_that_finds_its_settings_wrong_tells_it_alone()
    {
        var result = await PreviewWithPackAsync("refuse probe:mode is none", "stack\nlog error probe:mode is wrong\nsignal\nexit 2");

        Assert.Equal(PreviewOutcome.ConfigurationError, result.Outcome);
        Assert.Equal("probe:mode is wrong", Assert.Single(Errors(result)));
    }

    [Theory]
    [InlineData("noise", 60, "printed 'Hello from a pack that prints too early'")]
    [InlineData("exit", 60, "ended with exit code 3 before it was ready")]
    [InlineData("silent", 2, "did not become ready within")]
    public async Task A_pack_that_does_not_start_fails_the_preview(string behaviour, int secondsToStart, string expected)
    {
        Environment.SetEnvironmentVariable("PROBE_PACK", behaviour);
        try
        {
            var result = await PreviewWithPackAsync("pass", secondsToStart: secondsToStart);

            Assert.Equal(PreviewOutcome.Failed, result.Outcome);
            Assert.Contains(Errors(result), error => error.Contains(expected, StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PROBE_PACK", null);
        }
    }

    [Fact]
    public async Task A_pack_that_is_killed_ends_the_run_at_once_and_the_program_with_it()
    {
        var pidFile = Path.Combine(_folder.Path, "pid");
        var preview = PreviewWithPackAsync("pass", $"stack\nresource test:index:R r\ntouch {pidFile}\nhang", hang: TimeSpan.FromMinutes(2));
        var program = await PidAsync(pidFile);
        using var pack = Process.GetProcessesByName("dotnet").Single(IsPack);
        var watch = Stopwatch.StartNew();

        pack.Kill();
        var result = await preview;

        Assert.True(watch.Elapsed < AtOnce, watch.Elapsed.ToString());
        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Contains(Errors(result), error => error.Contains("exit code 137", StringComparison.Ordinal));
        await AssertGoneAsync(program);
    }

    [Fact]
    public async Task A_secret_is_masked_in_what_a_policy_says()
    {
        var result = await PreviewWithPackAsync(
            $"mandatory the password is {Canary}", $"stack\nresource test:index:R r password=!{Canary}\nsignal");

        Assert.Equal("the password is [secret]", Assert.Single(result.Policies.Findings).Message);
    }

    [Fact]
    public async Task Two_runs_give_the_same_plan()
    {
        const string Script = "stack\nresource test:index:R b x=1\nresource test:index:R a x=2\ncomponent c\nsignal";

        Assert.Equal(Json(await PreviewAsync(Script)), Json(await PreviewAsync(Script)));

        static string Json(PreviewResult result)
        {
            using var stream = new MemoryStream();
            using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
            {
                PlanJson.Write(writer, result.Plan);
            }

            return System.Text.Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Errors(PreviewResult result) => result.Diagnostics
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .Select(diagnostic => diagnostic.Message);

    private static bool IsPack(Process process)
    {
        var commandLine = $"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/cmdline";
        return File.Exists(commandLine) && File.ReadAllText(commandLine).Contains("ScriptedPack", StringComparison.Ordinal);
    }

    private static async Task<int> PidAsync(string file)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture, out var pid))
            {
                return pid;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The program did not start.");
    }

    private static async Task AssertGoneAsync(int pid)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                await Task.Delay(50);
            }
            catch (ArgumentException)
            {
                return;
            }
        }

        Assert.Fail($"The process {pid.ToString(CultureInfo.InvariantCulture)} is still there.");
    }

    // Time enough on a busy machine, but where it is the waiting that is tried.
    private Task<PreviewResult> PreviewWithPackAsync(
        string packScript,
        string script = "stack\nresource test:index:R r size=3\nsignal",
        int secondsToStart = 60,
        int secondsToAnswer = 60,
        TimeSpan? hang = null) =>
        PreviewAsync(
            script,
            request => request with
            {
                PolicyPacks = [Path.Combine(TestFolder.Programs, "ScriptedPack")],
                PolicyTimeouts = new PolicyTimeouts(TimeSpan.FromSeconds(secondsToStart), TimeSpan.FromSeconds(secondsToAnswer)),
                HangTimeout = hang ?? request.HangTimeout,
            },
            $"probe:pack={packScript}");

    private async Task<PreviewResult> PreviewAsync(
        string script,
        Func<PreviewRequest, PreviewRequest>? change = null,
        string? setting = null,
        CancellationToken cancellation = default)
    {
        var program = Path.Combine(TestFolder.Programs, "ScriptedProgram");
        var configuration = _folder.Project(
            "", $"name: probe\nruntime: dotnet\nmain: {program}\n", [.. new[] { $"probe:script={script}", setting }.OfType<string>()]);
        var request = new PreviewRequest(configuration, []);
        return await new PreviewEngine(TimeProvider.System).PreviewAsync(
            change is null ? request : change(request), cancellation: cancellation);
    }
}
