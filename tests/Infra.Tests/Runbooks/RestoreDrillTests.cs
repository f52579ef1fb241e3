using System.Text.Json;
using CantonInfra.Infra.Tests.Databases;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Runbooks;

public sealed class RestoreDrillTests : IDisposable
{
    private const string Script = "restore-drill";

    // Two servers with one database; what 'psql-a-drill' answers differs where the file 'different' is.
    private const string Psql =
        """
        host= command=
        for word in "$@"; do
          case "$word" in --host=*) host=${word#*=} ;; --command=*) command=${word#*=} ;; esac
        done
        case "$command" in
          *datname*) echo participant ;;
          *format_type*) if [ -e "$STATE/different" ] && [[ "$host" = *-drill* ]]; then echo 'a.t x:integer'; else echo 'a.t x:integer,y:text'; fi ;;
          *pg_relation_size*) if [ -e "$STATE/empty" ] && [[ "$host" = *-drill* ]]; then echo 0; else echo 1; fi ;;
        esac
        """;

    private const string Az =
        """
        while [ $# -gt 1 ]; do
          [ "$1" != --name ] || name=$2
          [ "$1" != --query ] || case "$2" in id) echo "/servers/$name" ;; *) echo "$name.postgres.database.azure.com" ;; esac
          shift
        done
        """;

    private readonly FakeCommands _fakes = new FakeCommands().Add("az", Az).Add("psql", Psql);

    private string Evidence => _fakes.PathOf("evidence file.json");

