using System.Collections.Immutable;
using CantonInfra.Canton.Ledger;
using CantonInfra.Protocol.Properties;
using CantonInfra.ProviderSdk;

namespace CantonInfra.Canton.Provider;

/// <summary>The provider 'canton': one participant, reached with one client of its identity provider.</summary>
internal sealed class CantonProvider : IResourceProvider, IDisposable
{
    private const int DefaultRetrySeconds = 120;

    private static readonly ImmutableArray<(string Name, string Meaning)> Required =
    [
        ("ledgerApiUrl", "the address of the participant's JSON Ledger API"),
        ("tokenUrl", "the token endpoint of the environment's identity provider"),
        ("clientId", "the client that may administer users"),
        ("clientSecret", "its secret"),
    ];

    private readonly TimeProvider _clock;
    private readonly KnownSecrets _secrets = new();
    private LedgerClient? _client;

    public CantonProvider(TimeProvider clock)
    {
        _clock = clock;
        User = new UserResource(this);
        Resources = [User];
    }

    /// <inheritdoc/>
    public ProviderPackage Package { get; } = ProviderPackage.FromSchemaOf(typeof(CantonProvider));

    /// <inheritdoc/>
    public ImmutableArray<IResourceLifecycle> Resources { get; }

    /// <summary>The participant.</summary>
    public LedgerClient Client => _client ?? throw new ProviderException("The provider 'canton' is not configured.");

    /// <summary>Ids of users that are never changed.</summary>
    public ImmutableSortedSet<string> UntouchableUsers { get; private set; } = [];

    private UserResource User { get; }

    /// <inheritdoc/>
    public CheckedInputs CheckSettings(MapValue settings)
    {
        var checker = new InputChecker(SettingTexts.Parse(settings));
        var allowHttp = checker.Flag("allowHttp", fallback: false) ?? true;
        CheckAddress(checker, "ledgerApiUrl", allowHttp);
        CheckAddress(checker, "tokenUrl", allowHttp);
        foreach (var name in (string[])["clientId", "clientSecret", "audience", "scope", "version", "pluginDownloadURL"])
        {
            checker.Text(name);
        }

        checker.Number("retrySeconds", DefaultRetrySeconds, least: 0, most: 3600);
        foreach (var (item, index) in checker.Items("untouchableUsers").Select((item, index) => (item.Unwrapped, index)))
        {
            if (item is not (StringValue or UnknownValue))
            {
                checker.Fail($"untouchableUsers[{index}]", "must be the id of a user.");
            }
        }

        return checker.Result();
    }

    /// <inheritdoc/>
    public void Configure(MapValue settings)
    {
        var plain = PlainValue.OfMap(settings);
        var missing = Required.Where(key => TextOf(plain, key.Name) is null).ToImmutableArray();
        if (!missing.IsEmpty)
        {
            throw new MissingSettingsException(missing);
        }

        var credentials = new ClientCredentials(
            new Uri(TextOf(plain, "tokenUrl")!), TextOf(plain, "clientId")!, TextOf(plain, "clientSecret")!)
        {
            Audience = TextOf(plain, "audience"),
            Scope = TextOf(plain, "scope"),
        };
        _secrets.Keep(credentials.ClientSecret);
        var retries = plain["retrySeconds"] switch
        {
            NumberValue number => number.Value,
            StringValue text => double.Parse(text.Value, System.Globalization.CultureInfo.InvariantCulture),
            _ => DefaultRetrySeconds,
        };
        UntouchableUsers = [.. (plain["untouchableUsers"] as ListValue)?.Items.OfType<StringValue>().Select(id => id.Value) ?? []];
        _client = new LedgerClient(
            new LedgerConnection(new Uri(TextOf(plain, "ledgerApiUrl")!), credentials)
            {
                Retries = RetryPolicy.Default with { Budget = TimeSpan.FromSeconds(retries) },
            },
            _secrets,
            _clock);
    }

    /// <inheritdoc/>
    public string Mask(string text) => _secrets.Mask(text);

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    private static void CheckAddress(InputChecker checker, string name, bool allowHttp) => checker.Address(
        name,
        address => allowHttp || LedgerConnection.IsConfidential(address),
        "Use https, or set allowHttp where the network itself is encrypted.");

    private static string? TextOf(MapValue settings, string name) => settings[name] is StringValue { Value.Length: > 0 } text ? text.Value : null;
}
