using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Databases;

/// <summary>A real PostgreSQL server on this machine; see the script beside this file.</summary>
internal sealed class LocalPostgreSql : IDisposable
{
    public const string Superuser = "azuresu";

    private static readonly Dictionary<string, string> NoVariables = [];
    private static readonly Lazy<string?> Preparation = new(() => Prepare(), LazyThreadSafetyMode.ExecutionAndPublication);

    private LocalPostgreSql(string folder) => Folder = folder;

    /// <summary>Why there is no PostgreSQL; null where there is.</summary>
    public static string? Missing => Preparation.Value;

    /// <summary>Why tests that need it are skipped: never in CI, where what is missing has to fail.</summary>
    public static string? SkipReason =>
        Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false" ? null : Missing;

    /// <summary>The folder of its socket, which clients take as the host.</summary>
    public string Folder { get; }

    /// <summary>All that it has written down.</summary>
    public string Log => File.ReadAllText(Path.Combine(Folder, "log"));

    private static string Script { get; } =
        Path.Combine(ProjectFolder.Repository, "tests", "Infra.Tests", "Databases", "postgresql-server");

    /// <summary>Starts one with these parameters.</summary>
    public static LocalPostgreSql Start(IEnumerable<(string Name, string Value)> parameters)
    {
        Assert.True(Missing is null, Missing);
        var server = new LocalPostgreSql(Directory.CreateTempSubdirectory("canton-pg-").FullName);
        File.WriteAllLines(
            Path.Combine(server.Folder, "parameters.conf"), parameters.Select(parameter => $"{parameter.Name} = '{parameter.Value}'"));
        var (code, output) = Scripts.Run(Script, NoVariables, "start", server.Folder);
        Assert.True(code == 0, output);
        return server;
    }

    /// <summary>Runs statements; output of a query is its rows with columns between bars.</summary>
    /// <returns>psql's exit code, and what it printed.</returns>
    public (int ExitCode, string Output) Try(string user, string database, string sql) => Scripts.Run(
        "psql",
        new Dictionary<string, string> { ["PGPASSWORD"] = PlanStatements.PasswordOf(user) },
        "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", $"--host={Folder}", $"--username={user}",
        $"--dbname={database}", $"--command={sql}");

    /// <summary>Runs statements that must succeed.</summary>
    public string Query(string user, string database, string sql)
    {
        var (code, output) = Try(user, database, sql);
        Assert.True(code == 0, output);
        return output.Trim();
    }

    public void Dispose()
    {
        Scripts.Run(Script, NoVariables, "stop", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static string? Prepare()
    {
        var (code, output) = Scripts.Run(Script, NoVariables, "prepare");
        return code == 0 ? null : output;
    }
}

/// <summary>A test against a real PostgreSQL server: skipped by name where there is none, but never in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() => Skip = LocalPostgreSql.SkipReason;
}

/// <summary>A test of several cases that needs a real PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgreSqlTheoryAttribute : TheoryAttribute
{
    public PostgreSqlTheoryAttribute() => Skip = LocalPostgreSql.SkipReason;
}
