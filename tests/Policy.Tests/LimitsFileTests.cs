using CantonInfra.Policy.Files;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests;

public sealed class LimitsFileTests
{
    private const string Valid = """
        regions:
          - stacks: [mainnet, "mainnet-*"]
            allowed: [centralus]
            reason: residency
          - stacks: ["*"]
            allowed: ["East US 2", centralus]
            reason: tests
        modes:
          - stacks: [mainnet, "mainnet-*"]
            least: deny
            reason: production
          - stacks: ["*"]
            least: audit
            reason: tests
        waivers:
          - stacks: [mainnet, "mainnet-*"]
            maximumDays: 30
            reason: production
          - stacks: ["*"]
            maximumDays: 90
            reason: tests
        sources:
          - stacks: [mainnet, "mainnet-*"]
            images: [ghcr.io/digital-asset, crcanton*.azurecr.io]
            charts: [oci://ghcr.io/digital-asset/helm]
            reason: publishers
          - stacks: ["*"]
            images: [ghcr.io/digital-asset, docker.io]
            charts: [oci://ghcr.io/digital-asset/helm, "https://charts.example.com/"]
            reason: tests
        waivable: [disk-encryption]
        subscriptionRoles:
          - stacks: ["subscription-*"]
            allowed: [{ name: Monitoring Contributor, id: 749F88D5-cbae-40b8-bcfc-e573ddc772fa }]
            reason: policies
          - stacks: ["*"]
            allowed: []
            reason: nothing
        privilegedNamespaces:
          - stacks: ["*"]
            names: [node-agents]
            reason: sets up nodes
        ledgerRights:
          - right: CanReadAsAnyParty
            users: [indexer, "reader-*"]
            reason: follows all
        charts:
          names: ["splice-*"]
          networks:
            - { network: devnet, versions: [0.6.11, 0.6.4] }
            - { network: mainnet, versions: [0.6.4] }
        """;

    private const string Regions = "regions:\n  - stacks: ['*']\n    allowed: [b]\n    reason: c\n";
    private const string Rest = "modes:\n  - stacks: ['*']\n    least: audit\n    reason: c\n"
        + "waivers:\n  - stacks: ['*']\n    maximumDays: 90\n    reason: c\nwaivable: []" + Tail;

    private const string Tail = "\nsubscriptionRoles:\n  - stacks: ['*']\n    allowed: []\n    reason: c\nledgerRights: []\n"
        + "charts:\n  names: []\n  networks:\n    - { network: a, versions: [1.2.3] }\n    - { network: b, versions: [1.2.3] }\n"
        + "sources:\n  - stacks: ['*']\n    images: []\n    charts: [a/b]\n    reason: c\n"
        + "privilegedNamespaces:\n  - stacks: ['*']\n    names: []\n    reason: c";

    [Theory]
    [InlineData("least: audit", "least: lax", 7, "'lax' is no mode")]
    [InlineData("    least: audit\n", "", 6, "lacks 'least'")]
    [InlineData("modes:\n  - stacks: ['*']", "modes:\n  - stacks: [a]", 6, "Exactly the last entry of 'modes'")]
    [InlineData("maximumDays: 90", "maximumDays: 0", 11, "'0' is no number of days; 'maximumDays' is a whole number from 1 to 366")]
    [InlineData("maximumDays: 90", "maximumDays: 367", 11, "is no number of days")]
    [InlineData("maximumDays: 90", "maximumDays: -1", 11, "is no number of days")]
    [InlineData("maximumDays: 90", "maximumDays: 1.5", 11, "is no number of days")]
    [InlineData("maximumDays: 90", "maximumDays: forever", 11, "is no number of days")]
    [InlineData("maximumDays: 90", "maximumDays:", 11, "a text is needed")]
    [InlineData("    maximumDays: 90\n", "", 10, "lacks 'maximumDays'")]
    [InlineData("maximumDays: 90\n    reason: c\n", "maximumDays: 90\n", 10, "lacks 'reason'")]
    [InlineData("waivers:\n  - stacks: ['*']", "waivers:\n  - stacks: [a]", 10, "Exactly the last entry of 'waivers'")]
    [InlineData("waivers:\n", "more:\n", 9, "unknown key 'more'")]
    [InlineData("waivable: []", "", 1, "lacks 'waivable'")]
    [InlineData("waivable: []", "waivable: all", 13, "must be a list")]
    [InlineData("charts: [a/b]", "charts: [http://a/b]", 27, "'http://a/b' is no registry or repository; a star may only end the first part")]
    [InlineData("charts: [a/b]", "charts: ['*.azurecr.io']", 27, "is no registry or repository")]
    [InlineData("charts: [a/b]", "charts: ['a.b*.io']", 27, "is no registry or repository")]
    [InlineData("images: []", "images: ghcr.io", 26, "must be a list")]
    [InlineData("    images: []\n", "", 25, "lacks 'images'")]
    [InlineData("sources:\n  - stacks: ['*']", "sources:\n  - stacks: [a]", 25, "Exactly the last entry of 'sources'")]
    public void The_bounds_of_modes_and_waivers_are_read_as_strictly(string old, string changed, int line, string what)
    {
        var text = Regions + Rest.Replace(old, changed, StringComparison.Ordinal);

        var error = Assert.Throws<MalformedFileException>(() => LimitsFile.Parse(text, "limits.yaml"));

        Assert.StartsWith($"limits.yaml:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mainnet", PolicyMode.Deny)]
    [InlineData("org/project/mainnet-2", PolicyMode.Deny)]
    [InlineData("devnet", PolicyMode.Audit)]
    public void The_least_mode_depends_on_the_stack(string stack, PolicyMode least)
    {
        var modes = LimitsFile.Parse(Valid, "limits.yaml").Modes;

        Assert.Equal(least, modes.For(StackContext.From(new AnalyzerStackConfigureRequest { Stack = stack })).Least);
        Assert.Equal(PolicyMode.Deny, modes.For(StackContext.NotReceived).Least);
    }