    [Fact]
    public void A_drill_restores_compares_writes_down_and_cleans_up()
    {
        var (code, output) = Drill("--restore-time", "2026-01-02T03:04:05Z");

        Assert.True(code == 0, output);
        Assert.Contains("participant: equal, 1 tables with rows\n", output, StringComparison.Ordinal);
        var evidence = JsonDocument.Parse(File.ReadAllText(Evidence)).RootElement;
        Assert.Equal("restore-drill", evidence.GetProperty("kind").GetString());
        Assert.Equal("equal", evidence.GetProperty("result").GetString());
        Assert.Equal("psql-a", evidence.GetProperty("server").GetString());
        Assert.Equal("2026-01-02T03:04:05Z", evidence.GetProperty("restoredTo").GetString());
        Assert.True(evidence.GetProperty("restoreSeconds").GetInt32() >= 0);
        Assert.Equal(
            [
                "az|postgres|flexible-server|restore|--resource-group|rg data|--name|psql-a-drill|--source-server|psql-a|--restore-time|2026-01-02T03:04:05Z|--output|none",
                "az|postgres|flexible-server|show|--resource-group|rg data|--name|psql-a|--query|fullyQualifiedDomainName|--output|tsv",
                "az|postgres|flexible-server|show|--resource-group|rg data|--name|psql-a-drill|--query|fullyQualifiedDomainName|--output|tsv",
                "az|postgres|flexible-server|delete|--resource-group|rg data|--name|psql-a-drill|--yes|--output|none",
            ],
            _fakes.Calls.Where(call => call.StartsWith("az|", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("different", "participant: tables differ")]
    [InlineData("empty", "participant: 1 tables have rows, restored only 0")]
    public void A_difference_is_a_failure_that_is_written_down(string state, string message)
    {
        File.WriteAllText(_fakes.PathOf(state), "");

        var (code, output) = Drill();

        Assert.Equal(1, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.Equal("different", JsonDocument.Parse(File.ReadAllText(Evidence)).RootElement.GetProperty("result").GetString());
        Assert.Contains(_fakes.Calls, call => call.Contains("|delete|", StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_answer_is_not_equal()
    {
        using var fakes = new FakeCommands().Add("az", Az).Add("psql", """[[ "$*" = *datname* ]] && echo participant || exit 2""");

        var (code, _) = fakes.Run(Script, "--resource-group", "rg", "--server", "psql-a", "--evidence", fakes.PathOf("e.json"));

        Assert.Equal(1, code);
        Assert.Equal("different", JsonDocument.Parse(File.ReadAllText(fakes.PathOf("e.json"))).RootElement.GetProperty("result").GetString());
    }

    [Fact]
    public void A_kept_server_is_not_deleted()
    {
        var (code, output) = Drill("--keep");

        Assert.Equal(0, code);
        Assert.Contains("kept: psql-a-drill", output, StringComparison.Ordinal);
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("|delete|", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dry_run_of_a_restore_in_the_paired_region_only_looks()
    {
        var (code, output) = Drill(
            "--dry-run", "--geo", "--location", "eastus2", "--geo-resource-group", "rg-geo", "--byok-key", "https://k/keys/a", "--byok-identity", "/i");

        Assert.Equal(0, code);
        Assert.Equal(
            """
            would run: az postgres flexible-server geo-restore --resource-group rg-geo --name psql-a-drill --source-server /servers/psql-a --location eastus2 --byok-key https://k/keys/a --byok-identity /i
            would run: az postgres flexible-server delete --resource-group rg-geo --name psql-a-drill --yes

            """,
            output);
        Assert.Equal("az|postgres|flexible-server|show|--resource-group|rg data|--name|psql-a|--query|id|--output|tsv", Assert.Single(_fakes.Calls));
        Assert.False(File.Exists(Evidence));
    }

    [Theory]
    [InlineData("--server", "a")]
    [InlineData("--geo", null)]
    [InlineData("compare", null)]
    [InlineData("--unknown", null)]
    public void Wrong_arguments_are_refused(string option, string? value) =>
        Assert.Equal(2, _fakes.Run(Script, value is null ? [option] : [option, value]).ExitCode);

    // The statements themselves, on real servers.
    [PostgreSqlFact]
    public void The_comparison_sees_what_is_lost()
    {
        using var source = LocalPostgreSql.Start([]);
        using var restored = LocalPostgreSql.Start([]);
        foreach (var server in new[] { source, restored })
        {
            server.Query(LocalPostgreSql.Superuser, "postgres", "CREATE DATABASE participant");
            server.Query(LocalPostgreSql.Superuser, "participant", "CREATE SCHEMA p; CREATE TABLE p.\"T x\" (a int, b text); INSERT INTO p.\"T x\" VALUES (1)");
        }

        Assert.Equal((0, "participant: equal, 1 tables with rows\n"), Compare(source, restored));

        restored.Query(LocalPostgreSql.Superuser, "participant", "TRUNCATE p.\"T x\"");
        Assert.Equal((1, "participant: 1 tables have rows, restored only 0\n"), Compare(source, restored));

        restored.Query(LocalPostgreSql.Superuser, "participant", "ALTER TABLE p.\"T x\" DROP b");
        var (code, output) = Compare(source, restored);
        Assert.Equal(1, code);
        Assert.Contains("participant: tables differ\n  < p.\"T x\" a:integer,b:text\n  > p.\"T x\" a:integer\n", output, StringComparison.Ordinal);

        restored.Query(LocalPostgreSql.Superuser, "postgres", "DROP DATABASE participant");
        Assert.Equal((1, "participant: missing\n"), Compare(source, restored));
    }

    public void Dispose() => _fakes.Dispose();

    private static (int ExitCode, string Output) Compare(LocalPostgreSql source, LocalPostgreSql restored) => Scripts.Run(
        Path.Combine(ProjectFolder.Repository, "docs", "runbooks", "scripts", Script),
        new Dictionary<string, string> { ["PGUSER"] = LocalPostgreSql.Superuser },
        "compare",
        "--source",
        source.Folder,
        "--restored",
        restored.Folder);

    private (int ExitCode, string Output) Drill(params string[] options) =>
        _fakes.Run(Script, ["--resource-group", "rg data", "--server", "psql-a", "--evidence", Evidence, .. options]);
}
