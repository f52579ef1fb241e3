using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Databases;

/// <summary>A11 and A24 on a real server: what the plan's roles and grants come to.</summary>
public sealed class DatabaseAccessTests
{
    private const string Ledger =
        """
          canton-infra:ledger:
            validators:
              - { name: validator, migrationId: 1 }
              - { name: beta }

        """;

    [PostgreSqlFact]
    public async Task Each_account_has_its_own_databases_and_nothing_else()
    {
        var plan = await PlanAsync();
        using var server = Serve(plan);

        AssertPlainRoles(server);
        AssertOwnDatabases(server);
        AssertOthersDatabases(server);
        AssertNobodyConnects(server);
        AssertAudited(server);
        AssertTls(server);
    }

    private static async Task<Plan> PlanAsync()
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet") + Ledger);
        var result = await folder.PreviewAsync();
        Assert.All(result.Diagnostics, diagnostic => Assert.Contains("no tokens as they ask today", diagnostic.Message, StringComparison.Ordinal));
        return result.Plan;
    }

    // Both servers of the environment in one: what holds here holds where they are apart.
    private static LocalPostgreSql Serve(Plan plan)
    {
        var server = LocalPostgreSql.Start(PlanStatements.ParametersOf(plan, "psql-ledger"), PlanStatements.RequiresTls(plan, "psql-ledger"));
        server.Query(
            LocalPostgreSql.Superuser, "postgres", $"CREATE ROLE pgadmin LOGIN CREATEROLE CREATEDB PASSWORD '{PlanStatements.PasswordOf("pgadmin")}'");
        foreach (var statement in PlanStatements.Of(plan))
        {
            server.Query(LocalPostgreSql.Superuser, statement.Database, statement.Sql);
        }

        return server;
    }

    private static void AssertPlainRoles(LocalPostgreSql server) => Assert.Equal(
        "cnadmin|t|f|f|f|f|f\ncnadmin_beta|t|f|f|f|f|f\nkeycloakadmin|t|f|f|f|f|f",
        server.Query(
            LocalPostgreSql.Superuser,
            "postgres",
            "SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles"
                + " WHERE rolname LIKE '%admin%' AND rolname <> 'pgadmin' ORDER BY rolname"));

    private static void AssertOwnDatabases(LocalPostgreSql server)
    {
        foreach (var (account, database) in new[]
        {
            ("cnadmin", "participant"), ("cnadmin", "participant_1"), ("cnadmin", "validator"),
            ("cnadmin_beta", "participant_beta"), ("cnadmin_beta", "validator_beta"), ("keycloakadmin", "keycloak"),
        })
        {
            server.Query(account, database, "CREATE SCHEMA own; CREATE TABLE own.t (x int); CREATE TABLE public.t (x int); INSERT INTO own.t VALUES (7)");
            Assert.Equal("7", server.Query(account, database, "ALTER TABLE own.t ADD y int; SELECT x FROM own.t"));
        }
    }

    private static void AssertOthersDatabases(LocalPostgreSql server)
    {
        foreach (var (account, database) in new[]
        {
            ("cnadmin", "keycloak"), ("cnadmin", "participant_beta"), ("cnadmin", "postgres"), ("cnadmin", "template1"),
            ("cnadmin_beta", "participant"), ("cnadmin_beta", "validator"), ("keycloakadmin", "participant"), ("keycloakadmin", "postgres"),
        })
        {
            AssertRefused(server.Try(account, database, "SELECT 1"), $"permission denied for database \"{database}\"");
        }

        // Also where a connection is let through by mistake, the schemas are closed.
        server.Query(LocalPostgreSql.Superuser, "postgres", "GRANT CONNECT ON DATABASE participant TO cnadmin_beta");
        AssertRefused(server.Try("cnadmin_beta", "participant", "SELECT * FROM own.t"), "permission denied for schema own");
        AssertRefused(server.Try("cnadmin_beta", "participant", "CREATE TABLE public.other (x int)"), "permission denied for schema public");
        AssertRefused(server.Try("cnadmin", "participant", "CREATE DATABASE another"), "permission denied to create database");
        AssertRefused(server.Try("cnadmin", "participant", "CREATE ROLE another"), "permission denied to create role");
    }

    private static void AssertNobodyConnects(LocalPostgreSql server)
    {
        server.Query(
            LocalPostgreSql.Superuser, "postgres", $"CREATE ROLE stranger LOGIN PASSWORD '{PlanStatements.PasswordOf("stranger")}'");
        var databases = server.Query(LocalPostgreSql.Superuser, "postgres", "SELECT datname FROM pg_database WHERE datallowconn").Split('\n');
        Assert.Contains("postgres", databases);
        Assert.Contains("participant", databases);
        Assert.All(databases, database => AssertRefused(server.Try("stranger", database, "SELECT 1"), "permission denied for database"));

        // The administrator, which is no superuser, makes the extension in each.
        Assert.All(
            databases.Where(database => database is not ("postgres" or "template1")),
            database => Assert.Equal("pgaudit", server.Query("pgadmin", database, "SELECT extname FROM pg_extension WHERE extname = 'pgaudit'")));
    }

    private static void AssertAudited(LocalPostgreSql server)
    {
        var log = server.Log;
        Assert.Matches("user=cnadmin,db=participant,.*AUDIT: SESSION,[0-9]+,[0-9]+,DDL,CREATE TABLE,TABLE,own\\.t", log);
        Assert.Matches("user=cnadmin_beta,db=participant_beta,.*connection authorized", log);
        Assert.Matches("AUDIT: SESSION,[0-9]+,[0-9]+,ROLE,CREATE ROLE,.*<REDACTED>", log);
        Assert.DoesNotContain(PlanStatements.PasswordOf("stranger"), log, StringComparison.Ordinal);

        // Writes are the ledger itself; auditing them would cost more than they do.
        Assert.DoesNotContain("WRITE,INSERT", log, StringComparison.Ordinal);
    }

    // A11: by TLS of the plan's least version alone, from a server that proves its name, and with the account's own password.
    private static void AssertTls(LocalPostgreSql server)
    {
        var verified = new Dictionary<string, string>
        {
            ["PGSSLMODE"] = "verify-full",
            ["PGSSLROOTCERT"] = Path.Combine(server.Folder, "server.crt"),
        };
        var (code, output) = By("localhost", "cnadmin", verified);
        Assert.True(code == 0, output);
        Assert.Equal("TLSv1.3", output.Trim());
        AssertRefused(By("localhost", "cnadmin", new Dictionary<string, string> { ["PGSSLMODE"] = "disable" }), "no encryption");
        AssertRefused(By("127.0.0.1", "cnadmin", verified), "does not match host name");
        AssertRefused(
            By("localhost", "cnadmin", new Dictionary<string, string>(verified) { ["PGSSLMAXPROTOCOLVERSION"] = "TLSv1.2" }), "protocol version");
        AssertRefused(By("localhost", "cnadmin_beta", verified), "permission denied for database");
        Assert.Matches("user=cnadmin,db=validator,.*connection authorized: .*SSL enabled \\(protocol=TLSv1\\.3", server.Log);
        Assert.Matches("no pg_hba.conf entry for host \"127\\.0\\.0\\.1\", user \"cnadmin\"", server.Log);

        (int ExitCode, string Output) By(string host, string account, Dictionary<string, string> variables) => server.TryByNetwork(
            host, account, "validator", "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()", variables);
    }

    private static void AssertRefused((int ExitCode, string Output) result, string message)
    {
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
    }
}
