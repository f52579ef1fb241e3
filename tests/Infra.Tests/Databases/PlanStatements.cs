using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Databases;

/// <summary>What the PostgreSQL provider would tell a server for the resources of a plan.</summary>
/// <param name="Database">The database that it is told in.</param>
/// <param name="Sql">The statements.</param>
internal sealed record PlanStatements(string Database, string Sql)
{
    private const string Prefix = "postgresql:index/";

    /// <summary>The password of an account; a preview knows none.</summary>
    public static string PasswordOf(string account) => $"password of {account}";

    /// <summary>The statements of a plan, in an order that its dependencies allow.</summary>
    public static ImmutableArray<PlanStatements> Of(Plan plan)
    {
        var pending = plan.Resources.Where(resource => resource.Type.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        var statements = ImmutableArray.CreateBuilder<PlanStatements>();
        while (pending.Count > 0)
        {
            var urns = pending.Select(resource => resource.Urn).ToHashSet(StringComparer.Ordinal);
            var next = pending.First(resource => !resource.Dependencies.Any(urns.Contains));
            statements.Add(Of(next));
            pending.Remove(next);
        }

        return statements.ToImmutable();
    }

    /// <summary>Whether Azure lets clients in to a server by TLS alone.</summary>
    public static bool RequiresTls(Plan plan, string server) => plan.Resources.Any(resource =>
        resource.Type == "azure-native:dbforpostgresql:Configuration"
        && resource.Name.StartsWith($"{server}-", StringComparison.Ordinal)
        && (Text(resource, "configurationName"), Text(resource, "value")) == ("require_secure_transport", "on"));

    /// <summary>Parameters of a server that PostgreSQL itself has; others are Azure's.</summary>
    public static IEnumerable<(string Name, string Value)> ParametersOf(Plan plan, string server) => plan.Resources
        .Where(resource => resource.Type == "azure-native:dbforpostgresql:Configuration"
            && resource.Name.StartsWith($"{server}-", StringComparison.Ordinal))
        .Select(resource => (Name: Text(resource, "configurationName"), Value: Text(resource, "value")))
        .Where(parameter => parameter.Name is not ("require_secure_transport" or "logfiles.retention_days")
            && !parameter.Name.StartsWith("azure.", StringComparison.Ordinal)
            && !parameter.Name.StartsWith("connection_throttle.", StringComparison.Ordinal)
            && !parameter.Name.StartsWith("pg_qs.", StringComparison.Ordinal)
            && !parameter.Name.StartsWith("pgms_", StringComparison.Ordinal));

    private static PlanStatements Of(PlannedResource resource) => resource.Type[Prefix.Length..] switch
    {
        "role:Role" => new("postgres", Role(resource)),

        // Without the locale, which the machine of a test may not have.
        "database:Database" => new(
            "postgres",
            $"CREATE DATABASE {Name(resource, "name")} OWNER {Name(resource, "owner")}"
                + $" ENCODING {Literal(Text(resource, "encoding"))} TEMPLATE {Name(resource, "template")}"),
        "grant:Grant" => new("postgres", Grant(resource)),
        "extension:Extension" => new(Text(resource, "database"), $"CREATE EXTENSION {Name(resource, "name")}"),
        var other => throw new InvalidOperationException($"What the provider does for {other} is not known here."),
    };

    private static string Role(PlannedResource role)
    {
        var name = Text(role, "name");
        return $"CREATE ROLE {Quote(name)} {Option("login", "LOGIN")} {Option("superuser", "SUPERUSER")}"
            + $" {Option("createDatabase", "CREATEDB")} {Option("createRole", "CREATEROLE")} {Option("replication", "REPLICATION")}"
            + $" {Option("bypassRowLevelSecurity", "BYPASSRLS")} PASSWORD {Literal(PasswordOf(name))}";

        string Option(string property, string word) => role.Inputs[property]!.Unwrapped is BoolValue { Value: true } ? word : $"NO{word}";
    }

    // A grant of the provider is all that a role has: first everything is taken.
    private static string Grant(PlannedResource grant)
    {
        Assert.Equal("database", Text(grant, "objectType"));
        var role = Text(grant, "role") == "public" ? "PUBLIC" : Name(grant, "role");
        var database = Name(grant, "database");
        var privileges = ((ListValue)grant.Inputs["privileges"]!.Unwrapped).Items.Select(item => ((StringValue)item.Unwrapped).Value).ToList();
        var revoke = $"REVOKE ALL PRIVILEGES ON DATABASE {database} FROM {role};";
        return privileges.Count == 0 ? revoke : $"{revoke} GRANT {string.Join(", ", privileges)} ON DATABASE {database} TO {role};";
    }

    private static string Name(PlannedResource resource, string property) => Quote(Text(resource, property));

    private static string Text(PlannedResource resource, string property) => ((StringValue)resource.Inputs[property]!.Unwrapped).Value;

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
