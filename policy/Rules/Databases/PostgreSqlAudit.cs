using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Audit of PostgreSQL servers is on in all its parts.</summary>
internal sealed class PostgreSqlAudit : StackPolicy
{
    private const string Classes = "pgaudit.log";

    private static readonly ImmutableArray<ResourceTypePattern> Servers = [PostgreSqlTypes.Server, PostgreSqlTypes.ClassicServer];

    private static readonly ImmutableArray<(string Parameter, ImmutableArray<string> Needed)> Parts =
    [
        ("azure.extensions", ["pgaudit"]),
        ("shared_preload_libraries", ["pgaudit"]),
        (Classes, ["ddl", "role"]),
    ];

    public override string Id => "postgresql-audit";

    public override string Title => "PostgreSQL servers write down who changes structure and rights";

    public override string Rationale =>
        "pgaudit needs three parameters: permission to have it, the library loaded, and what to write down. With one of them missing "
        + "there is no audit and no error either.";

    public override string Remediation =>
        "Set azure.extensions and shared_preload_libraries to lists with pgaudit, pgaudit.log to a list with ddl and role, restart the "
        + "server, and make the extension in each database.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var servers = resources.Resources.Where(resource => resource.IsAny(Servers)).ToList();
        return servers.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no PostgreSQL servers."))]
            : servers.SelectMany(server => Judge(server, PostgreSqlParameters.Of(server, resources))).Concat(JudgeExtensions(resources));
    }

    // The fourth part: in a database without the extension nothing of what is set above happens.
    private static IEnumerable<StackVerdict> JudgeExtensions(StackView resources)
    {
        var extensions = resources.OfType("postgresql:index/extension:Extension")
            .Where(extension => extension.Read("name").TryGetText(out var name) && name.Equals("pgaudit", StringComparison.OrdinalIgnoreCase))
            .ToList();
        return resources.OfType("postgresql:index/database:Database").Select(database => StackVerdict.On(
            database,
            extensions.Exists(extension => DatabasePart.IsOf(extension, database, resources))
                ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(PropertyPath.Root, $"{database} has no Extension pgaudit, so nothing is written down there.")));
    }

    private static IEnumerable<StackVerdict> Judge(StackResourceView server, PostgreSqlParameters parameters)
    {
        foreach (var (name, needed) in Parts)
        {
            yield return StackVerdict.On(server, Judge(server, parameters, name, needed));
        }
    }

    private static PolicyVerdict Judge(
        StackResourceView server, PostgreSqlParameters parameters, string name, ImmutableArray<string> needed)
    {
        if (parameters.Find(name) is not { } parameter)
        {
            return parameters.HasUnclear
                ? PolicyVerdict.Undecided(PropertyPath.Parse("name"), "not known yet which parameters are its own")
                : PolicyVerdict.Violation(PropertyPath.Root, $"{server} has no parameter {name}; audit needs it with {string.Join(" and ", needed)}.");
        }

        var value = parameter.Read("value");
        if (!value.TryGetText(out var text))
        {
            return value.State == PropertyState.Missing
                ? PolicyVerdict.Violation(PropertyPath.Root, $"{server} has a parameter {name} without a value.")
                : PolicyVerdict.Undecided(PropertyPath.Parse("value"), $"the value of {parameter} is not known yet");
        }

        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var missing = needed.Where(word => !words.Contains(word, StringComparer.OrdinalIgnoreCase)).ToList();
        var isAll = name == Classes && words.Contains("all", StringComparer.OrdinalIgnoreCase);
        return missing.Count == 0 || isAll
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(PropertyPath.Root, $"{server} has {name} without {string.Join(" and ", missing)}: {value}.");
    }
}
