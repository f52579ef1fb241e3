using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Parameters of a PostgreSQL server are set one after another.</summary>
internal sealed class PostgreSqlParametersInOrder : StackPolicy
{
    public override string Id => "postgresql-parameters-in-order";

    public override string Title => "Parameters of a PostgreSQL server are set one after another";

    public override string Rationale =>
        "A server takes one change at a time and refuses the others as busy. A deployment that sets parameters side by side stops "
        + "halfway, with some of the protection in place and some not.";

    public override string Remediation =>
        "Let each Configuration of a server depend on the one before it (dependsOn).";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var servers = resources.Resources
            .Where(resource => PostgreSqlParameters.IsParameter(resource))
            .GroupBy(resource => PostgreSqlParameters.ServerOf(resource, resources), StringComparer.Ordinal)
            .ToList();
        return servers.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack sets no parameters of PostgreSQL servers."))]
            : servers.SelectMany(server => Judge([.. server], resources));
    }

    // In a chain, sorted by how many others each comes after, these numbers are 0, 1, 2, ….
    private static IEnumerable<StackVerdict> Judge(ImmutableArray<StackResourceView> parameters, StackView resources)
    {
        var all = parameters.Select(parameter => parameter.Urn).ToHashSet(StringComparer.Ordinal);
        var beside = parameters
            .GroupBy(parameter => Before(parameter, resources).Count(all.Contains))
            .Where(group => group.Count() > 1)
            .ToDictionary(group => group.Key, group => group.First());
        foreach (var parameter in parameters)
        {
            var place = Before(parameter, resources).Count(all.Contains);
            yield return StackVerdict.On(parameter, beside.TryGetValue(place, out var other) && other != parameter
                ? PolicyVerdict.Violation(PropertyPath.Root, $"{parameter} is set at the same time as {other}; neither depends on the other.")
                : PolicyVerdict.Pass);
        }
    }

    private static HashSet<string> Before(StackResourceView resource, StackView resources)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(resource.Dependencies);
        while (open.TryPop(out var urn))
        {
            if (seen.Add(urn) && resources.Find(urn) is { } found)
            {
                foreach (var next in found.Dependencies)
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }
}
