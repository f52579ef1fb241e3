using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Databases;

/// <summary>A real PostgreSQL server on this machine; see the script beside this file.</summary>
internal sealed class LocalPostgreSql : IDisposable
{
    public const string Superuser = "azuresu";

    private static readonly Dictionary<string, string> NoVariables = [];
    private static readonly Lazy<string?> Preparation = new(() => Prepare(), LazyThreadSafetyMode.ExecutionAndPublication);

    private readonly int? _port;

    private LocalPostgreSql(string folder, int? port)
    {
        Folder = folder;
        _port = port;
    }

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
    /// <param name="parameters">The parameters.</param>
    /// <param name="hasTls">Whether it is reached by TLS besides its socket, as Azure's is that requires it.</param>
    public static LocalPostgreSql Start(IEnumerable<(string Name, string Value)> parameters, bool hasTls = false)
    {
        Assert.True(Missing is null, Missing);
        var server = new LocalPostgreSql(Directory.CreateTempSubdirectory("canton-pg-").FullName, hasTls ? FreePort() : null);
        File.WriteAllLines(
            Path.Combine(server.Folder, "parameters.conf"), parameters.Select(parameter => $"{parameter.Name} = '{parameter.Value}'"));
        var (code, output) = Scripts.Run(
            Script, NoVariables, ["start", server.Folder, .. server._port is { } port ? new[] { Text(port) } : []]);
        Assert.True(code == 0, output);
        return server;
    }

    /// <summary>Runs statements; output of a query is its rows with columns between bars.</summary>
    /// <returns>psql's exit code, and what it printed.</returns>
    public (int ExitCode, string Output) Try(string user, string database, string sql) => Run(Folder, user, database, sql, NoVariables);

    /// <summary>Runs statements over the network, as clients in the cluster do.</summary>
    /// <param name="host">The name that it is called by.</param>
    /// <param name="user">The account.</param>
    /// <param name="database">The database.</param>
    /// <param name="sql">The statements.</param>
    /// <param name="variables">What libpq is told, such as <c>PGSSLMODE</c>.</param>
    public (int ExitCode, string Output) TryByNetwork(
        string host, string user, string database, string sql, IReadOnlyDictionary<string, string> variables) =>
        Run(host, user, database, sql, variables);

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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private (int ExitCode, string Output) Run(
        string host, string user, string database, string sql, IReadOnlyDictionary<string, string> variables)
    {
        var all = new Dictionary<string, string>(variables) { ["PGPASSWORD"] = PlanStatements.PasswordOf(user) };
        if (_port is { } port)
        {
            all["PGPORT"] = Text(port);
        }

        return Scripts.Run(
            "psql", all, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", $"--host={host}", $"--username={user}",
            $"--dbname={database}", $"--command={sql}");
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
