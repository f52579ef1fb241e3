using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CantonInfra.Canton.Ledger;
using CantonInfra.Canton.Rights;
using CantonInfra.Protocol.Properties;
using CantonInfra.ProviderSdk;

namespace CantonInfra.Canton.Provider;

/// <summary>The inputs of a user: their check, and their values once all are known.</summary>
internal sealed partial record UserInputs
{
    private const int MaxRights = 1000;
    private const int MaxAnnotationBytes = 256 * 1024;

    /// <summary>The names of the inputs that are outputs as well.</summary>
    public static readonly ImmutableArray<string> Names =
        ["adopt", "annotations", "deleteAdopted", "identityProviderId", "isDeactivated", "primaryParty", "rights", "userId"];

    public required string UserId { get; init; }

    public required ImmutableSortedSet<LedgerRight> Rights { get; init; }

    public required string? PrimaryParty { get; init; }

    public required bool IsDeactivated { get; init; }

    public required ImmutableSortedDictionary<string, string> Annotations { get; init; }

    public required string IdentityProviderId { get; init; }

    public required bool Adopt { get; init; }

    public required bool DeleteAdopted { get; init; }

    /// <summary>Checks inputs and adds defaults.</summary>
    public static CheckedInputs Check(MapValue inputs)
    {
        var checker = new InputChecker(inputs);
        checker.Text("userId", IdForm(), "1 to 128 letters, digits or @^$.!`-#+'~_|:() , as the 'sub' of the user's tokens", isRequired: true);
        checker.Text("primaryParty", PartyForm(), "a party (hint::fingerprint) or the hint of one");
        checker.Text("identityProviderId", ProviderIdForm(), "the id of an identity provider: letters, digits, '-' or '_'");
        checker.Flag("isDeactivated", fallback: false);
        checker.Flag("adopt", fallback: true);
        checker.Flag("deleteAdopted", fallback: false);
        CheckRights(checker);
        CheckAnnotations(checker);
        return checker.Result();
    }

    /// <summary>The values; the inputs were checked and hold no unknowns.</summary>
    public static UserInputs Read(MapValue inputs)
    {
        var plain = PlainValue.OfMap(inputs);
        return new UserInputs
        {
            UserId = Text(plain, "userId") ?? "",
            Rights = RightsOf(plain["rights"]),
            PrimaryParty = Text(plain, "primaryParty"),
            IsDeactivated = plain["isDeactivated"] is BoolValue { Value: true },
            Annotations = TextsOf(plain["annotations"]),
            IdentityProviderId = Text(plain, "identityProviderId") ?? "",
            Adopt = plain["adopt"] is not BoolValue { Value: false },
            DeleteAdopted = plain["deleteAdopted"] is BoolValue { Value: true },
        };
    }

    /// <summary>Rights as they stand in properties.</summary>
    public static ImmutableSortedSet<LedgerRight> RightsOf(PropertyValue? value) =>
    [
        .. ((value is null ? null : PlainValue.Of(value)) as ListValue)?.Items.OfType<MapValue>()
            .Where(item => item["kind"] is StringValue kind && LedgerRight.TryParseKind(kind.Value, out _))
            .Select(item => new LedgerRight(Enum.Parse<RightKind>(Text(item, "kind")!), Text(item, "party"))) ?? [],
    ];

    /// <summary>Rights as properties.</summary>
    public static PropertyValue ValueOf(IEnumerable<LedgerRight> rights) => PropertyValue.Of([.. rights.Select(right =>
    {
        var value = MapValue.Empty.With("kind", right.Kind.ToString());
        return right.Party is { } party ? value.With("party", party) : value;
    })]);

    /// <summary>A map of texts as it stands in properties.</summary>
    public static ImmutableSortedDictionary<string, string> TextsOf(PropertyValue? value) =>
        (((value is null ? null : PlainValue.Of(value)) as MapValue)?.Entries ?? MapValue.Empty.Entries)
            .Where(entry => entry.Value is StringValue)
            .ToImmutableSortedDictionary(entry => entry.Key, entry => ((StringValue)entry.Value).Value, StringComparer.Ordinal);

    /// <summary>A map of texts as a property.</summary>
    public static MapValue ValueOf(IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.Select(entry => KeyValuePair.Create(entry.Key, PropertyValue.Of(entry.Value))));

    /// <summary>The user to make.</summary>
    public WantedUser ToWanted() => new(UserId, Rights)
    {
        IdentityProviderId = IdentityProviderId,
        PrimaryParty = PrimaryParty,
        IsDeactivated = IsDeactivated,
        Annotations = Annotations,
    };

