using System.Xml;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Observability;

public sealed class SentinelTests
{
    private const string Rule = "azure-native:securityinsights:ScheduledAlertRule";

    // A25
    [Fact]
    public async Task Sentinel_is_on_the_workspace_before_it_has_rules()
    {
        var mocks = await RunAsync(30);

        var state = mocks.Inputs("azure-native:securityinsights:SentinelOnboardingState");
        Assert.Equal("default", state.At("sentinelOnboardingStateName"));
        Assert.Equal("law-canton-unit-law", state.At("workspaceName"));
        mocks.AssertBefore("SentinelOnboardingState sentinel", "ScheduledAlertRule sentinel-exec-into-ledger");
    }

    [Fact]
    public void Rules_read_tables_that_the_platform_fills_or_the_subscription() => Assert.All(DetectionRules.All, rule =>
    {
        Assert.NotEmpty(rule.Tables);
        Assert.All(rule.Tables, table =>
        {
            Assert.Contains(table, rule.Query, StringComparison.Ordinal);
            Assert.True(table == "AzureActivity" || LogTables.All.Any(known => known.Name == table), table);
        });
    });

    // What the tables no longer have would look as if it had never happened.
    [Theory]
    [InlineData(7, "P7D", "ago(7d)")]
    [InlineData(30, "P14D", "ago(14d)")]
    public async Task No_rule_looks_back_further_than_the_tables_reach(int retention, string period, string inQuery)
    {
        var mocks = await RunAsync(retention);

        var rule = mocks.Inputs(Rule, "sentinel-vault-caller-new");
        Assert.Equal(period, rule.At("queryPeriod"));
        Assert.Contains(inQuery, (string)rule.At("query")!, StringComparison.Ordinal);
        Assert.All(mocks.All(Rule), resource =>
        {
            var looked = XmlConvert.ToTimeSpan((string)resource.Inputs.At("queryPeriod")!);
            Assert.InRange(looked, TimeSpan.FromMinutes(5), TimeSpan.FromDays(Math.Min(retention, 14)));
            Assert.InRange(XmlConvert.ToTimeSpan((string)resource.Inputs.At("queryFrequency")!), TimeSpan.FromMinutes(5), looked);
        });
    }

    [Fact]
    public async Task Entering_a_pod_of_the_ledger_is_an_incident()
    {
        var rule = (await RunAsync(30)).Inputs(Rule, "sentinel-exec-into-ledger");

        Assert.Equal("Scheduled", rule.At("kind"));
        Assert.Equal("High", rule.At("severity"));
        Assert.Equal(true, rule.At("enabled"));
        Assert.Equal(true, rule.At("incidentConfiguration.createIncident"));
        Assert.Equal(false, rule.At("suppressionEnabled"));
        Assert.Equal("PT15M", rule.At("queryFrequency"));
        Assert.Contains("in (\"validator\", \"keycloak\")", (string)rule.At("query")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_keep_their_ids_in_every_run()
    {
        var first = (await RunAsync(30)).All(Rule).Select(rule => rule.Inputs.At("ruleId")).Order().ToList();

        Assert.Equal(first, (await RunAsync(7)).All(Rule).Select(rule => rule.Inputs.At("ruleId")).Order());
        Assert.Equal(first.Distinct(), first);
        Assert.All(first, id => Assert.True(Guid.TryParse((string?)id, out _)));
    }

    [Fact]
    public async Task No_placeholder_is_left_in_a_query() =>
        Assert.All((await RunAsync(30)).All(Rule), rule => Assert.DoesNotContain("{", (string)rule.Inputs.At("query")!, StringComparison.Ordinal));

    private static Task<CloudMocks> RunAsync(int retention) => CloudMocks.RunAsync(() => _ = new Sentinel("sentinel", new SentinelArgs
    {
        Azure = Scenery.Azure,
        ResourceGroupName = "rg-obs",
        Logs = new LogAnalytics("logs", Scenery.LogsArgs with { TableRetentionInDays = retention }),
        GuardedNamespaces = ["validator", "keycloak"],
    }));
}
