using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Differences.Files;

namespace CantonInfra.Tools.Tests.Differences;

public sealed class PolicyFilesTests
{
    private static readonly string Limits = File.ReadAllText(Path.Combine(CommandRun.Repository, "policy", "limits.yaml"));

    [Theory]
    [InlineData("centralus, eastus2]\n    reason: >-", "centralus, eastus2, westeurope]\n    reason: >-", "another region is allowed", "mainnet: westeurope")]
    [InlineData("least: deny", "least: audit", "violations need not stop a deployment any more", "mainnet: deny → audit")]
    [InlineData("maximumDays: 30", "maximumDays: 60", "waivers may run longer", "mainnet: 30 → 60 days")]
    [InlineData("      - quay.io/keycloak\n", "      - quay.io\n", "images may come from elsewhere", "mainnet: quay.io")]
    [InlineData("      - https://charts.jetstack.io\n", "      - https://charts.example.com\n", "charts may come from elsewhere", "mainnet: https://charts.example.com")]
    [InlineData("  - stacks: [devnet, testnet, mainnet, \"mainnet-*\"]\n    allowed: []", "  - stacks: [devnet, testnet, mainnet, \"mainnet-*\"]\n    allowed: [{ name: Owner, id: o }]", "another role may be given on a whole subscription", "mainnet: Owner o")]
    [InlineData("users: [api-server, indexer]", "users: [api-server, indexer, relayer]", "another user may have a far right on the ledger", "CanReadAsAnyParty: relayer")]
    [InlineData("right: CanExecuteAsAnyParty", "right: CanReadAsAnyParty2", "a far right on the ledger is for anybody", "CanExecuteAsAnyParty")]
    [InlineData("network: mainnet\n      versions: [", "network: mainnet\n      versions: [9.9.9, ", "another version of the ledger's charts is approved", "mainnet: 9.9.9")]
    [InlineData("names: [\"splice-*\"]", "names: [\"splice-x\"]", "versions of charts are bounded no more", "splice-*")]
    [InlineData("waivable:\n", "waivable:\n  - regions-allowed\n", "another rule can be waived", "regions-allowed")]
    [InlineData("[mainnet, \"mainnet-*\", subscription-prod]\n    least", "[subscription-prod]\n    least", "violations need not stop a deployment any more", "mainnet: deny → audit")]
    public void Looser_limits_are_grave(string right, string wrong, string what, string detail)
    {
        Assert.Contains(right, Limits, StringComparison.Ordinal);
        var looser = Limits.Replace(right, wrong, StringComparison.Ordinal);

        var dangers = LooserLimits.Find(Limits, looser, ["mainnet", "devnet"]).ToArray();

        Assert.Contains(new Danger(DangerKind.LooserLimits, DangerGrade.Grave, "policy/limits.yaml", what, detail), dangers);
        Assert.DoesNotContain(LooserLimits.Find(looser, Limits, ["mainnet", "devnet"]), danger => danger.Detail == detail);
    }

    [Fact]
    public void A_limit_that_nobody_can_compare_is_told() => Assert.Equal(
        ("a limit differs that cannot be compared; read its difference", "later"),
        Assert.Single(LooserLimits.Find(Limits, $"{Limits}\nlater: [1]\n", ["mainnet"]).Select(danger => (danger.What, danger.Detail))));

    [Fact]
    public void Every_part_of_the_limits_is_compared()
    {
        // Emptied, each part bounds less or nothing.
        var parts = Limits.Split('\n').Where(line => line.Length > 0 && char.IsAsciiLetter(line[0])).Select(line => line.Split(':')[0]).ToArray();

        Assert.Contains("sources", parts);
        Assert.All(parts.Except(["waivable"]), part => Assert.NotEmpty(LooserLimits.Find(Limits, Without(part), ["mainnet"])));
        Assert.NotEmpty(LooserLimits.Find(Without("waivable"), Limits, ["mainnet"]));

        string Without(string part)
        {
            var start = Limits.IndexOf($"\n{part}:", StringComparison.Ordinal) + 1;
            var end = start;
            do
            {
                end = Limits.IndexOf('\n', end) + 1;
            }
            while (end > 0 && end < Limits.Length && !char.IsAsciiLetter(Limits[end]));
            return end <= 0 || end >= Limits.Length ? Limits[..start] : Limits[..start] + Limits[end..];
        }
    }

