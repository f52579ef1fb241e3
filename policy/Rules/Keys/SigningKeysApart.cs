using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>The vault with the keys that sign for the ledger holds nothing else.</summary>
internal sealed class SigningKeysApart : StackPolicy
{
    public override string Id => "keyvault-signing-keys-apart";

    public override string Title => "A vault with keys that sign holds nothing else";

    public override string Rationale =>
        "Whoever signs with a node's keys is the node. A vault is the border for roles, networks, logs and alerts: services that come for "
        + "a password or a wrapped disk key have no business behind the one with these keys.";

    public override string Remediation =>
        "Give keys for sign a vault of their own, with keys of the same node for decrypt at most, and move keys that wrap, and secrets, to another.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var signing = resources.Resources
            .Where(resource => resource.IsAny(KeyTypes.Keys) && KeyShape.Of(resource).Has("sign") == true && KeyShape.Of(resource).Has("unwrapKey") == false)
            .ToLookup(key => KeyTypes.PlaceOf(key, resources));
        if (signing.Count == 0)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no keys for signing alone."))];
        }

        return resources.Resources
            .Where(resource => resource.IsAny(KeyTypes.Secrets) || (resource.IsAny(KeyTypes.Keys) && KeyShape.Of(resource).Has("unwrapKey") == true))
            .Select(other => StackVerdict.On(other, KeyTypes.PlaceOf(other, resources) switch
            {
                null => PolicyVerdict.Undecided(PropertyPath.Root, "the vault that it is in is not known yet"),
                var place when signing[place].FirstOrDefault() is { } key =>
                    PolicyVerdict.Violation(PropertyPath.Root, $"{other} is in the vault of {key}, which signs."),
                _ => PolicyVerdict.Pass,
            }));
    }
}
