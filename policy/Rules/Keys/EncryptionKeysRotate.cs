using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Keys that wrap other keys rotate by themselves, well before they expire.</summary>
internal sealed class EncryptionKeysRotate : ResourcePolicy
{
    private static readonly PolicySetting<double> MostDays = PolicySetting.Number(
        "mostDays", "After how many days at the latest a key rotates.", 730, 28, 3650);

    public override string Id => "keyvault-encryption-keys-rotate";

    public override string Title => "Keys that wrap other keys rotate by themselves";

    public override string Rationale =>
        "What one key has wrapped for years is lost at once with it. Services follow the newest version of the key that they wrap with, so "
        + "rotation costs nothing; forgotten, it never happens, and a key that expires first takes the data with it.";

    public override string Remediation =>
        "Give the key a rotationPolicy with a lifetime action of type rotate, within two years of its creation and before its expiry. "
        + "Keys that sign or decrypt by themselves must not rotate.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        KeyTypes.Key,
        Good: """{"properties": {"keyOps": ["wrapKey", "unwrapKey"], "rotationPolicy": {"lifetimeActions": [{"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P18M"}}]}}}""",
        Bad: """{"properties": {"keyOps": ["wrapKey", "unwrapKey"]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-6"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [MostDays];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => KeyTypes.Keys;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var shape = KeyShape.Of(resource);
        if (shape.Has("unwrapKey") is not { } wraps)
        {
            return [PolicyVerdict.Undecided(shape.Operations.Path)];
        }

        // An RSA key without a list may do everything; what it is used for is not seen here.
        return !wraps ? [PolicyVerdict.NotApplicable("The key wraps no other keys.")]
            : resource.Type.Canonical == KeyTypes.ClassicKey ? [JudgeClassic(resource)]
            : Judge(resource, stack.Get(MostDays));
    }

    private static PolicyVerdict JudgeClassic(ResourceView key)
    {
        var automatic = key.Read("rotationPolicy.automatic");
        return automatic.State switch
        {
            PropertyState.Missing => Never(key, automatic.Path),
            PropertyState.Known => automatic.IsNothing() == true ? Never(key, automatic.Path) : PolicyVerdict.Pass,
            _ => PolicyVerdict.Undecided(automatic.Path),
        };
    }

    private static IEnumerable<PolicyVerdict> Judge(ResourceView key, double most)
    {
        var actions = key.Read("properties.rotationPolicy.lifetimeActions");
        if (actions.State != PropertyState.Missing && actions.Value is not ListValue)
        {
            return [PolicyVerdict.Undecided(actions.Path)];
        }

        var places = Enumerable.Range(0, (actions.Value as ListValue)?.Items.Length ?? 0).Select(actions.Path.Then).ToList();
        var kinds = places.Select(place => (Place: place, Kind: place.Then("action").Then("type").Read(key.Properties))).ToList();
        if (kinds.Where(each => each.Kind.TryGetText(out var kind) && kind.Equals("rotate", StringComparison.OrdinalIgnoreCase))
            .Select(each => each.Place).FirstOrDefault() is not { } rotation)
        {
            return kinds.Where(each => each.Kind.State == PropertyState.Unknown).Select(each => each.Kind.Path).FirstOrDefault() is { } unknown
                ? [PolicyVerdict.Undecided(unknown)]
                : [Never(key, actions.Path)];
        }

        return [JudgeTime(key, rotation.Then("trigger"), most)];
    }

    private static PolicyVerdict JudgeTime(ResourceView key, PropertyPath trigger, double most)
    {
        var after = trigger.Then("timeAfterCreate").Read(key.Properties);
        var expiry = key.Read("properties.rotationPolicy.attributes.expiryTime");
        if (after.State == PropertyState.Missing)
        {
            var before = trigger.Then("timeBeforeExpiry").Read(key.Properties);
            return before.IsTextGiven() == false ? Never(key, trigger)
                : expiry.State == PropertyState.Missing
                    ? PolicyVerdict.Violation(expiry.Path, $"{key} rotates before its expiry, and never expires.")
                : Days(expiry) is not { } life ? PolicyVerdict.Undecided(expiry.Path)
                : life <= most + 366 ? PolicyVerdict.Pass : TooLate(key, expiry, most);
        }

        if (Days(after) is not { } days)
        {
            return PolicyVerdict.Undecided(after.Path);
        }

        return days > most ? TooLate(key, after, most)
            : expiry.State == PropertyState.Missing ? PolicyVerdict.Pass
            : Days(expiry) is not { } end ? PolicyVerdict.Undecided(expiry.Path)
            : end > days ? end <= most + 366 ? PolicyVerdict.Pass : TooLate(key, expiry, most)
            : PolicyVerdict.Violation(expiry.Path, $"{key} expires after {expiry}, before it rotates after {after}.");
    }

    // A duration such as P18M; what is none is not understood.
    private static double? Days(PropertyReading duration)
    {
        try
        {
            return duration.TryGetText(out var text) ? XmlConvert.ToTimeSpan(text).TotalDays : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static PolicyVerdict Never(ResourceView key, PropertyPath at) =>
        PolicyVerdict.Violation(at, $"{key} wraps other keys and never rotates by itself.");

    private static PolicyVerdict TooLate(ResourceView key, PropertyReading time, double most) => PolicyVerdict.Violation(
        time.Path, string.Create(CultureInfo.InvariantCulture, $"{key} has {time} here; it must rotate within {most} days."));
}
