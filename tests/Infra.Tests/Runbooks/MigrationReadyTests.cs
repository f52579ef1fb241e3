namespace CantonInfra.Infra.Tests.Runbooks;

public sealed class MigrationReadyTests : IDisposable
{
    private const string Script = "migration-ready";

    private readonly FakeCommands _fakes = new FakeCommands().Add("kubectl", """cat "$STATE/log" 2>/dev/null || exit 1""");

    [Theory]
    [InlineData(true, 30, 0)]
    [InlineData(true, 3, 1)]
    [InlineData(false, 30, 1)]
    public void A_validator_is_ready_when_its_dump_is_written_and_nothing_comes_any_more(bool isWritten, int minutesAgo, int expected)
    {
        var seen = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-minutesAgo).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture);
        File.WriteAllText(
            _fakes.PathOf("log"),
            $"2020-01-01T00:00:00.1Z Ingested transaction old\n{seen}Z Ingested transaction new\n"
            + (isWritten ? $"{seen}Z Wrote domain migration dump to /domain-upgrade-dump\n" : ""));

        var (code, output) = _fakes.Run(Script, "--namespace", "validator");

        Assert.True(code == expected, output);
        Assert.Contains(isWritten ? "the dump is written\n" : "no dump is written yet\n", output, StringComparison.Ordinal);
        Assert.Equal("kubectl|logs|--namespace|validator|deployment/validator-app|--timestamps", Assert.Single(_fakes.Calls));
    }

    [Fact]
    public void A_log_that_says_nothing_is_not_ready()
    {
        File.WriteAllText(_fakes.PathOf("log"), "2020-01-01T00:00:00.1Z Wrote domain migration dump\n");

        var (code, output) = _fakes.Run(Script, "--namespace", "validator");

        Assert.Equal(1, code);
        Assert.Contains("the log does not say when", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_log_nothing_is_ready() => Assert.Equal(1, _fakes.Run(Script, "--namespace", "validator").ExitCode);

    [Theory]
    [InlineData]
    [InlineData("--namespace")]
    [InlineData("--quiet-minutes", "3")]
    [InlineData("--pod", "a")]
    public void Wrong_arguments_are_refused(params string[] arguments) => Assert.Equal(2, _fakes.Run(Script, arguments).ExitCode);

    public void Dispose() => _fakes.Dispose();
}
