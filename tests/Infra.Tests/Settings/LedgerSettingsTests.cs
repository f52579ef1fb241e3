using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings;

public sealed class LedgerSettingsTests
{
    private const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    private const string Driver =
        "driver: { name: azure, imageRepository: registry.example.com/canton, imageDigest: '" + Digest + "' }, configuration: { vault-url: '${vaultUri}' }";

    private static string Mainnet { get; } = ProjectFolder.StackFile("mainnet");

    [Theory]
    [InlineData("devnet", "0.6.11", "https://scan.sv-1.dev.global.canton.network.sync.global/", "*.dev.global.canton.network.sync.global")]
    [InlineData("testnet", "0.6.8", "https://scan.sv-1.test.global.canton.network.sync.global/", "*.test.global.canton.network.sync.global")]
    [InlineData("mainnet", "0.6.8", "https://scan.sv-1.global.canton.network.sync.global/", "*.global.canton.network.sync.global")]
    public void Each_network_has_its_own(string network, string version, string scan, string hosts)
    {
        var file = Mainnet.Replace("canton-infra:environment: mainnet", $"canton-infra:environment: {network}", StringComparison.Ordinal);
        var ledger = Assert.IsType<EnvironmentSettings>(ReadSettings.From("mainnet", file).Value).Ledger;

        Assert.Equal(version, ledger.Release.Version);
        Assert.Equal(scan, ledger.Network.Scan.First.AbsoluteUri);
        Assert.Equal([hosts], ledger.Network.Hosts.AsEnumerable());
    }

    [Fact]
    public void Hosts_that_settings_name_are_reached_besides_those_that_others_cover()
    {
        var ledger = Read("{ sponsorUrl: 'https://sv.example.org', scan: { seedUrls: ['https://scan.sv-2.example.com', 'https://scan.example.net'] },"
            + " superValidatorHosts: ['*.example.com'] }");

        Assert.Equal(["*.example.com", "scan.example.net", "sv.example.org"], ledger.Network.Hosts.AsEnumerable());
        Assert.Equal(2, Assert.IsType<ScanClient.Bft>(ledger.Network.Scan).SeedUrls.Length);
    }

    [Fact]
    public void A_validator_says_for_itself_what_others_do_not_share()
    {
        var ledger = Read("{ chartVersion: 0.5.7, kms: { mode: external, " + Driver + " }, validators: [ { name: alpha, kms: { mode: 'off' } },"
            + " { name: north-sea, partyHint: acme-trade-2, kms: { decidedAt: '2026-01-31' }, migrationId: 2, oldestMigrationId: 1, migrating: true } ] }");

        Assert.Equal(KmsSettings.Off, ledger.Validators[0].Kms);
        Assert.Equal("example-alpha-1", ledger.Validators[0].PartyHint);
        var second = ledger.Validators[1];
        Assert.Equal((KmsMode.External, KmsProvider.Driver, new DateOnly(2026, 1, 31)), (second.Kms.Mode, second.Kms.Provider, second.Kms.DecidedAt));
        Assert.Equal(("acme-trade-2", "acme-trade-2"), (second.PartyHint, second.NodeIdentifier));
        Assert.Equal(("participant_north_sea_2", true), (second.Migration.ParticipantDatabase, second.Migration.IsMigrating));
    }