    [Fact]
    public void A_rule_that_is_gone_or_weighs_less_is_grave_and_other_code_of_rules_is_a_notice()
    {
        var rules = File.ReadAllText(Path.Combine(CommandRun.Repository, "docs", "rules", "README.md"));
        var line = rules.Split('\n').Single(row => row.StartsWith("| [regions-allowed](", StringComparison.Ordinal));
        var severity = line.Split('|')[^3].Trim();

        Assert.Empty(LooserRules.Find(rules, rules, []));
        Assert.Equal(
            new Danger(DangerKind.LooserLimits, DangerGrade.Grave, "docs/rules/README.md", "a rule is gone", "regions-allowed"),
            Assert.Single(LooserRules.Find(rules, rules.Replace(line, "", StringComparison.Ordinal), [])));
        Assert.Empty(LooserRules.Find(rules.Replace(line, "", StringComparison.Ordinal), rules, []));
        var lighter = rules.Replace(line, line.Replace($"| {severity} |", "| low |", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(
            ("a rule has less weight", $"regions-allowed: {severity} → low"),
            Assert.Single(LooserRules.Find(rules, lighter, []).Select(danger => (danger.What, danger.Detail))));
        Assert.Empty(LooserRules.Find(lighter, rules, []));
        Assert.True(LooserRules.Find(rules, null, []).Count() > 100);
        Assert.Equal(
            (DangerGrade.Notice, "1 files: policy/Guardrails.cs"),
            Assert.Single(LooserRules.Find(rules, rules, ["policy/Guardrails.cs"]).Select(danger => (danger.Grade, danger.Detail))));
        Assert.True(PolicyFiles.IsOfRules("policy/Rules/Network/X.cs"));
        Assert.False(PolicyFiles.IsOfRules("policy/limits.yaml"));
    }

    [Fact]
    public void A_comment_loosens_nothing() => Assert.Empty(LooserLimits.Find(Limits, $"# more\n{Limits}", ["mainnet"]));

    [Theory]
    [InlineData(null, "the limits are gone")]
    [InlineData("regions: [", "the limits cannot be compared; read their difference")]
    [InlineData("a: &x [1]\nb: *x", "the limits cannot be compared; read their difference")]
    public void What_cannot_be_compared_is_told(string? after, string what) =>
        Assert.Equal(what, Assert.Single(LooserLimits.Find(Limits, after, ["mainnet"])).What);

    [Fact]
    public void A_new_waiver_is_grave_with_owner_and_end_and_so_is_a_longer_one()
    {
        const string Waiver = "waivers:\n  - {rule: disk-encryption, resource: 'urn:x', owner: me, reason: r, ticket: T-1, expires: 2030-01-31}\n";

        var danger = Assert.Single(NewWaivers.Find("waivers: []", Waiver));

        Assert.Equal(
            (DangerKind.NewWaiver, DangerGrade.Grave, "a violation is permitted", "disk-encryption on urn:x, until 2030-01-31, owner me, T-1"),
            (danger.Kind, danger.Grade, danger.What, danger.Detail));
        Assert.Equal(
            "a violation is permitted for longer",
            Assert.Single(NewWaivers.Find(Waiver, Waiver.Replace("2030", "2031", StringComparison.Ordinal))).What);
        Assert.Empty(NewWaivers.Find(Waiver, "waivers: []"));
    }

    [Fact]
    public void Settings_are_compared_part_by_part_and_secrets_by_their_cipher()
    {
        const string Before = "config:\n  a:x: 1\n  a:y: {p: 1, q: [1]}\n  a:s: {secure: v1:abc}\n  a:t: {deep: {secure: v1:abc}}\n";
        const string After = "config:\n  a:x: 1\n  a:y: {p: 2, q: [1]}\n  a:s: {secure: v1:abd}\n  a:t: {deep: {secure: v1:abd}}\n  a:z: new\n";

        Assert.Equal(
            (IEnumerable<SettingChange>)[
                new SettingChange("a:s", "[secret]", "[secret]"), new SettingChange("a:t.deep", "[secret]", "[secret]"),
                new SettingChange("a:y.p", "1", "2"), new SettingChange("a:z", null, "new"),
            ],
            SettingChange.Compare(Before, After));
    }

    [Fact]
    public void Items_of_a_list_are_compared_by_their_names()
    {
        const string Before = "config:\n  a:v: [{name: one, p: 1}, {name: two}]\n  a:w: [{p: 1}]\n";
        const string After = "config:\n  a:v: [{name: zero, p: 5}, {name: one, p: 2}, {name: two}]\n  a:w: [{p: 2}]\n";

        Assert.Equal(
            (IEnumerable<SettingChange>)[
                new SettingChange("a:v", "[one, two]", "[zero, one, two]"), new SettingChange("a:v[one].p", "1", "2"),
                new SettingChange("a:v[zero].p", null, "5"), new SettingChange("a:w", "[{p: 1}]", "[{p: 2}]"),
            ],
            SettingChange.Compare(Before, After));
    }

    [Fact]
    public void A_stack_that_lowers_its_own_mode_is_told() => Assert.Equal(
        "canton-infra:mode: deny → audit",
        Assert.Single(LooserSettings.Find([new SettingChange("canton-infra:mode", "deny", "audit")], "Pulumi.x.yaml")).Detail);
}
