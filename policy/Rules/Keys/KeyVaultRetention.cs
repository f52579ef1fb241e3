using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>What is deleted from vaults of the production network can be restored for 90 days.</summary>
internal sealed class KeyVaultRetention(ModeLimits limits) : ResourcePolicy
{
    private const int Longest = 90;

    public override string Id => "keyvault-retention";

    public override string Title => "Deleted keys can be restored for 90 days";

    public override string Rationale =>
        "Whoever deletes a key by mistake or on purpose is found out when something needs it: a backup of last month, a disk that is attached "
        + "once a quarter. The time is set when the vault is made and cannot be changed.";

    public override string Remediation => "Leave softDeleteRetentionInDays out, or set it to 90. A vault that has less must be replaced.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        KeyTypes.Vault,
        Good: """{"properties": {"softDeleteRetentionInDays": 90}}""",
        Bad: """{"properties": {"softDeleteRetentionInDays": 7}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. KeyTypes.Vaults, "azure-native:keyvault:ManagedHsm"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (limits.For(stack).Least != PolicyMode.Deny)
        {
            yield return PolicyVerdict.NotApplicable("The limits allow the stack to be in audit mode: it holds nothing of worth.");
            yield break;
        }

        var days = resource.Read(resource.Type.Canonical == KeyTypes.ClassicVault ? "softDeleteRetentionDays" : "properties.softDeleteRetentionInDays");
        yield return days switch
        {
            { State: PropertyState.Missing } or { Value: NumberValue { Value: >= Longest } } => PolicyVerdict.Pass,
            { Value: NumberValue } => PolicyVerdict.Violation(days.Path, $"{resource} keeps what is deleted for {days} days; it must be {Longest}."),
            _ => PolicyVerdict.Undecided(days.Path),
        };
    }
}