    [Theory]
    [InlineData("{ chartVersion: 0.4.2 }", "chartVersion: the charts of Splice '0.4.2' are not known here; known are: 0.5.7,")]
    [InlineData("{ imageDigests: { participant: latest } }", "imageDigests.participant: 'latest' is not a digest:")]
    [InlineData("{ names: { amuletNameAcronym: 'C C' } }", "names.amuletNameAcronym: 'C C' is not letters and digits.")]
    [InlineData("{ scan: { type: trust-single } }", "scan.url: missing; it must give the one scan.")]
    [InlineData("{ scan: { type: trust-single, url: 'https://a.example.com', threshold: 2 } }", "scan.threshold: is of no use, since type is trust-single;")]
    [InlineData("{ scan: { url: 'https://a.example.com' } }", "scan.url: is of no use, since type is bft;")]
    [InlineData("{ scan: { svNames: [A] } }", "scan.svNames: is of no use, since type is bft;")]
    [InlineData("{ scan: { seedUrls: [] } }", "scan.seedUrls: must have one scan at least;")]
    [InlineData("{ scan: { type: bft-custom, threshold: 1 } }", "scan.svNames: must name each super validator once,")]
    [InlineData("{ scan: { type: bft-custom, svNames: [A, B], threshold: 3 } }", "scan.threshold: '3' is more than the 2 that svNames has.")]
    [InlineData("{ scan: { type: bft-custom, svNames: [A] } }", "scan.threshold: missing; it must give how many super validators must agree.")]
    [InlineData("{ chartVersion: 0.5.7, scan: { type: bft-custom, svNames: [A], threshold: 1 } }", "scan.type: the charts of Splice 0.5.7 do not have bft-custom;")]
    [InlineData("{ chartVersion: 0.5.7, scan: { seedUrls: ['https://a.example.com', 'https://b.example.com'] } }", "scan.seedUrls: the charts of Splice 0.5.7 do not have several")]
    [InlineData("{ synchronizer: { type: trust-single } }", "synchronizer.url: missing; it must give the one sequencer.")]
    [InlineData("{ synchronizer: { type: bft-custom, svNames: [A], threshold: 1, url: 'https://a.example.com' } }", "synchronizer.url: is of no use, since type is bft-custom;")]
    [InlineData("{ validators: [ { name: alpha, migrating: true, migrationId: 1 } ] }", "validators[0].migrating: cannot be true: Splice 0.6.8 reads no dump: since 0.6.2")]
    [InlineData("{ chartVersion: 0.5.7, validators: [ { name: alpha, migrating: true } ] }", "validators[0].migrating: cannot be true: there is no migration before 0")]
    [InlineData("{ chartVersion: 0.5.7, validators: [ { name: alpha, migrating: true, migrationId: 2, oldestMigrationId: 2 } ] }", "validators[0].migrating: cannot be true: the database of migration 1,")]
    [InlineData("{ validators: [ { name: alpha, partyHint: acme } ] }", "validators[0].partyHint: 'acme' is not organization-function-number,")]
    [InlineData("{ validators: [ { name: a, partyHint: b-c-1 }, { name: b, partyHint: b-c-1 } ] }", "validators[1].partyHint: 'b-c-1' is another validator's;")]
    [InlineData("{ validators: [ { name: alpha, selfOnboarding: true } ] }", "validators[0].selfOnboarding: only devnet's sponsors take a validator without")]
    [InlineData("{ validators: [ { name: alpha, topup: { targetThroughput: 0 } } ] }", "validators[0].topup.targetThroughput: '0' is not a whole number")]
    [InlineData("{ validators: [ { name: alpha, topup: { targetThroughput: 1, minTopupInterval: '1 m' } } ] }", "validators[0].topup.minTopupInterval: '1 m' is not a number with s,")]
    [InlineData("{ validators: [ { name: alpha, pruning: { cron: '0 20 * * *' } } ] }", "validators[0].pruning.cron: '0 20 * * *' is not a cron expression with seconds,")]
    [InlineData("{ kms: { mode: envelope } }", "kms.mode: 'envelope' cannot be: the participant's chart of Splice 0.6.8 turns every 'kms' into keys outside")]
    [InlineData("{ chartVersion: 0.5.7, kms: { mode: external, provider: aws, configuration: { region: a } } }", "kms.mode: 'external' cannot be: the images of Splice 0.5.7 need a licence")]
    [InlineData("{ kms: { mode: external, " + Driver + " } }", "validators[0].kms.decidedAt: missing; it must give the day on which it was decided, before")]
    [InlineData("{ validators: [ { name: alpha, kms: { decidedAt: '2026-01-31' } } ] }", "validators[0].kms.decidedAt: is of no use, since kms.mode is off:")]
    [InlineData("{ kms: { mode: external, " + Driver + " }, validators: [ { name: alpha, kms: { decidedAt: soon } } ] }", "validators[0].kms.decidedAt: 'soon' is not a day")]
    [InlineData("{ kms: { mode: external, driver: { name: azure, imageRepository: a.example.com, imageDigest: latest }, configuration: { a: b } }, validators: [ { name: alpha, kms: { decidedAt: '2026-01-31' } } ] }", "kms.driver.imageDigest: 'latest' is not a digest:")]
    [InlineData("{ kms: { mode: external, driver: { name: azure, imageRepository: a.example.com, imageDigest: '" + Digest + "' }, configuration: { vaultUrl: b } }, validators: [ { name: alpha, kms: { decidedAt: '2026-01-31' } } ] }", "kms.configuration.vaultUrl: 'vaultUrl' is not lowercase letters")]
    [InlineData("{ validators: [ { name: alpha, waas: { provider: Dfns, apiUrl: 'https://api.dfns.io' } } ] }", "validators[0].waas.provider: 'Dfns' is not a short name")]
    [InlineData("{ validators: [ { name: alpha, waas: { provider: dfns, apiUrl: 'http://api.dfns.io' } } ] }", "validators[0].waas.apiUrl: 'http://api.dfns.io' is not an https")]
    [InlineData("{ validators: [ { name: alpha, waas: { provider: dfns, apiUrl: 'https://api.dfns.io', registration: { credentials: x } } } ] }", "validators[0].waas.registration.credentials: 'credentials' is not lowercase letters")]
    public void What_is_wrong_is_told(string ledger, string message) => Assert.Contains(
        ReadSettings.Errors($"{Mainnet}  canton-infra:ledger: {ledger}\n"),
        error => error.Contains($": canton-infra:ledger.{message}", StringComparison.Ordinal));

