using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Ledger;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>Where a validator's own keys are, <c>canton-infra:ledger.kms</c> (A16 to A18).</summary>
/// <remarks>
/// A validator's entry says the same below its own <c>.kms</c>, for itself; the day of its decision only there. Turning it on for an
/// environment is therefore an error for each validator that has not decided, and never moves one that exists.
/// </remarks>
/// <param name="Mode">
/// <c>.mode</c>: where validators' own keys are, if their entries do not say: off for their databases, external for a service outside,
/// envelope for their databases with each key encrypted by a service; off.
/// </param>
/// <param name="Provider"><c>.provider</c>: what external keys are reached by: driver, aws or gcp; driver.</param>
/// <param name="DriverName"><c>.driver.name</c>: the name that the driver is known by in Canton; there is no public one for Azure.</param>
/// <param name="ImageRepository">
/// <c>.driver.imageRepository</c>: where the image of the participant with the driver in it is, without its name, which is
/// canton-participant, and its tag, which is the version of the charts.
/// </param>
/// <param name="ImageDigest"><c>.driver.imageDigest</c>: the digest of that image.</param>
/// <param name="Configuration">
/// <c>.configuration</c>: what the provider takes, by names as Canton's configuration has them: of aws region, of gcp location-id,
/// project-id and key-ring-id, of a driver what it documents. ${vaultUri}, ${clientId}, ${namespace}, ${sequencer-authentication},
/// ${protocol} and ${encryption} stand for the vault, the participant's identity and its keys.
/// </param>
/// <param name="Credentials">
/// <c>canton-infra:kmsCredentials</c>: of aws and gcp, the file of credentials, encrypted; of further validators
/// <c>canton-infra:kmsCredentials-NAME</c>.
/// </param>
/// <param name="DecidedAt">
/// <c>canton-infra:ledger.validators[].kms.decidedAt</c>: the day on which it was decided that this validator has its keys outside:
/// before its first start. A validator that exists without says mode off.
/// </param>
internal sealed partial record KmsSettings(
    KmsMode Mode,
    KmsProvider Provider,
    string? DriverName,
    string? ImageRepository,
    string? ImageDigest,
    ImmutableSortedDictionary<string, string> Configuration,
    Output<string>? Credentials,
    DateOnly? DecidedAt)
{
    /// <summary>Keys in the database.</summary>
    public static readonly KmsSettings Off = new(
        KmsMode.Off, KmsProvider.Driver, null, null, null, ImmutableSortedDictionary<string, string>.Empty, null, null);

    /// <summary>What can stand in the configuration for what only the deployment knows.</summary>
    public static readonly ImmutableArray<string> Placeholders =
        ["clientId", "encryption", "namespace", "protocol", "sequencer-authentication", "vaultUri"];

    private const string CredentialsKey = "kmsCredentials";

    private static readonly ImmutableSortedDictionary<string, KmsMode> Modes = new Dictionary<string, KmsMode>
    {
        ["off"] = KmsMode.Off,
        ["envelope"] = KmsMode.Envelope,
        ["external"] = KmsMode.External,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, KmsProvider> Providers = new Dictionary<string, KmsProvider>
    {
        ["driver"] = KmsProvider.Driver,
        ["aws"] = KmsProvider.Aws,
        ["gcp"] = KmsProvider.Gcp,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<KmsProvider, ImmutableArray<string>> Required =
        ImmutableSortedDictionary<KmsProvider, ImmutableArray<string>>.Empty
            .Add(KmsProvider.Driver, [])
            .Add(KmsProvider.Aws, ["region"])
            .Add(KmsProvider.Gcp, ["location-id", "project-id", "key-ring-id"]);

    /// <summary>Whether the keys are in a vault of this environment, which a driver reaches.</summary>
    public bool HasVault => Mode == KmsMode.External && Provider == KmsProvider.Driver;

    /// <summary>The hosts outside that it is reached at.</summary>
    public ImmutableArray<string> Hosts => (Mode, Provider) switch
    {
        (KmsMode.Off, _) => [],
        (_, KmsProvider.Aws) => [$"kms.{Configuration["region"]}.amazonaws.com"],
        (_, KmsProvider.Gcp) => ["cloudkms.googleapis.com", "oauth2.googleapis.com"],
        _ => [],
    };

    /// <summary>Reads those of a validator.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="shared">Those of all, <c>ledger.kms</c>.</param>
    /// <param name="own">Those of the validator.</param>
    /// <param name="suffix">What further validators have behind names; null for the first.</param>
    /// <param name="release">The release whose charts are deployed.</param>
    public static KmsSettings Read(SettingsReader reader, SettingNode shared, SettingNode own, string? suffix, SpliceRelease release)
    {
        var credentialsKey = suffix is null ? CredentialsKey : $"{CredentialsKey}-{suffix}";
        var credentials = reader.Secret(credentialsKey);
        var mode = Pick(shared, own, "mode").OneOf("where the validator's own keys are", Modes, KmsMode.Off);
        var provider = Pick(shared, own, "provider").OneOf("what external keys are reached by", Providers, KmsProvider.Driver);
        var driver = shared.Member("driver");
        var ownDriver = own.Member("driver");
        var name = Pick(driver, ownDriver, "name");
        var repository = Pick(driver, ownDriver, "imageRepository");
        var digest = Pick(driver, ownDriver, "imageDigest");
        var configurationNode = Pick(shared, own, "configuration");
        var configuration = configurationNode.TextMap(Name(), "lowercase letters in parts with single hyphens between them");
        var decidedAt = own.Member("decidedAt");
        if (mode == KmsMode.Off)
        {
            RefuseDate(decidedAt);
            return Off;
        }

        if (KmsSupport.WhyNot(mode, provider, release) is { } reason)
        {
            Pick(shared, own, "mode").Refuse($"'{Modes.First(entry => entry.Value == mode).Key}' cannot be: {reason}");
            return Off;
        }

        CheckConfiguration(configurationNode, configuration, provider);
        var decided = decidedAt.Date("the day on which it was decided, before the validator's first start; set mode to off for one that exists");
        if (provider == KmsProvider.Driver)
        {
            if (credentials is not null)
            {
                reader.Add($"canton-infra:{credentialsKey}", null, "is of no use: a driver signs in by workload identity; leave it out.");
            }

            return new KmsSettings(
                mode,
                provider,
                name.Text("the name that the driver is known by in Canton", DriverNameForm(), "letters, digits and hyphens"),
                repository.Text("where the participant's image with the driver is", Repository(), "a place in a registry, such as registry.example.com/canton"),
                digest.IsMissing ? digest.Text("the digest of the participant's image with the driver") : ImageReference.ReadDigest(digest),
                configuration,
                null,
                decided);
        }

        foreach (var other in new[] { name, repository, digest }.Where(node => !node.IsMissing))
        {
            other.Refuse("is of no use, since provider is not driver; leave it out.");
        }

        return new KmsSettings(
            mode, provider, null, null, null, configuration,
            credentials ?? reader.RequiredSecret(credentialsKey, "the file of credentials for the provider"), decided);
    }

    // The environment's fills what the validator's own does not say; both are asked, so that neither is unknown.
    private static SettingNode Pick(SettingNode shared, SettingNode own, string name)
    {
        var common = shared.Member(name);
        var particular = own.Member(name);
        return particular.IsMissing && !common.IsMissing ? common : particular;
    }

    private static void RefuseDate(SettingNode decidedAt)
    {
        if (!decidedAt.IsMissing)
        {
            decidedAt.Refuse("is of no use, since kms.mode is off: keys in the database are what a validator has without a decision.");
        }
    }

    private static void CheckConfiguration(SettingNode node, ImmutableSortedDictionary<string, string> configuration, KmsProvider provider)
    {
        foreach (var missing in Required[provider].Where(name => !configuration.ContainsKey(name)))
        {
            node.Refuse($"'{missing}' is missing, without which the provider cannot be reached.");
        }

        if (provider == KmsProvider.Driver && configuration.IsEmpty)
        {
            node.Refuse("missing; it must give what the driver takes, such as the vault's address: ${vaultUri}.");
        }

        foreach (var placeholder in configuration.Values.SelectMany(text => Placeholder().Matches(text)).Select(match => match.Groups[1].Value))
        {
            if (provider != KmsProvider.Driver || !Placeholders.Contains(placeholder, StringComparer.Ordinal))
            {
                node.Refuse($"'${{{placeholder}}}' stands for nothing here; a driver has: {string.Join(", ", Placeholders)}."
                    + NearestName.Hint(placeholder, Placeholders));
            }
        }
    }

    // The chart puts names into this form, and other ones would not arrive as they are written.
    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9-]+$")]
    private static partial Regex DriverNameForm();

    [GeneratedRegex("^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)*$")]
    private static partial Regex Repository();

    [GeneratedRegex(@"\$\{([^}]*)\}")]
    private static partial Regex Placeholder();
}
