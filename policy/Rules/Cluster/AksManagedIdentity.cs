using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>A cluster acts in Azure with an identity that has no password.</summary>
internal sealed class AksManagedIdentity : ResourcePolicy
{
    private const string Password = "it acts in Azure with the password of a service principal";

    private static readonly ImmutableArray<Choice> Identities =
    [
        Choice.Of(AksTypes.Cluster, "identity.type", ["UserAssigned", "SystemAssigned"], "None", Password),
        Choice.Of(AksTypes.ClassicCluster, "identity.type", ["UserAssigned", "SystemAssigned"], "None", Password),
    ];

    // In the first, 'msi' stands for the identity of the cluster.
    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Path)> Principals =
    [
        (AksTypes.Cluster, PropertyPath.Parse("servicePrincipalProfile.clientId")),
        (AksTypes.ClassicCluster, PropertyPath.Parse("servicePrincipal.clientId")),
    ];

    public override string Id => "aks-managed-identity";

    public override string Title => "Clusters act in Azure with a managed identity";

    public override string Rationale =>
        "A service principal has a password that lies in the cluster, expires on some day and takes the cluster's network and disks "
        + "with it, and works from anywhere for whoever copies it.";

    public override string Remediation =>
        "Set identity.type to UserAssigned, name an identity with the roles it needs, and leave servicePrincipalProfile out.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"identity": {"type": "UserAssigned", "userAssignedIdentities": ["/subscriptions/0/identity"]}}""",
        Bad: """{"servicePrincipalProfile": {"clientId": "00000000-0000-0000-0000-000000000001"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A7"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [AksTypes.Cluster, AksTypes.ClassicCluster];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        yield return Identities.First(choice => choice.Type.Matches(resource.Type)).JudgeOne(resource);
        var own = resource.Read(resource.Type.Canonical == AksTypes.Cluster ? "identity.userAssignedIdentities" : "identity.identityIds");
        if (resource.Read("identity.type").TryGetText(out var type) && type.Equals("UserAssigned", StringComparison.OrdinalIgnoreCase))
        {
            yield return own.IsNothing() switch
            {
                null => PolicyVerdict.Undecided(own.Path),
                false => PolicyVerdict.Pass,
                true => PolicyVerdict.Violation(own.Path, $"{resource} names no identity here, so nobody has given it roles."),
            };
        }

        var principal = resource.Read(Principals.First(each => each.Type.Matches(resource.Type)).Path);
        if (principal.State != PropertyState.Missing)
        {
            yield return !principal.TryGetText(out var client) ? PolicyVerdict.Undecided(principal.Path)
                : client.Equals("msi", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(principal.Path, $"{resource} names a service principal, so {Password}.");
        }
    }
}
