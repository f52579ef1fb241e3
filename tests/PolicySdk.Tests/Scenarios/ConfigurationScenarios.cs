using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;

namespace CantonInfra.PolicySdk.Tests.Scenarios;

/// <summary>As the public programs 'config', 'config schema' and 'enforcement config' go.</summary>
public sealed class ConfigurationScenarios
{
    private static readonly PolicySetting<bool> Value = PolicySetting.Flag("value", "What things must be.");
    private static readonly PolicySetting<string> Word = PolicySetting.Text("word", "A word.", "short", "short", "long");
    private static readonly PolicySetting<double> Most = PolicySetting.Number("most", "How many.", 3, least: 1, most: 9);
    private static readonly PolicySetting<string> Key = PolicySetting.Text("key", "A secret.", byDefault: "") with { IsSecret = true };

    private static TestRule Rule => new("configured", (resource, stack) => [Truthiness.Judge(resource, stack.Get(Value))])
    {
        TestedSettings = [Value, Word, Most, Key],
    };

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Config_a_rule_reads_its_settings(bool value, bool isViolated)
    {
        await using var pack = await ServedPack.StartAsync(Rule);
        await pack.ConfigureAsync("configured", MapValue.Empty.With("value", value));

        Assert.Equal(isViolated, (await pack.AnalyzeAsync(("value", true))).Diagnostics.Count == 1);
    }

    [Fact]
    public async Task Config_a_rule_without_a_setting_that_it_needs_never_passes()
    {
        await using var pack = await ServedPack.StartAsync(Rule);

        Assert.Equal(Level.Mandatory, Assert.Single((await pack.AnalyzeAsync(("value", true))).Diagnostics).EnforcementLevel);
    }

    [Fact]
    public async Task Config_schema_is_told_with_defaults_and_what_is_required()
    {
        await using var pack = await ServedPack.StartAsync(Rule);

        var schema = Assert.Single((await pack.InfoAsync()).Policies).ConfigSchema;

        Assert.Equal(["value"], schema.Required);
        var properties = PropertyDecoding.Decode(schema.Properties);
        Assert.Equal(
            """{"default":"short","description":"A word.","enum":["short","long"],"type":"string"}""", properties["word"]!.ToString());
        Assert.Equal(
            """{"default":3,"description":"How many.","maximum":9,"minimum":1,"type":"number"}""", properties["most"]!.ToString());
    }

    [Theory]
    [InlineData("lacks 'value', which must be true or false", "word", "long")]
    [InlineData("sets 'value' to something that is not true or false", "value", "yes")]
    [InlineData("sets 'word' to something that is not one of short, long", "word", "wide")]
    [InlineData("sets 'wrod', which the policy does not have; it has value, word, most, key", "wrod", "long")]
    public async Task Config_schema_what_does_not_fit_is_refused(string message, string name, string value)
    {
        await using var pack = await ServedPack.StartAsync(Rule);

        var error = await Assert.ThrowsAsync<RpcException>(() => pack.ConfigureAsync("configured", MapValue.Empty.With(name, value)));

        Assert.Equal(StatusCode.InvalidArgument, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_of_a_rule_that_is_disabled_is_not_looked_at()
    {
        await using var pack = await ServedPack.StartAsync(Rule);

        await pack.ConfigureAsync("configured", MapValue.Empty, Level.Disabled);

        Assert.Empty((await pack.AnalyzeAsync(("value", true))).Diagnostics);
    }

    [Fact]
    public async Task Config_that_is_secret_reaches_rules_and_no_message()
    {
        await using var pack = await ServedPack.StartAsync(new TestRule(
            "tells", (_, stack) => [PolicyVerdict.Violation(Truthiness.Path, $"The key is {stack.Get(Key)}.")]) { TestedSettings = [Key] });
        await pack.ConfigureAsync("tells", MapValue.Empty.With("key", Canary.Text));

        var message = Assert.Single((await pack.AnalyzeAsync()).Diagnostics).Message;

        Assert.StartsWith("value: The key is ", message, StringComparison.Ordinal);
        Canary.AssertAbsent(message);
    }

    [Theory]
    [InlineData(Level.Advisory, "Advisory")]
    [InlineData(Level.Mandatory, "Mandatory")]
    [InlineData(Level.Remediate, "Mandatory")]
    [InlineData(Level.Disabled, "")]
    public async Task Enforcement_config_sets_the_level(Level level, string expected)
    {
        await using var pack = await ServedPack.StartAsync(Truthiness.MustBe(true, EnforcementLevel.Advisory));
        await pack.ConfigureAsync(("truthiness", level));

        var answer = await pack.AnalyzeAsync(("value", false));

        Assert.Equal(expected, string.Join(' ', answer.Diagnostics.Select(diagnostic => diagnostic.EnforcementLevel)));
    }
}