    [Theory]
    [InlineData("mainnet", 30)]
    [InlineData("org/project/mainnet-2", 30)]
    [InlineData("devnet", 90)]
    public void How_long_waivers_may_be_depends_on_the_stack(string stack, int days)
    {
        var waivers = LimitsFile.Parse(Valid, "limits.yaml").Waivers;

        Assert.Equal(days, waivers.For(StackContext.From(new AnalyzerStackConfigureRequest { Stack = stack })).MaximumDays);
        Assert.Equal(30, waivers.For(StackContext.NotReceived).MaximumDays);
    }

    [Fact]
    public void Where_software_comes_from_depends_on_the_stack()
    {
        var sources = LimitsFile.Parse(Valid, "limits.yaml").Sources;

        Assert.Equal("ghcr.io/digital-asset crcanton*.azurecr.io", string.Join(' ', sources.For(Stack("mainnet")).Images));
        Assert.Equal("ghcr.io/digital-asset/helm charts.example.com", string.Join(' ', sources.For(Stack("devnet")).Charts));
        Assert.Equal("ghcr.io/digital-asset", string.Join(' ', sources.For(StackContext.NotReceived).Images));
    }

    [Theory]
    [InlineData("node-agents", true)]
    [InlineData("apps", false)]
    public void Namespaces_of_what_sets_up_nodes_are_named(string name, bool isAllowed)
    {
        var namespaces = LimitsFile.Parse(Valid, "limits.yaml").PrivilegedNamespaces;

        Assert.Equal(isAllowed, namespaces.Allows(Stack("mainnet"), name));
        Assert.False(namespaces.Allows(StackContext.NotReceived, name));
    }

    [Theory]
    [InlineData("mainnet", "centralus")]
    [InlineData("mainnet-2", "centralus")]
    [InlineData("org/project/mainnet", "centralus")]
    [InlineData("mainnet2", "eastus2 centralus")]
    [InlineData("devnet", "eastus2 centralus")]
    [InlineData("", "eastus2 centralus")]
    public void The_first_entry_that_names_the_stack_counts(string stack, string regions)
    {
        var context = StackContext.From(new AnalyzerStackConfigureRequest { Stack = stack });

        Assert.Equal(regions, string.Join(' ', LimitsFile.Parse(Valid, "limits.yaml").Regions.For(context).Allowed));
    }

