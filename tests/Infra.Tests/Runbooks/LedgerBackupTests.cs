using System.Text.Json;
using CantonInfra.Infra.Tests.Databases;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Runbooks;

/// <summary>Backups of a ledger's databases in their order, and the question whether a pair can be restored together.</summary>
public sealed class LedgerBackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canton-backup-").FullName;

    private string Out => Path.Combine(_folder, "out");

    [PostgreSqlFact]
    public void The_app_is_dumped_before_its_participant_and_both_can_be_read()
    {
        using var server = Ledger(end: 65, seen: "00000000000000003f");

        var (code, output) = Backup(server);

        Assert.True(code == 0, output);
        Assert.Equal(["backup.json", "participant.dump", "validator.dump"], Directory.EnumerateFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(
            output.IndexOf("dumped validator", StringComparison.Ordinal) < output.IndexOf("dumped participant", StringComparison.Ordinal), output);
        var evidence = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "backup.json"))).RootElement;
        Assert.Equal("ledger-backup", evidence.GetProperty("kind").GetString());
        Assert.Equal("validator has seen 63 of 65: not newer than its participant", evidence.GetProperty("order").GetString());
        var (_, content) = Scripts.Run("pg_restore", new Dictionary<string, string>(), "--list", Path.Combine(Out, "validator.dump"));
        Assert.Contains("store_last_ingested_offsets", content, StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public void A_pair_whose_app_is_newer_is_refused()
    {
        using var server = Ledger(end: 65, seen: "000000000000000042");

        var (code, output) = Backup(server);

        Assert.Equal(1, code);
        Assert.Contains("error: validator has seen 66, and participant ends at 65: it is newer than its participant", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Out, "backup.json")));
    }

    // Offsets of newer releases are plain numbers, and only the newest migration counts.
    [PostgreSqlTheory]
    [InlineData(65, "65", 0)]
    [InlineData(64, "65", 1)]
    [InlineData(70, "00000000000000003f", 0)]
    public void The_order_of_two_databases_is_told(int end, string seen, int expected)
    {
        using var server = Ledger(end, seen);
        server.Query(
            LocalPostgreSql.Superuser,
            "validator",
            "UPDATE validator.store_last_ingested_offsets SET migration_id = 1; INSERT INTO validator.store_last_ingested_offsets VALUES (1, 0, '0000000000000fffff')");

        var (code, output) = Order(server);

        Assert.True(code == expected, output);
    }

    [PostgreSqlFact]
    public void What_has_no_such_tables_is_not_in_order()
    {
        using var server = LocalPostgreSql.Start([]);
        server.Query(LocalPostgreSql.Superuser, "postgres", "CREATE DATABASE validator");
        server.Query(LocalPostgreSql.Superuser, "postgres", "CREATE DATABASE participant");

        var (code, output) = Order(server);

        Assert.Equal(1, code);
        Assert.Contains("participant does not say how far its ledger goes.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_says_what_it_would_do_in_its_order()
    {
        var (code, output) = Run("ledger-backup", "--dry-run", "--host", "a.example.com", "--validator", "validator", "--participant", "participant_1", "--out", Out);

        Assert.Equal(0, code);
        Assert.Equal(
            $"""
            would run: pg_dump --host a.example.com --dbname validator --format custom --file {Out}/validator.dump
            would run: pg_dump --host a.example.com --dbname participant_1 --format custom --file {Out}/participant_1.dump

            """,
            output);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "other"), "");

        var (code, output) = Run("ledger-backup", "--host", "a", "--validator", "v", "--participant", "p", "--out", _folder);

        Assert.Equal(1, code);
        Assert.Contains("has something in it already.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger-backup", "--host", "a")]
    [InlineData("ledger-backup", "--fast")]
    [InlineData("restore-drill", "order", "--host", "a")]
    [InlineData("restore-drill", "--resource-group", "a", "--server", "b", "--evidence", "c", "--validator", "d")]
    public void Wrong_arguments_are_refused(string script, params string[] arguments) => Assert.Equal(2, Run(script, arguments).ExitCode);

    [Fact]
    public void A_drill_to_a_time_that_the_network_has_forgotten_is_refused()
    {
        using var fakes = new FakeCommands().Add("az", "").Add("psql", "");

        var (code, output) = fakes.Run(
            "restore-drill", "--resource-group", "rg", "--server", "psql-a", "--evidence", fakes.PathOf("e.json"), "--restore-time",
            "2020-01-01T00:00:00Z", "--validator", "validator", "--participant", "participant");

        Assert.Equal(1, code);
        Assert.Contains("and the network keeps 30: a participant restored to it cannot catch up.", output, StringComparison.Ordinal);
        Assert.Empty(fakes.Calls);
    }

    [Theory]
    [InlineData("64", 0, "equal")]
    [InlineData("66", 1, "different")]
    public void A_drill_of_a_ledger_asks_for_the_order_of_its_databases(string seen, int expected, string result)
    {
        using var fakes = new FakeCommands()
            .Add("az", """[ "$3" != show ] || echo host""")
            .Add("psql", $$"""
                case "$*" in
                  *ledger_end*) echo 65 ;;
                  *ingested*) echo {{seen}} ;;
                  *datname*) printf 'participant\nvalidator\n' ;;
                  *format_type*) echo 'a.t x:integer' ;;
                  *) echo 1 ;;
                esac
                """);
        var evidence = fakes.PathOf("e.json");

        var (code, output) = fakes.Run(
            "restore-drill", "--resource-group", "rg", "--server", "psql-a", "--evidence", evidence, "--validator", "validator", "--participant", "participant");

        Assert.True(code == expected, output);
        var written = JsonDocument.Parse(File.ReadAllText(evidence)).RootElement;
        Assert.Equal(result, written.GetProperty("result").GetString());
        Assert.Contains(written.GetProperty("comparison").EnumerateArray(), line => line.GetString()!.StartsWith($"validator has seen {seen}", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static LocalPostgreSql Ledger(int end, string seen)
    {
        var server = LocalPostgreSql.Start([]);
        server.Query(LocalPostgreSql.Superuser, "postgres", "CREATE DATABASE validator");
        server.Query(LocalPostgreSql.Superuser, "postgres", "CREATE DATABASE participant");
        server.Query(
            LocalPostgreSql.Superuser,
            "participant",
            $"CREATE SCHEMA participant; CREATE TABLE participant.lapi_parameters (ledger_end bigint, participant_id text); INSERT INTO participant.lapi_parameters VALUES ({end}, 'p')");
        server.Query(
            LocalPostgreSql.Superuser,
            "validator",
            "CREATE SCHEMA validator; CREATE TABLE validator.store_last_ingested_offsets (store_id int, migration_id bigint, last_ingested_offset text);"
            + $" INSERT INTO validator.store_last_ingested_offsets VALUES (1, 0, '{seen}'), (2, 0, NULL)");
        return server;
    }

    private (int ExitCode, string Output) Backup(LocalPostgreSql server) => Run(
        "ledger-backup", "--host", server.Folder, "--validator", "validator", "--participant", "participant", "--out", Out);

    private static (int ExitCode, string Output) Order(LocalPostgreSql server) => Run(
        "restore-drill", "order", "--host", server.Folder, "--validator", "validator", "--participant", "participant");

    private static (int ExitCode, string Output) Run(string script, params string[] arguments) => Scripts.Run(
        Path.Combine(ProjectFolder.Repository, "docs", "runbooks", "scripts", script),
        new Dictionary<string, string> { ["PGUSER"] = LocalPostgreSql.Superuser },
        arguments);
}
