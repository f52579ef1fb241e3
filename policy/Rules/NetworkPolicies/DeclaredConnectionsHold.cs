using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Proof;
using CantonInfra.Reachability.Reading;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>Network policies allow the connections that a program declares, and no others.</summary>
/// <param name="contracts">The charts whose pods are known.</param>
internal sealed class DeclaredConnectionsHold(ChartContracts contracts) : StackPolicy
{
    private const string Connections = "connections";

    private static readonly PropertyPath Table = PropertyPath.Parse(Connections);
    private static readonly PropertyPath Spec = PropertyPath.Parse("spec");

    public override string Id => "declared-connections-hold";

    public override string Title => "Network policies allow the declared connections and no others";

    public override string Rationale =>
        "A connection that is declared and denied is an outage; one that is allowed and not declared is a way to the ledger that nobody "
        + "decided on. Reading policies one by one shows neither: they add up, and both ends have to agree.";

    public override string Remediation =>
        "Declare the connection where it is needed (docs/connections.md), and leave network policies to be derived from it. Where a chart's "
        + "version has no contract, take a known version or add its contract.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "C1"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        ImmutableArray<ClusterResource> all = [.. resources.Resources.Select(Neutral)];
        var (declared, problem) = DeclarationReader.Read(all);
        if (problem is not null)
        {
            return resources.Resources.Where(resource => resource.Type.Canonical == DeclarationReader.Type)
                .Select(table => StackVerdict.On(table, PolicyVerdict.Undecided(Table, problem)));
        }

        if (declared is null)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The program declares no connections."))];
        }

        var result = new ConnectionProof(ClusterReader.Read(all, contracts), declared).Run();
        return Verdicts(result, resources.Find(declared.Urn)!, resources);
    }

    private static ClusterResource Neutral(StackResourceView resource) => new(
        resource.Urn, resource.Type.Canonical, resource.Name, resource.Properties, resource.Provider?.Urn ?? "", resource.PropertyDependencies);

    private static IEnumerable<StackVerdict> Verdicts(ProofResult result, StackResourceView table, StackView resources)
    {
        if (result.Holds == true)
        {
            return [StackVerdict.On(table, PolicyVerdict.Pass)];
        }

        return
        [
            .. result.Connections.Where(state => state.Works != true).Select(state => StackVerdict.On(table, OfConnection(state, table))),
            .. result.Findings.Select(finding => OfFinding(finding, table, resources)),
            .. result.Unread.Select(reason => StackVerdict.On(table, PolicyVerdict.Undecided(Table, reason))),
        ];
    }

    private static PolicyVerdict OfConnection(ConnectionState state, StackResourceView table)
    {
        var connection = state.Connection;
        var what = $"{connection.From} to {connection.To} ({connection.Protocol} {connection.Port})";
        var why = string.Join(" ", state.WhyNot);
        return state.Works is null
            ? PolicyVerdict.Undecided(Table, $"{what}: {why}")
            : PolicyVerdict.Violation(Table, $"{table} declares {what}, which does not work. {why}");
    }

    // Whoever is to mend it looks at the policy that allows too much, not at the table.
    private static StackVerdict OfFinding(ProofFinding finding, StackResourceView table, StackView resources)
    {
        var policy = finding.Policies.IsEmpty || finding.Kind == ProofFindingKind.Open ? null : resources.Find(finding.Policies[0].Urn);
        var subject = policy ?? table;
        var path = policy is null ? Table : Spec;
        return StackVerdict.On(subject, finding.Kind == ProofFindingKind.Undecided
            ? PolicyVerdict.Undecided(path, finding.ToString())
            : PolicyVerdict.Violation(path, $"{subject}: {finding}"));
    }
}
