using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>What Azure's policies do not judge ends on a day, and the day is not past.</summary>
internal sealed class PolicyExemptionsExpire(TimeProvider clock) : ResourcePolicy
{
    private static readonly PropertyPath ExpiresOn = PropertyPath.Parse("expiresOn");

    public override string Id => "policy-exemptions-expire";

    public override string Title => "Exemptions from Azure Policy end, and have not ended";

    public override string Rationale =>
        "An exemption without an end is a hole that everybody forgets. One whose day is past exempts nothing any more, and whoever "
        + "reads it believes otherwise.";

    public override string Remediation =>
        "Set expiresOn to a day by which the reason will be gone. Where a day is past, mend what the policy asks and remove the "
        + "exemption, or decide again and set a new day.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        "azure-native:authorization:PolicyExemption",
        Good: """{"expiresOn": "9999-12-31T00:00:00Z"}""",
        Bad: """{"exemptionCategory": "Waiver"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
    [
        "azure-native:authorization:PolicyExemption",
        "azure:core/resourceGroupPolicyExemption:ResourceGroupPolicyExemption",
        "azure:core/resourcePolicyExemption:ResourcePolicyExemption",
        "azure:core/subscriptionPolicyExemption:SubscriptionPolicyExemption",
        "azure:management/groupPolicyExemption:GroupPolicyExemption",
    ];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var reading = resource.Read(ExpiresOn);
        if (reading.IsTextGiven() == false)
        {
            yield return PolicyVerdict.Violation(reading.Path, $"{resource} has no day on which it ends.");
        }
        else if (!reading.TryGetText(out var text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end))
        {
            yield return PolicyVerdict.Undecided(reading.Path);
        }
        else
        {
            yield return end > clock.GetUtcNow()
                ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(reading.Path, $"{resource} has ended on {reading}.");
        }
    }
}
