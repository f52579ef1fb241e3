using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Keys are made and kept in hardware where money depends on them, and wherever the vault has it.</summary>
internal sealed class HardwareKeys(ModeLimits limits) : StackPolicy
{
    private const string Premium = "premium";

    public override string Id => "keyvault-hardware-keys";

    public override string Title => "Keys are kept in hardware";

    public override string Rationale =>
        "A key in software is a file under another key. A key in hardware leaves it never, not even for whoever runs the service. A vault "
        + "that can do so and is asked for less costs the same for less.";

    public override string Remediation =>
        "Set kty to RSA-HSM or EC-HSM, in a vault with properties.sku.name premium. Stacks that limits.yaml lets into audit mode may keep keys "
        + "in software, in a standard vault.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-6"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var isStrict = limits.For(stack).Least == PolicyMode.Deny;
        var keys = resources.Resources.Where(resource => resource.IsAny(KeyTypes.Keys)).ToList();
        return keys.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no keys."))]
            : keys.Select(key => StackVerdict.On(key, Judge(key, KeyTypes.VaultOf(key, resources), isStrict)));
    }

    private static PolicyVerdict Judge(StackResourceView key, StackResourceView? vault, bool isStrict)
    {
        var kind = KeyShape.Of(key).Kind;
        if (KeyShape.Of(key).IsInHardware is not { } isInHardware)
        {
            return PolicyVerdict.Undecided(kind.Path);
        }

        var (isPremium, tier) = TierOf(vault);
        var found = kind.State == PropertyState.Missing ? "is in software, which is the default" : $"has {kind} here, a key in software";
        if (!isInHardware)
        {
            return isStrict ? PolicyVerdict.Violation(kind.Path, $"{key} {found}.")
                : isPremium == true ? PolicyVerdict.Violation(kind.Path, $"{key} {found}, although {vault} has hardware.")
                : isPremium is null && vault is not null ? PolicyVerdict.Undecided(kind.Path, $"the tier of {vault} is not known")
                : PolicyVerdict.Pass;
        }

        return isPremium == false
            ? PolicyVerdict.Violation(kind.Path, $"{key} is to be in hardware, and {vault} has none: its sku.name is {tier}.")
            : isPremium is null && vault is not null ? PolicyVerdict.Undecided(kind.Path, $"the tier of {vault} is not known")
            : PolicyVerdict.Pass;
    }

    private static (bool? IsPremium, PropertyReading Tier) TierOf(StackResourceView? vault)
    {
        var tier = vault?.Read(vault.Type.Canonical == KeyTypes.ClassicVault ? "skuName" : "properties.sku.name") ?? default;
        return (vault is null ? null
            : tier.State == PropertyState.Missing ? false
            : tier.TryGetText(out var name) ? name.Equals(Premium, StringComparison.OrdinalIgnoreCase) : null, tier);
    }
}