    [Theory]
    [InlineData("    allowed: []", "    allowed: [{ name: Reader, id: reader }]", 16, "'reader' is no GUID")]
    [InlineData("    allowed: []", "    allowed: [{ name: Reader }]", 16, "lacks 'id'")]
    [InlineData("subscriptionRoles:\n  - stacks: ['*']", "subscriptionRoles:\n  - stacks: [a]", 15, "Exactly the last entry of 'subscriptionRoles'")]
    [InlineData("ledgerRights: []", "ledgerRights: [{ right: a, users: ['*b'], reason: c }]", 18, "is not a pattern for users")]
    [InlineData("b, versions: [1.2.3]", "b, versions: [1.2.4]", 22, "'b' may run 1.2.4, which is ahead of 1.2.3, the newest of 'a' before it")]
    [InlineData("b, versions: [1.2.3]", "b, versions: [1.2]", 23, "'1.2' is no version of a chart")]
    [InlineData("b, versions: [1.2.3]", "a, versions: [1.2.3]", 22, "A network stands twice")]
    public void Roles_rights_and_charts_are_read_as_strictly(string old, string changed, int line, string what)
    {
        var text = Regions + Rest.Replace(old, changed, StringComparison.Ordinal);

        var error = Assert.Throws<MalformedFileException>(() => LimitsFile.Parse(text, "limits.yaml"));

        Assert.StartsWith($"limits.yaml:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_rights_and_charts_are_found()
    {
        var limits = LimitsFile.Parse(Valid, "limits.yaml");

        var wide = limits.WideRoles.For(StackContext.From(new AnalyzerStackConfigureRequest { Stack = "subscription-prod" }));
        Assert.True(wide.Allows("749f88d5-cbae-40b8-bcfc-e573ddc772fa"));
        Assert.True(wide.Allows("monitoring contributor"));
        Assert.False(limits.WideRoles.For(StackContext.NotReceived).Allows("749f88d5-cbae-40b8-bcfc-e573ddc772fa"));
        Assert.Contains(limits.LedgerRights.Of("CanReadAsAnyParty")!.Users, user => user.Matches("reader-1"));
        Assert.Null(limits.LedgerRights.Of("CanActAs"));
        Assert.True(limits.Charts.Has("oci://ghcr.io/example/helm/splice-validator"));
        Assert.False(limits.Charts.Has("cert-manager"));
        Assert.Equal(new Version(0, 6, 11), limits.Charts.Of("devnet")!.Versions.Max);
        Assert.Null(limits.Charts.Of("scratchnet"));
    }

    [Fact]
    public void Before_a_stack_is_known_only_what_all_may_use_is_allowed() =>
        Assert.Equal("centralus", Assert.Single(LimitsFile.Parse(Valid, "limits.yaml").Regions.For(StackContext.NotReceived).Allowed).Name);

    [Fact]
    public void The_committed_file_is_valid_and_bounds_every_environment()
    {
        var limits = LimitsFile.Load(Path.Combine(AppContext.BaseDirectory, LimitsFile.Name));

        foreach (var stack in (string[])["devnet", "testnet", "mainnet", "subscription-prod"])
        {
            var limit = limits.Regions.For(StackContext.From(new AnalyzerStackConfigureRequest { Stack = stack }));
            Assert.Contains(Region.Parse("centralus"), limit.Allowed);
            Assert.Contains(Region.Parse("eastus2"), limit.Allowed);
            Assert.DoesNotContain(Region.Parse("brazilsouth"), limit.Allowed);
        }
    }

    [Theory]
    [InlineData("", 1, "exactly one document")]
    [InlineData("regions: [", 2, "not valid YAML")]
    [InlineData("regions:\n  - a\n b", 3, "not valid YAML")]
    [InlineData("- regions", 1, "must be a mapping")]
    [InlineData("{}", 1, "lacks 'regions'")]
    [InlineData("regions: []", 1, "at least one item")]
    [InlineData("regions: all", 1, "must be a list")]
    [InlineData("regions:\n  - stacks: [a]\n    allowed: [b]\n    reason: c", 2, "pattern \"*\"")]
    [InlineData("regions:\n  - stacks: ['*']\n    allowed: [b]\n    reason: c\n  - stacks: ['*']\n    allowed: [b]\n    reason: c", 2, "Exactly the last")]
    [InlineData("regions:\n  - stacks: ['*']\n    allowed: [b]", 2, "lacks 'reason'")]
    [InlineData("regions:\n  - stacks: ['*']\n    alowed: [b]", 3, "unknown key 'alowed'")]
    [InlineData("regions:\n  - stacks: ['*']\n    allowed: []\n    reason: c", 3, "at least one item")]
    [InlineData("regions:\n  - stacks: ['*']\n    allowed: ['']\n    reason: c", 3, "a text is needed")]
    [InlineData("regions:\n  - stacks: ['*']\n    allowed: [[b]]\n    reason: c", 3, "a text is needed")]
    [InlineData("regions:\n  - stacks: ['*']\n    allowed: [b]\n    allowed: [c]\n    reason: c", 4, "not valid YAML")]
    [InlineData("regions:\n  - stacks: ['a*b', '*']\n    allowed: [b]\n    reason: c", 2, "a star may only end it")]
    [InlineData("regions:\n  - stacks: ['*']\n    allowed: [b]\n    reason: c\nextra: []", 5, "unknown key 'extra'")]
    public void What_is_malformed_is_refused_with_its_line(string text, int line, string what)
    {
        var whole = text.StartsWith("regions", StringComparison.Ordinal) && what != "not valid YAML" ? $"{text}\n{Rest}" : text;

        var error = Assert.Throws<MalformedFileException>(() => LimitsFile.Parse(whole, "limits.yaml"));

        Assert.StartsWith($"limits.yaml:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    private static StackContext Stack(string name) => StackContext.From(new AnalyzerStackConfigureRequest { Stack = name });

    [Fact]
    public void A_missing_file_is_malformed() =>
        Assert.Throws<MalformedFileException>(() => LimitsFile.Load(Path.Combine(AppContext.BaseDirectory, "no-such.yaml")));
}
