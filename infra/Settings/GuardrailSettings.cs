using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>The policies of a subscription, <c>canton-infra:guardrails</c> (A13, A14).</summary>
/// <param name="Groups">
/// <c>.groups</c>: groups of policies that are audited or denied other than <c>canton-infra:enforcement</c> says, each by its name:
/// network, kubernetes, workloads, disks, postgresql, keyVault, storage, monitoring, registry; none.
/// </param>
/// <param name="ExcludedResourceGroups">
/// <c>.excludedResourceGroups</c>: names of resource groups that our initiative does not judge; none. Those that AKS fills for
/// the environments of <c>canton-infra:environments</c> are excluded without being named here.
/// </param>
/// <param name="NodeNamespaces">
/// <c>.nodeNamespaces</c>: namespaces of what sets up nodes, in which our initiative does not judge pods; none. Those of Kubernetes and AKS are
/// left out without being named here; a mesh needs istio-cni.
/// </param>
/// <param name="Benchmark">
/// <c>.benchmark</c>: who assigns the Microsoft cloud security benchmark: <c>existing</c> where Defender for Cloud did when it was
/// turned on, else <c>assigned</c>; existing.
/// </param>
/// <param name="Soc2">
/// <c>.soc2</c>: who assigns SOC 2 Type 2: <c>assigned</c> by the program, or <c>existing</c>, by the name canton-soc2; assigned.
/// </param>
/// <param name="DeploysVaultDiagnostics">
/// <c>.deployVaultDiagnostics</c>: whether a policy gives every vault a diagnostic setting to the subscription's workspace; true.
/// </param>
internal sealed partial record GuardrailSettings(
    ImmutableSortedDictionary<GuardrailGroup, Enforcement> Groups,
    ImmutableArray<string> ExcludedResourceGroups,
    ImmutableArray<string> NodeNamespaces,
    StandardAssignment Benchmark,
    StandardAssignment Soc2,
    bool DeploysVaultDiagnostics)
{
    private static readonly ImmutableSortedDictionary<string, StandardAssignment> Assignments =
        ImmutableSortedDictionary.Create<string, StandardAssignment>(StringComparer.Ordinal)
            .Add("assigned", StandardAssignment.Assigned)
            .Add("existing", StandardAssignment.Existing);

    /// <summary>Reads them.</summary>
    public static GuardrailSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("guardrails");
        return new GuardrailSettings(
            ReadGroups(node.Member("groups")),
            [.. node.Member("excludedResourceGroups").Items().Select(item =>
                item.Text("a resource group", ResourceGroupName(), "the name of a resource group"))],
            [.. node.Member("nodeNamespaces").Items().Select(item =>
                item.Text("a namespace", NamespaceName(), "a namespace: lowercase letters, digits and hyphens"))],
            node.Member("benchmark").OneOf("who assigns the benchmark", Assignments, StandardAssignment.Existing),
            node.Member("soc2").OneOf("who assigns SOC 2", Assignments, StandardAssignment.Assigned),
            node.Member("deployVaultDiagnostics").Boolean(fallback: true));
    }

    /// <summary>The form of a resource group's name.</summary>
    [GeneratedRegex(@"^[\w().-]{0,89}[\w()-]$")]
    public static partial Regex ResourceGroupName();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex NamespaceName();

    private static ImmutableSortedDictionary<GuardrailGroup, Enforcement> ReadGroups(SettingNode node)
    {
        var groups = ImmutableSortedDictionary.CreateBuilder<GuardrailGroup, Enforcement>();
        foreach (var group in GuardrailTable.SwitchedGroups)
        {
            var member = node.Member(group.Name());
            if (!member.IsMissing)
            {
                groups.Add(group, member.OneOf("what Azure does", SubscriptionSettings.Enforcements, Enforcement.Deny));
            }
        }

        return groups.ToImmutable();
    }
}