    [Theory]
    [InlineData(9, "", null)]
    [InlineData(10, "", "the validators ask for 200 Gi of memory, and 6 nodes of Standard_D8ds_v5 have 192; raise maxCount,")]
    [InlineData(10, "vmSize: Standard_E8ds_v5", null)]
    [InlineData(1, "vmSize: Standard_D4ds_v5", "a participant asks for 16 Gi of memory, and a Standard_D4ds_v5 has 16; take a larger")]
    [InlineData(30, "vmSize: Standard_L8s_v3", null)]
    public void Validators_have_room_on_the_nodes(int count, string pool, string? message)
    {
        var validators = string.Join(", ", Enumerable.Range(0, count).Select(index => $"{{ name: {(char)('a' + (index / 26))}{(char)('a' + (index % 26))} }}"));
        var errors = ReadSettings.Errors(
            Mainnet.Replace("  canton-infra:cluster:\n", $"  canton-infra:cluster:\n    userPool: {{ {pool} }}\n", StringComparison.Ordinal)
            + $"  canton-infra:ledger: {{ validators: [{validators}] }}\n  canton-infra:data: {{ servers: [{{ name: ledger, sku: Standard_D16ds_v4 }}] }}\n");

        Assert.Equal(message is null, errors.Length == 0);
        Assert.All(errors, error => Assert.Contains($"canton-infra:cluster.userPool: {message}", error, StringComparison.Ordinal));
    }

