using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>A stack that keeps the plans of a subscription has one for all that a validator stands on.</summary>
internal sealed class DefenderPlansComplete : StackPolicy
{
    // Fewer are somebody's who wants one kind of resource watched.
    private const int KeepsSubscription = 3;

    private static readonly ResourceTypePattern Plan = "azure-native:security:Pricing";
    private static readonly PropertyPath Name = PropertyPath.Parse("pricingName");

    private static readonly ImmutableArray<string> Needed =
        ["Arm", "CloudPosture", "Containers", "KeyVaults", "OpenSourceRelationalDatabases", "StorageAccounts", "VirtualMachines"];

    public override string Id => "defender-plans-complete";

    public override string Title => "Defender for Cloud watches all that a validator stands on";

    public override string Rationale =>
        "An attacker takes the part that is not watched. A validator stands on a cluster, databases, vaults, storage, machines and the "
        + "management of them; each of these has a plan of its own.";

    public override string Remediation =>
        "Where a stack declares the plans of a subscription, declare Arm, CloudPosture, Containers, KeyVaults, "
        + "OpenSourceRelationalDatabases, StorageAccounts and VirtualMachines.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-1"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A14"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var plans = resources.OfType(Plan).Select(plan => plan.Read(Name)).ToList();
        if (plans.Count < KeepsSubscription)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack does not keep the plans of a subscription."))];
        }

        var names = plans.Select(plan => plan.TryGetText(out var name) ? name : null).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = Needed.Where(name => !names.Contains(name)).ToList();
        return missing.Count == 0 ? []
            : names.Count < plans.Count ? [StackVerdict.OnStack(PolicyVerdict.Undecided(Name, "not known yet which plans some resources are"))]
            : missing.Select(name => StackVerdict.OnStack(PolicyVerdict.Violation(
                PropertyPath.Root, $"The stack keeps the plans of a subscription and has none for {name}, so that is not watched.")));
    }
}
