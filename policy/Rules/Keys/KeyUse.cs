using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Where a type of key says what it is for, and where it says that it ends.</summary>
/// <param name="Type">The type.</param>
/// <param name="Operations">The list of what it may be used for.</param>
/// <param name="Kind">Its kind: without a list an elliptic-curve key signs, an RSA key does everything.</param>
/// <param name="Ends">What must not be given where the key is permanent, with what follows if it is.</param>
/// <param name="Exports">A flag that lets the key out of the vault; null where the type has none.</param>
internal sealed record KeyUse(
    ResourceTypePattern Type,
    PropertyPath Operations,
    PropertyPath Kind,
    ImmutableArray<(PropertyPath Path, string Consequence)> Ends,
    PropertyPath? Exports)
{
    private const string Rotates = "a newer version takes its place, which is another key to whoever knows the old one";
    private const string Expires = "it stops working on that day, and what needs it stops with it";

    /// <summary>All types of keys.</summary>
    public static ImmutableArray<KeyUse> All { get; } =
    [
        new(
            "azure-native:keyvault:Key",
            PropertyPath.Parse("properties.keyOps"),
            PropertyPath.Parse("properties.kty"),
            [
                (PropertyPath.Parse("properties.rotationPolicy.lifetimeActions"), Rotates),
                (PropertyPath.Parse("properties.rotationPolicy.attributes.expiryTime"), Expires),
                (PropertyPath.Parse("properties.attributes.expires"), Expires),
            ],
            PropertyPath.Parse("properties.attributes.exportable")),
        new(
            "azure:keyvault/key:Key",
            PropertyPath.Parse("keyOpts"),
            PropertyPath.Parse("keyType"),
            [
                (PropertyPath.Parse("rotationPolicy.automatic"), Rotates),
                (PropertyPath.Parse("rotationPolicy.expireAfter"), Expires),
                (PropertyPath.Parse("expirationDate"), Expires),
            ],
            Exports: null),
    ];

    /// <summary>Judges a key.</summary>
    public IEnumerable<PolicyVerdict> Judge(ResourceView key)
    {
        if (IsUsedDirectly(key, out var unclear))
        {
            return [.. Ends.Select(end => JudgeEnd(key, end.Path, end.Consequence)), .. JudgeExport(key)];
        }

        return unclear is null
            ? [PolicyVerdict.NotApplicable("The key neither signs nor decrypts by itself.")]
            : [PolicyVerdict.Undecided(unclear)];
    }

    private static PolicyVerdict JudgeEnd(ResourceView key, PropertyPath path, string consequence)
    {
        var reading = key.Read(path);

        // A date is a number; anything else than nothing is an end.
        return reading switch
        {
            { State: PropertyState.Missing } => PolicyVerdict.Pass,
            { State: PropertyState.Known } when reading.IsNothing() != true =>
                PolicyVerdict.Violation(reading.Path, $"{key} has {reading} here, so {consequence}."),
            { State: PropertyState.Known } => PolicyVerdict.Pass,
            _ => PolicyVerdict.Undecided(reading.Path),
        };
    }

    private IEnumerable<PolicyVerdict> JudgeExport(ResourceView key) => Exports is null
        ? []
        : new Switch(Type, Exports, MustBe: false, ByDefault: false, "whoever may release it can take it out of the vault").Judge(key);

    // A key that unwraps protects other keys, which are wrapped anew when it rotates. One that signs or decrypts is itself what
    // others know.
    private bool IsUsedDirectly(ResourceView key, out PropertyPath? unclear)
    {
        unclear = null;
        var operations = key.Read(Operations);
        if (operations.State == PropertyState.Missing || operations.IsNothing() == true)
        {
            var kind = key.Read(Kind);
            if (!kind.TryGetText(out var type))
            {
                unclear = kind.State == PropertyState.Missing ? null : kind.Path;
                return false;
            }

            return type.StartsWith("EC", StringComparison.OrdinalIgnoreCase);
        }

        var items = key.Select(new PropertyPath([.. Operations.Elements, PropertyPathElement.Wildcard])).ToList();
        var texts = items.Select(item => item.TryGetText(out var text) ? text : null).ToList();
        if (texts.Contains("unwrapKey", StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        unclear = items.Zip(texts).Where(item => item.Second is null).Select(item => item.First.Path).FirstOrDefault();
        return unclear is null
            && texts.Any(text => text!.Equals("sign", StringComparison.OrdinalIgnoreCase)
                || text.Equals("decrypt", StringComparison.OrdinalIgnoreCase));
    }
}
