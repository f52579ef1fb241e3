using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Ledger;

namespace CantonInfra.Infra.Settings;

/// <summary>The validators of an environment, <c>canton-infra:ledger</c> (A1, A11).</summary>
/// <param name="Organization">
/// <c>canton-infra:organization</c>: whose validators they are: the first part of party hints, letters, digits and underscores. No
/// default.
/// </param>
/// <param name="Release">
/// <c>.chartVersion</c>: the version of Splice that the network runs; one of those whose charts are known here; on devnet 0.6.11, on
/// testnet and mainnet 0.6.8. The network's operators announce each, so say it here.
/// </param>
/// <param name="Images">
/// <c>.imageDigests.{participant,validatorApp,walletWebUi,ansWebUi}</c>: the digest of that image, so that a tag that is moved changes
/// nothing; none.
/// </param>
/// <param name="Network">How validators reach the network.</param>
/// <param name="PruningWindowDays">
/// <c>.pruningWindowDays</c>: for how many days the network's sequencers keep what a participant has missed: a backup that is older is
/// of no use; 30.
/// </param>
/// <param name="Names">
/// <c>.names.{networkName,amuletName,nameServiceName}</c>: what user interfaces call it; as on the Global Synchronizer.
/// <c>.names.{amuletNameAcronym,nameServiceNameAcronym}</c>: the same in short; as on the Global Synchronizer.
/// <c>.names.networkFaviconUrl</c>: the icon of user interfaces; that of the Global Synchronizer.
/// </param>
/// <param name="Validators">
/// <c>.validators</c>: the validators; one with the name 'validator'. The first has the databases participant and validator and
/// the account cnadmin; each further one has its name behind them. So the order must stay. <c>.secrets</c>: how their charts get
/// secrets: kubernetes, as Secrets of the namespace; the charts drop volumes of a CSI driver, so csi is refused.
/// </param>
/// <param name="Backups">Backups of what validators are known by.</param>
internal sealed partial record LedgerSettings(
    string Organization,
    SpliceRelease Release,
    ChartImages Images,
    SynchronizerSettings Network,
    int PruningWindowDays,
    InstanceNames Names,
    ImmutableArray<ValidatorSettings> Validators,
    LedgerBackupSettings Backups)
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="environment">The network.</param>
    /// <param name="takenNames">Names of namespaces that others have.</param>
    public static LedgerSettings Read(SettingsReader reader, CantonEnvironment environment, ImmutableArray<string> takenNames)
    {
        var ledger = reader.Structure("ledger");
        var network = LedgerNetwork.Of(environment);
        var organization = reader.Key("organization").Text(
            "whose validators they are", ValidatorSettings.OrganizationForm(), "letters, digits and underscores: the first part of party hints");
        var release = ReadRelease(ledger.Member("chartVersion"), network);
        SecretDelivery.Read(ledger.Member("secrets"));
        var window = ledger.Member("pruningWindowDays").Integer(1, 365, 30);

        return new LedgerSettings(
            organization,
            release,
            ReadImages(ledger.Member("imageDigests")),
            SynchronizerSettings.Read(ledger, network, release),
            window,
            ReadNames(ledger.Member("names")),
            ReadValidators(reader, ledger.Member("validators"), new ValidatorPlace(
                environment, organization, release, ledger.Member("kms"), takenNames, IsFirst: true)),
            LedgerBackupSettings.Read(reader, window));
    }

    /// <summary>Notes numbers of secrets that are not made here.</summary>
    /// <param name="reader">The reader.</param>
    public void RefuseGenerations(SettingsReader reader)
    {
        foreach (var (index, validator) in Validators.Index().Where(entry => entry.Item.SecretGeneration != 1))
        {
            reader.Add(
                $"canton-infra:ledger.validators[{index}].secretGeneration",
                null,
                "is of no use, since the secret is not made here; make a new one where the client of"
                + $" {validator.Name} is, and set its canton-infra:clientSecret.");
        }
    }

    private static ImmutableArray<ValidatorSettings> ReadValidators(SettingsReader reader, SettingNode items, ValidatorPlace place)
    {
        if (items.IsMissing)
        {
            // Errors name the entry that somebody would have to write.
            var only = reader.Track(new SettingNode(reader, $"{items.Path}[0]", (System.Text.Json.JsonElement?)null));
            return [ValidatorSettings.Read(reader, only, place)];
        }

        var validators = ImmutableArray.CreateBuilder<ValidatorSettings>();
        foreach (var item in items.Items())
        {
            var validator = ValidatorSettings.Read(reader, item, place with { IsFirst = validators.Count == 0 });
            if (validator.Name.Length > 0 && validators.Any(other => other.Name == validator.Name))
            {
                item.Member("name").Refuse($"'{validator.Name}' stands twice; each validator has one entry.");
            }
            else if (validator.Name == ValidatorSettings.DefaultName && validators.Count > 0)
            {
                item.Member("name").Refuse($"'{validator.Name}' must be the first entry: it is whose databases have no name behind.");
            }
            else if (validators.Any(other => other.PartyHint == validator.PartyHint))
            {
                item.Member("partyHint").Refuse($"'{validator.PartyHint}' is another validator's; give this one a hint of its own.");
            }

            validators.Add(validator);
        }

        if (validators.Count == 0)
        {
            items.Refuse("must have an entry for each validator; leave it out for one.");
        }

        return validators.ToImmutable();
    }

    private static SpliceRelease ReadRelease(SettingNode node, LedgerNetwork network)
    {
        var text = node.Text("the version of Splice that the network runs", network.Version);
        if (SpliceRelease.Find(text) is { } release)
        {
            return release;
        }

        if (text.Length > 0)
        {
            node.Refuse($"the charts of Splice '{text}' are not known here; known are:"
                + $" {string.Join(", ", SpliceRelease.All.Select(known => known.Version))}. See docs/runbooks/canton-minor-upgrade.md.");
        }

        return network.Release;
    }

    private static ChartImages ReadImages(SettingNode node) => new(
        ImageReference.ReadDigest(node.Member("participant")),
        ImageReference.ReadDigest(node.Member("validatorApp")),
        ImageReference.ReadDigest(node.Member("walletWebUi")),
        ImageReference.ReadDigest(node.Member("ansWebUi")));

    private static InstanceNames ReadNames(SettingNode node)
    {
        var canton = InstanceNames.Canton;
        return new InstanceNames(
            Name("networkName", canton.NetworkName),
            node.Member("networkFaviconUrl").Text("the icon", AddressForm(), "an http or https address", canton.NetworkFaviconUrl),
            Name("amuletName", canton.AmuletName),
            Acronym("amuletNameAcronym", canton.AmuletNameAcronym),
            Name("nameServiceName", canton.NameServiceName),
            Acronym("nameServiceNameAcronym", canton.NameServiceNameAcronym));

        string Name(string member, string fallback) => node.Member(member).Text(
            "a name", DisplayName(), "letters, digits, spaces, hyphens and underscores", fallback);
        string Acronym(string member, string fallback) => node.Member(member).Text("a short name", ShortName(), "letters and digits", fallback);
    }

    [GeneratedRegex("^[a-zA-Z0-9-_ ]+$")]
    private static partial Regex DisplayName();

    [GeneratedRegex("^[a-zA-Z0-9]+$")]
    private static partial Regex ShortName();

    [GeneratedRegex("^https?://.+$")]
    private static partial Regex AddressForm();
}
