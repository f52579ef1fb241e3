using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Keys are long enough, stay in their vault, are on, and are for one purpose.</summary>
internal sealed class StrongKeys(ModeLimits limits) : ResourcePolicy
{
    private const int LeastAnywhere = 2048;

    // Of keys for encryption in a key management service Canton takes RSA with 2048 bits and nothing else.
    private const string CantonTag = "canton-key";
    private const string CantonEncryption = "encryption";

    private static readonly PolicySetting<double> LeastBits = PolicySetting.Number(
        "leastBits", "How long RSA keys are at least on stacks that deny violations.", 3072, LeastAnywhere, 16384);

    // Each of two halves: who may use one half has use for the other.
    private static readonly ImmutableArray<ImmutableArray<string>> Purposes = [["wrapKey", "unwrapKey"], ["sign", "verify"], ["encrypt", "decrypt"]];

    private static readonly ImmutableArray<string> Kinds = ["RSA", "RSA-HSM", "EC", "EC-HSM"];

    private static readonly ImmutableArray<string> Curves = ["P-256", "P-384", "P-521", "P-256K"];

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.Off(KeyTypes.Key, "properties.attributes.exportable", "whoever may release it can take it out of the vault"),
        Switch.On(KeyTypes.Key, "properties.attributes.enabled", "what needs it has stopped", byDefault: true),
    ];

    public override string Id => "keyvault-strong-keys";

    public override string Title => "Keys are long, stay in their vault and have one purpose";

    public override string Rationale =>
        "Data that is stored today is read by those who break short keys tomorrow. A key that may do everything, or leave the vault, "
        + "is as safe as the least careful of those who use it.";

    public override string Remediation =>
        "Set keySize to 3072 or 4096 (2048 for the one key that a Canton node decrypts with, which can have no other size: encrypt and decrypt, "
        + "and the tag canton-key: encryption), keyOps to what the key is for (wrapKey and unwrapKey; or sign and verify; or encrypt and decrypt), "
        + "attributes.exportable to false, and leave attributes.enabled on.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        KeyTypes.Key,
        Good: """{"properties": {"kty": "RSA-HSM", "keySize": 4096, "keyOps": ["wrapKey", "unwrapKey"]}}""",
        Bad: """{"properties": {"kty": "RSA-HSM", "keySize": 1024, "keyOps": ["wrapKey", "unwrapKey"]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-6"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [LeastBits];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => KeyTypes.Keys;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var shape = KeyShape.Of(resource);

        if (shape.Kind.State != PropertyState.Missing && !shape.Kind.TryGetText(out _))
        {
            return [PolicyVerdict.Undecided(shape.Kind.Path)];
        }

        if (!shape.Kind.TryGetText(out var kind) || !Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            return [PolicyVerdict.Violation(shape.Kind.Path, $"{resource} has {shape.Kind} as its kind, which is none of {string.Join(", ", Kinds)}.")];
        }

        var isStrict = limits.For(stack).Least == PolicyMode.Deny;
        return
        [
            JudgeStrength(resource, shape, isStrict && !IsCantonEncryption(resource, shape) ? stack.Get(LeastBits) : LeastAnywhere),
            .. JudgePurpose(resource, shape, isStrict),
            .. Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)),
        ];
    }

    // Only of a key that wraps nothing: the tag is no way to shorten what services encrypt their data with.
    private static bool IsCantonEncryption(ResourceView key, KeyShape shape) =>
        key.Read($"tags.{CantonTag}").TryGetText(out var use)
        && use == CantonEncryption
        && shape.Has("decrypt") == true
        && !shape.HasOtherThan(["encrypt", "decrypt"]);

    private static PolicyVerdict JudgeStrength(ResourceView key, KeyShape shape, double least)
    {
        if (shape.IsElliptic)
        {
            return shape.Curve.State == PropertyState.Missing ? PolicyVerdict.Pass
                : !shape.Curve.TryGetText(out var curve) ? PolicyVerdict.Undecided(shape.Curve.Path)
                : Curves.Contains(curve, StringComparer.OrdinalIgnoreCase) ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(shape.Curve.Path, $"{key} has {shape.Curve} here, which is none of {string.Join(", ", Curves)}.");
        }

        var bits = shape.Size.State == PropertyState.Missing ? LeastAnywhere : (shape.Size.Value as NumberValue)?.Value;
        return bits switch
        {
            null => PolicyVerdict.Undecided(shape.Size.Path),
            { } length when length >= least => PolicyVerdict.Pass,
            _ => PolicyVerdict.Violation(shape.Size.Path, string.Create(
                CultureInfo.InvariantCulture,
                $"{key} has {(shape.Size.State == PropertyState.Missing ? "2048, the default," : shape.Size.ToString())} bits here; it needs {least} at least.")),
        };
    }

    private static IEnumerable<PolicyVerdict> JudgePurpose(ResourceView key, KeyShape shape, bool isStrict)
    {
        if (shape.Operations.State == PropertyState.Missing || shape.Operations.IsNothing() == true)
        {
            return isStrict && !shape.IsElliptic
                ? [PolicyVerdict.Violation(shape.Operations.Path, $"{key} does not say what it is for, so it signs, decrypts and wraps.")]
                : [];
        }

        var uses = Purposes.Select(halves => halves.Select(shape.Has).ToList()).ToList();
        return uses.Count(halves => halves.Contains(true)) > 1
            ? [PolicyVerdict.Violation(shape.Operations.Path, $"{key} has {shape.Operations} here, more than one purpose.")]
            : shape.HasOtherThan([.. Purposes.SelectMany(halves => halves)])
                ? [PolicyVerdict.Violation(shape.Operations.Path, $"{key} has {shape.Operations} here, by which it can be brought in or taken out.")]
            : uses.Exists(halves => halves.Contains(null)) ? [PolicyVerdict.Undecided(shape.Operations.Path)] : [];
    }
}
