using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Differences.Files;
using static CantonInfra.Tools.Differences.Files.SettingDirection;

namespace CantonInfra.Tools.Tests.Differences;

/// <summary>Every setting is either one that a reviewer is told of when it is loosened, or one that nothing hangs on but what the plan tells.</summary>
public sealed partial class LooserSettingsTests
{
    // What no danger comes of by itself, and why. A pattern ends in a star for all that begin so.
    private static readonly (string Why, string[] Settings)[] Others =
    [
        ("who and where it is: names, tags, places; regions are bounded by limits.yaml, and what moves is replaced in the plan",
        [
            "addressSpace", "costCenter", "environment", "environments", "kind", "maintenanceDay", "organization", "owner", "identity.host",
            "data.replica.*", "ledger.names.*", "cluster.notAllowedDates[].*", "observability.subscriptionWorkspaceId",
        ]),
        ("a secret: it is listed, and what it opens is the provider's to say",
        [
            "auth0ManagementSecret", "clientSecret-*", "kmsCredentials", "onboardingSecret", "waasCredentials", "data.passwordGenerations.*",
            "services.apiServer.secretGeneration", "services.indexer.secretGeneration", "services.relayer.secretGeneration",
            "ledger.validators[].secretGeneration", "keys.generations.*",
        ]),
        ("sizes, numbers and prices", [
            "cluster.systemPool.*", "cluster.userPool.*", "data.servers[].*", "identity.keycloak.replicas", "ledger.validators[].participantConnections",
            "ledger.validators[].participantCpuMillis", "ledger.validators[].participantMemoryGi", "ledger.validators[].validatorConnections",
            "ledger.validators[].validatorCpuMillis", "ledger.validators[].validatorMemoryGi", "ledger.validators[].topup.*", "ledger.pruningWindowDays",
            "ledger.validators[].pruning.maxDurationMinutes", "network.flowLogs.analyticsIntervalMinutes", "runner.vmSize", "budget.*",
            "services.apiServer.replicas",
        ]),
        ("versions and images: limits.yaml and rules bound them, and the plan tells them", [
            "cluster.kubernetesVersion", "cluster.nodeOSUpgradeChannel", "data.version", "identity.keycloak.image", "ledger.chartVersion",
            "ledger.imageDigests.*", "ingress.imageDigests.*", "ledgerBackups.image", "services.apiServer.image", "services.indexer.image", "services.relayer.image",
            "services.rightsImage",
        ]),
        ("the plan tells the danger: a deleted or replaced resource, key custody, a connection, a right", [
            "import[].*", "keys.managedHsm.keys.*", "ledger.kms.*", "ledger.validators[].kms.*", "ledger.scan.seedUrls", "ledger.scan.url",
            "ledger.synchronizer.url", "ledger.sponsorUrl", "ledger.validators[].waas.*", "ledgerUsers.apiUrl", "runner.mode",
            "services.apiServer.enabled", "services.indexer.enabled", "services.relayer.enabled", "services.validator", "services.autopilotUserId",
            "services.relayer.partyHint",
        ]),
        ("how programs are told things, with no defence in it", [
            "services.apiServer.variables*", "services.indexer.variables*", "services.relayer.variables*", "services.tokenRequest", "ledger.secrets",
            "identity.ledgerApiAudience", "identity.validatorApiAudience", "identity.oidc.ledgerApiScope", "identity.oidc.validatorApiScope",
            "identity.oidc.needsScope", "identity.oidc.takesAudience", "identity.oidc.takesJson", "data.entraAdministrators.name",
            "lighthouse.groups[].name", "defender.contactPhone", "services.*.addresses[].name",
        ]),
        ("ids of clients, which sign in with secrets of their own", [
            "identity.auth0.managementClientId", "identity.auth0.walletUserEmail", "identity.*.clientId", "identity.*.cnsClientId", "identity.*.walletClientId",
            "identity.entra.ledgerClientId", "identity.*.validators[].name",
        ]),
        ("the validator's own story, which onboarding and migration runbooks tell", [
            "ledger.validators[].contactPoint", "ledger.validators[].migrating", "ledger.validators[].migrationId", "ledger.validators[].name",
            "ledger.validators[].nodeIdentifier", "ledger.validators[].oldestMigrationId", "ledger.validators[].partyHint", "ledger.validators[].recovery.*",
            "ledger.validators[].selfOnboarding",
        ]),
        ("parts of what is compared as a whole", ["exemptions[].*", "ingress.peers[].name"]),
    ];

    private static readonly ImmutableSortedDictionary<string, string> Settings = ReadSettings();

    public static TheoryData<string> Keys => new(LooserSettings.Rows.Select(row => row.Key));

    [Fact]
    public void Every_setting_is_in_one_of_both_tables()
    {
        Assert.True(Settings.Count > 200);
        Assert.Equal([], Settings.Keys.Where(key => !LooserSettings.RowsOf(key).Any() && !IsOther(key)).ToArray());
        Assert.Equal([], Settings.Keys.Where(key => LooserSettings.RowsOf(key).Any() && IsOther(key)).ToArray());
    }