    // A pod that asks for more than its namespace lets it have is refused by the cluster, and one that no node has room for waits for ever.
    [Theory]
    [InlineData("participantCpuMillis: 8001", "", "ledger.validators[0].participantCpuMillis: '8001' is not a whole number from 100 to 8000")]
    [InlineData("participantCpuMillis: 8000", "", "cluster.userPool: a validator's pod asks for 8000 thousandths of a core, and a Standard_D8ds_v5 has 8 cores,")]
    [InlineData("participantCpuMillis: 8000", "vmSize: Standard_D16ds_v5", null)]
    [InlineData("participantCpuMillis: 7000, validatorCpuMillis: 5000", "vmSize: Standard_D8ds_v5, minCount: 1, maxCount: 1", "cluster.userPool: the validators ask for 12000 thousandths of a core, and 1 nodes of Standard_D8ds_v5 have 8 cores;")]
    public void Validators_have_processors_on_the_nodes(string validator, string pool, string? message)
    {
        var errors = ReadSettings.Errors(
            Mainnet.Replace("  canton-infra:cluster:\n", $"  canton-infra:cluster:\n    userPool: {{ {pool} }}\n", StringComparison.Ordinal)
            + $"  canton-infra:ledger: {{ validators: [{{ name: validator, {validator} }}] }}\n");

        Assert.Equal(message is null, errors.Length == 0);
        Assert.All(errors, error => Assert.Contains($"canton-infra:{message}", error, StringComparison.Ordinal));
    }

    // A12
    [Theory]
    [InlineData(1, 24, false)]
    [InlineData(1, 12, true)]
    [InlineData(2, 24, true)]
    public void A_backup_that_is_missing_is_told_before_the_network_forgets(int window, int interval, bool isFine)
    {
        var errors = ReadSettings.Errors(
            Mainnet.Replace("  canton-infra:ledgerBackups:\n", $"  canton-infra:ledgerBackups:\n    intervalHours: {interval}\n", StringComparison.Ordinal)
            + $"  canton-infra:ledger: {{ pruningWindowDays: {window} }}\n");

        Assert.Equal(isFine, errors.Length == 0);
        Assert.All(errors, error => Assert.Contains("canton-infra:ledgerBackups.intervalHours: '24' would be told to be missing after 2 days", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Wallets_elsewhere_need_credentials() => Assert.Contains(
        ReadSettings.Errors($"{Mainnet}  canton-infra:ledger: {{ validators: [ {{ name: alpha, waas: {{ provider: dfns, apiUrl: 'https://api.dfns.io' }} }} ] }}\n"),
        error => error.Contains("canton-infra:waasCredentials: missing;", StringComparison.Ordinal));

    [Fact]
    public void A_placeholder_that_stands_for_nothing_is_told_with_the_nearest()
    {
        var text = "{ kms: { mode: external, " + Driver.Replace("${vaultUri}", "${vaultUrl}", StringComparison.Ordinal)
            + " }, validators: [ { name: alpha, kms: { decidedAt: '2026-01-31' } } ] }";

        Assert.Contains(
            ReadSettings.Errors($"{Mainnet}  canton-infra:ledger: {text}\n"),
            error => error.Contains("'${vaultUrl}' stands for nothing here;", StringComparison.Ordinal)
                && error.Contains("Did you mean 'vaultUri'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("image: mcr.microsoft.com/azure-cli:latest", "canton-infra:ledgerBackups.image: 'mcr.microsoft.com/azure-cli:latest' is not an image with its digest")]
    [InlineData("image: 'a.example.com/b@" + Digest + "', intervalHours: 5", "canton-infra:ledgerBackups.intervalHours: '5' does not divide a day")]
    [InlineData("image: 'a.example.com/b@" + Digest + "', retentionDays: 7", "canton-infra:ledgerBackups.retentionDays: '7' is not a whole number from 30")]
    public void Backups_are_checked(string backups, string message)
    {
        var at = Mainnet.IndexOf("  canton-infra:ledgerBackups:", StringComparison.Ordinal);
        var end = Mainnet.IndexOf("  canton-infra:services:", StringComparison.Ordinal);

        Assert.Contains(
            ReadSettings.Errors($"{Mainnet[..at]}  canton-infra:ledgerBackups: {{ {backups} }}\n{Mainnet[end..]}"),
            error => error.Contains(message, StringComparison.Ordinal));
    }

    private static LedgerSettings Read(string ledger)
    {
        var result = ReadSettings.From("mainnet", $"{Mainnet}  canton-infra:ledger: {ledger}\n");
        Assert.Empty(result.Errors);
        return Assert.IsType<EnvironmentSettings>(result.Value).Ledger;
    }
}
