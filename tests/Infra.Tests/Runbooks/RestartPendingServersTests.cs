namespace CantonInfra.Infra.Tests.Runbooks;

public sealed class RestartPendingServersTests : IDisposable
{
    private const string Script = "restart-pending-servers";
    private const string First = "/subscriptions/s-1/resourceGroups/rg-data/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-a";
    private const string Second = "/subscriptions/s-1/resourceGroups/rg data;x/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-b";

    // A server waits until it is restarted; 'stuck' does so afterwards too.
    private const string Az =
        """
        name=
        previous=
        for word in "$@"; do
          case "$previous" in --name | --server-name) [ "$word" = shared_preload_libraries ] || name=$word ;; esac
          previous=$word
        done
        case "$3" in
          parameter) if [ -e "$STATE/pending-$name" ]; then echo True; else echo False; fi ;;
          restart) [ -e "$STATE/stuck" ] || rm "$STATE/pending-$name" ;;
        esac
        """;

    private readonly FakeCommands _fakes = new FakeCommands()
        .Add("az", Az)
        .Add("pulumi", $"""printf '%s\n' '["{First}","{Second}"]'""");

    [Fact]
    public void Servers_that_wait_are_restarted_and_others_left_alone()
    {
        File.WriteAllText(_fakes.PathOf("pending-psql-b"), "");

        var (code, output) = _fakes.Run(Script, "--stack", "mainnet");

        Assert.Equal("psql-a: waits for no restart\npsql-b: restarting\npsql-b: restarted\n", output);
        Assert.Equal(0, code);
        Assert.Equal("pulumi|stack|output|serversPendingRestart|--stack|mainnet|--json", _fakes.Calls[0]);

        // One argument, whatever is in it.
        Assert.Equal(
            "az|postgres|flexible-server|restart|--subscription|s-1|--resource-group|rg data;x|--name|psql-b|--output|none",
            Assert.Single(_fakes.Calls, call => call.Contains("|restart|", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_dry_run_shows_the_command_and_changes_nothing()
    {
        File.WriteAllText(_fakes.PathOf("pending-psql-b"), "");

        var (code, output) = _fakes.Run(Script, "--dry-run", "--server", Second);

        Assert.Equal(
            "would run: az postgres flexible-server restart --subscription s-1 --resource-group rg\\ data\\;x --name psql-b\n", output);
        Assert.Equal(0, code);
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("|restart|", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_does_not_come_back_is_an_error()
    {
        File.WriteAllText(_fakes.PathOf("pending-psql-a"), "");
        File.WriteAllText(_fakes.PathOf("stuck"), "");

        var (code, output) = _fakes.Run(Script, "--server", First, "--server", Second);

        Assert.Equal(1, code);
        Assert.EndsWith("error: psql-a: still waits for a restart after 3 checks.\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("psql-b", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_cannot_be_asked_is_not_restarted()
    {
        using var fakes = new FakeCommands().Add("az", "echo nobody is signed in >&2; exit 1");

        var (code, output) = fakes.Run(Script, "--server", First);

        Assert.Equal(1, code);
        Assert.Contains("error: psql-a: its parameters cannot be read.", output, StringComparison.Ordinal);
        Assert.Single(fakes.Calls);
    }

    [Fact]
    public void A_stack_without_pending_servers_is_fine()
    {
        using var fakes = new FakeCommands().Add("pulumi", "echo '[]'").Add("az", "exit 1");

        Assert.Equal((0, "no server waits for a restart\n"), fakes.Run(Script, "--stack", "devnet"));
    }

    [Theory]
    [InlineData("--server", "/subscriptions/s/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/a", 1)]
    [InlineData("--server", "$(touch /tmp/x)", 1)]
    [InlineData("--stack", null, 2)]
    [InlineData("--servers", "a", 2)]
    public void Wrong_arguments_are_refused(string option, string? value, int expected)
    {
        var (code, _) = _fakes.Run(Script, value is null ? [option] : [option, value]);

        Assert.Equal(expected, code);
        Assert.Empty(_fakes.Calls);
    }

    public void Dispose() => _fakes.Dispose();
}
