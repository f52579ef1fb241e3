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
    [InlineData("waivable:\n", "waivable:\n  - regions-allowed\n", "another rule can be waived", "regions-allowed")]
    [InlineData("[mainnet, \"mainnet-*\", subscription-prod]\n    least", "[subscription-prod]\n    least", "violations need not stop a deployment any more", "mainnet: deny → audit")]
    public void Looser_limits_are_grave(string right, string wrong, string what, string detail)
    {
        Assert.Contains(right, Limits, StringComparison.Ordinal);
        var looser = Limits.Replace(right, wrong, StringComparison.Ordinal);

        var dangers = LooserLimits.Find(Limits, looser, ["mainnet", "devnet"]).ToArray();

        Assert.Contains(new Danger(DangerKind.LooserLimits, DangerGrade.Grave, "policy/limits.yaml", what, detail), dangers);
        Assert.Empty(LooserLimits.Find(looser, Limits, ["mainnet", "devnet"]));
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
    public void A_stack_that_lowers_its_own_mode_is_told() => Assert.Equal(
        "canton-infra:mode: deny → audit",
        Assert.Single(SettingChange.Dangers([new SettingChange("canton-infra:mode", "deny", "audit")], "Pulumi.x.yaml")).Detail);
}
