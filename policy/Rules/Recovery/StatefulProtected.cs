using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Recovery;

/// <summary>A deployment cannot delete what holds data or keys.</summary>
internal sealed class StatefulProtected(ModeLimits limits) : ResourcePolicy
{
    private static readonly Switch Realm = Switch.On(
        "keycloak:index/realm:Realm", "terraformDeletionProtection", "the provider deletes the realm, with its users, when it is asked to");

    public override string Id => "stateful-protected";

    public override string Title => "Deployments cannot delete what holds data or keys";

    public override string Rationale =>
        "A renamed resource, a lost line or a property that asks for a replacement deletes the old one and makes a new, empty one. Protection "
        + "stops the deployment there, and deleting becomes a decision of its own.";

    public override string Remediation =>
        "Set the option protect to true on servers, databases, vaults, keys, storage accounts, disks, disk encryption sets, workspaces, clusters, "
        + "public DNS zones and realms, and terraformDeletionProtection on realms.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "BR-2"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A12"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => StatefulTypes.All;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (limits.For(stack).Least != PolicyMode.Deny)
        {
            return [PolicyVerdict.NotApplicable("The limits allow the stack to be in audit mode: it holds nothing of worth.")];
        }

        return
        [
            resource.Options.Protect
                ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(PropertyPath.Root, $"{resource} is not protected: its option protect is off."),
            .. Realm.Type.Matches(resource.Type) ? Realm.Judge(resource) : [],
        ];
    }
}