    [Fact]
    public void Nothing_is_in_a_table_that_is_no_setting()
    {
        Assert.Equal([], Others.SelectMany(group => group.Settings).Where(pattern => !Settings.Keys.Any(key => Matches(pattern, key))).ToArray());
        Assert.Equal([], LooserSettings.Rows.Where(row => !IsSetting(row.Key)).Select(row => row.Key).ToArray());
        Assert.Equal(LooserSettings.Rows.Length, LooserSettings.Rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Defaults_are_those_of_the_program()
    {
        foreach (var row in LooserSettings.Rows)
        {
            var expected = row.Direction switch
            {
                Lower { Default: { } least } => least.ToString(CultureInfo.InvariantCulture),
                Higher most => most.Default.ToString(CultureInfo.InvariantCulture),
                Ordered order => order.Default,
                _ => null,
            };
            if (expected is not null && Settings.TryGetValue(row.Key.Replace(".*", ".workloads", StringComparison.Ordinal), out var said) && said.Length > 0)
            {
                Assert.True(expected == said, $"{row.Key}: {expected}, and the program says {said}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Loosening_is_grave_and_tightening_is_nothing(string key)
    {
        var row = LooserSettings.Rows.Single(row => row.Key == key);
        var setting = $"canton-infra:{key.Replace("[]", "[x]", StringComparison.Ordinal).Replace(".*", ".workloads", StringComparison.Ordinal)}";
        var (looser, not) = Cases(row.Direction);

        Assert.All(looser, change => Assert.Equal(
            (row.Kind, DangerGrade.Grave, "Pulumi.prod.yaml", row.What),
            Assert.Single(Find(change).Select(danger => (danger.Kind, danger.Grade, danger.Urn, danger.What)))));
        Assert.All(not, change => Assert.Empty(Find(change)));

        IEnumerable<Danger> Find((string? Former, string? Present) change) =>
            LooserSettings.Find([new SettingChange(setting, change.Former, change.Present)], "Pulumi.prod.yaml");
    }

    [Fact]
    public void What_is_said_of_an_item_that_is_new_is_of_something_new()
    {
        ImmutableArray<SettingChange> added =
        [
            new("canton-infra:ledger.validators", "[one]", "[one, two]"), new("canton-infra:ledger.validators[two].pruning.cron", null, "0 0 20 * * ?"),
        ];
        ImmutableArray<SettingChange> known = [new("canton-infra:ledger.validators[one].pruning.cron", null, "0 0 20 * * ?")];

        Assert.Empty(LooserSettings.Find(added, "f"));
        Assert.Single(LooserSettings.Find(known, "f"));
    }

    [Fact]
    public void Another_projects_settings_are_not_ours() =>
        Assert.Empty(LooserSettings.Find([new SettingChange("other:mode", "deny", "audit")], "f"));

    // Changes that are looser by their direction, and changes that are not.
    private static ((string? Former, string? Present)[] Looser, (string? Former, string? Present)[] Not) Cases(SettingDirection direction) => direction switch
    {
        Lower { Default: null } => ([("5", "4"), (null, "4"), ("5", "x")], [("4", "5"), ("4", null)]),
        Lower { Default: { } least } => ([($"{least}", $"{least - 1}"), (null, $"{least - 1}"), ("x", "1")], [($"{least - 1}", $"{least}"), ($"{least - 1}", null), (null, $"{least}")]),
        Higher { Default: var most } => ([($"{most}", $"{most + 1}"), (null, $"{most + 1}"), (null, "x")], [($"{most + 1}", $"{most}"), ($"{most + 1}", null)]),
        Ordered { Values: var values, Default: var usual } => (
            [.. values.Zip(values[1..], (before, after) => ((string?)before, (string?)after)), (values[0], "anything else")],
            [.. values.Zip(values[1..], (before, after) => ((string?)after, (string?)before)), (null, usual)]),
        Grows => ([("[a]", "[a, b]"), (null, "[{a: 1, b: 2}]"), ("[a]", "[b]"), ("[a…", "[b…")], [("[a, b]", "[b]"), ("[b, a]", "[a, b]"), ("[a]", null)]),
        Shrinks => ([("[a, b]", "[a]"), (null, "[a]")], [("[a]", "[a, b]"), ("[a]", null)]),
        Becomes { Value: var value } => ([("patch", value), (null, value)], [(value, "patch"), (value, null)]),
        Differs => ([("a", "b"), (null, "b")], [("a", null)]),
        _ => throw new InvalidOperationException($"{direction} has no cases."),
    };

    private static bool IsSetting(string key) => Settings.Keys.Any(setting => setting == key
        || setting.StartsWith($"{key}[]", StringComparison.Ordinal)
        || (key.EndsWith(".*", StringComparison.Ordinal) && setting.StartsWith(key[..^1], StringComparison.Ordinal)));

    private static bool IsOther(string key) => Others.SelectMany(group => group.Settings).Any(pattern => Matches(pattern, key));

    private static bool Matches(string pattern, string key) =>
        Regex.IsMatch(key, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);

    // The keys of docs/settings.md, which is made from what the program reads, with their defaults.
    private static ImmutableSortedDictionary<string, string> ReadSettings()
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var section = "";
        foreach (var line in File.ReadLines(Path.Combine(CommandRun.Repository, "docs", "settings.md")))
        {
            if (Section().Match(line) is { Success: true } heading)
            {
                section = heading.Groups["key"].Value;
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = "";
            }
            else if (Row().Match(line) is { Success: true } row && row.Groups["key"].Value is var key
                && !key.StartsWith("azure-native:", StringComparison.Ordinal))
            {
                settings[section + key.Replace("canton-infra:", "", StringComparison.Ordinal)] = row.Groups["default"].Value.Trim();
            }
        }

        return settings.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex("^### `canton-infra:(?<key>[^`]+)`$")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \|[^|]*\| ?(?<default>[^|]*)\|")]
    private static partial Regex Row();
}