    private static void CheckRights(InputChecker checker)
    {
        var items = checker.Items("rights");
        if (items.Length > MaxRights)
        {
            checker.Fail("rights", $"are {items.Length}; a participant allows a user {MaxRights}.");
        }

        var seen = new HashSet<LedgerRight>();
        for (var index = 0; index < items.Length; index++)
        {
            if (CheckRight(checker, $"rights[{index}]", items[index]) is { } right && !seen.Add(right))
            {
                checker.Fail($"rights[{index}]", "stands twice.");
            }
        }
    }

    // The right, where all of it is known and well.
    private static LedgerRight? CheckRight(InputChecker checker, string path, PropertyValue item)
    {
        if (item.IsUnknown)
        {
            return null;
        }

        if (item.Unwrapped is not MapValue map)
        {
            checker.Fail(path, "must be a right: a kind, and a party where the kind is for one.");
            return null;
        }

        foreach (var name in map.Entries.Keys.Where(name => name is not ("kind" or "party")))
        {
            checker.Fail($"{path}.{name}", "is not a property of a right; there are: kind, party.");
        }

        var kindValue = (map["kind"] ?? PropertyValue.Null).Unwrapped;
        if (kindValue is UnknownValue)
        {
            return null;
        }

        if (kindValue is not StringValue text || !LedgerRight.TryParseKind(text.Value, out var kind))
        {
            var shown = (map["kind"] ?? PropertyValue.Null).ToString();
            checker.Fail($"{path}.kind", $"is {shown}; it must be one of: {string.Join(", ", Enum.GetNames<RightKind>())}.");
            return null;
        }

        switch ((map["party"] ?? PropertyValue.Null).Unwrapped)
        {
            case UnknownValue when LedgerRight.NamesParty(kind):
                return null;
            case NullValue when LedgerRight.NamesParty(kind):
                checker.Fail($"{path}.party", $"is missing: {kind} is for a party.");
                return null;
            case NullValue:
                return new LedgerRight(kind);
            case StringValue party when LedgerRight.NamesParty(kind) && PartyForm().IsMatch(party.Value):
                return new LedgerRight(kind, party.Value);
            case var _ when LedgerRight.NamesParty(kind):
                checker.Fail($"{path}.party", $"is {map["party"]}; it must be a party (hint::fingerprint) or the hint of one.");
                return null;
            default:
                checker.Fail($"{path}.party", $"must not be there: {kind} names no party.");
                return null;
        }
    }

    private static void CheckAnnotations(InputChecker checker)
    {
        var size = 0;
        foreach (var (key, value) in checker.Entries("annotations"))
        {
            var path = $"annotations[\"{key}\"]";
            if (!AnnotationForm().IsMatch(key))
            {
                checker.Fail(path, "has a key of another form than [prefix/]name: a DNS name of at most 253 letters, and at most 63 letters, digits or -_. .");
            }
            else if (key == UserResource.CreatorAnnotation)
            {
                checker.Fail(path, "is the provider's own.");
            }

            switch (value.Unwrapped)
            {
                case StringValue { Value.Length: 0 }:
                    checker.Fail(path, "is empty, which a participant takes for a deletion; leave the key out.");
                    break;
                case StringValue text:
                    size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(text.Value);
                    break;
                case UnknownValue:
                    break;
                default:
                    checker.Fail(path, "must be a string.");
                    break;
            }
        }

        if (size > MaxAnnotationBytes)
        {
            checker.Fail("annotations", $"have {size} bytes together; a participant allows {MaxAnnotationBytes}.");
        }
    }

    private static string? Text(MapValue values, string name) => values[name] is StringValue { Value.Length: > 0 } text ? text.Value : null;

    [GeneratedRegex(@"^[a-zA-Z0-9@^$.!`\-#+'~_|:()]{1,128}\z")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^[a-zA-Z0-9:\-_ ]{1,255}\z")]
    private static partial Regex PartyForm();

    [GeneratedRegex(@"^[a-zA-Z0-9:\-_.]{1,255}\z")]
    private static partial Regex ProviderIdForm();

    [GeneratedRegex(@"^(?:[a-z0-9](?:[a-z0-9.\-]{0,251}[a-z0-9])?/)?[a-zA-Z0-9](?:[a-zA-Z0-9\-_.]{0,61}[a-zA-Z0-9])?\z")]
    private static partial Regex AnnotationForm();
}
