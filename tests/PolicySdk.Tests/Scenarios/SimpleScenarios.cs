using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;

namespace CantonInfra.PolicySdk.Tests.Scenarios;

/// <summary>As the public programs 'simple', 'invalid' and 'dry run' go.</summary>
public sealed class SimpleScenarios
{
    [Fact]
    public async Task Simple_one_rule_warns_and_one_refuses()
    {
        await using var pack = await ServedPack.StartAsync(
            Truthiness.MustBe(true, EnforcementLevel.Advisory), Truthiness.MustBe(false));
        await pack.ConfigureStackAsync();

        var whenTrue = Assert.Single((await pack.AnalyzeAsync(("value", true))).Diagnostics);
        var whenFalse = Assert.Single((await pack.AnalyzeAsync(("value", false))).Diagnostics);

        Assert.Equal(("falsiness", Level.Mandatory), (whenTrue.PolicyName, whenTrue.EnforcementLevel));
        Assert.Equal(("truthiness", Level.Advisory), (whenFalse.PolicyName, whenFalse.EnforcementLevel));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("Has Spaces")]
    [InlineData("")]
    public void Invalid_a_pack_with_a_rule_that_cannot_be_named_is_not_made(string id) =>
        Assert.Throws<ArgumentException>(() => new PolicyPack("pack", "1.0.0", new TestRule(id, (_, _) => [])));

    [Theory]
    [InlineData("")]
    [InlineData("a pack")]
    public void Invalid_a_pack_that_cannot_be_named_is_not_made(string name) =>
        Assert.Throws<ArgumentException>(() => new PolicyPack(name, "1.0.0"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dry_run_is_told_to_rules(bool isDryRun)
    {
        await using var pack = await ServedPack.StartAsync(new TestRule(
            "dry", (_, stack) => stack.IsDryRun ? [PolicyVerdict.Violation(Truthiness.Path, "It is a preview.")] : []));
        await pack.ConfigureStackAsync(new AnalyzerStackConfigureRequest { Stack = "s", Project = "p", DryRun = isDryRun });

        Assert.Equal(isDryRun ? 1 : 0, (await pack.AnalyzeAsync()).Diagnostics.Count);
    }

    [Fact]
    public async Task Dry_run_what_is_not_known_is_neither_passed_nor_refused()
    {
        await using var pack = await ServedPack.StartAsync(Truthiness.MustBe(true), Truthiness.MustBe(false));

        var answer = await pack.AnalyzeAsync(("value", PropertyValue.Unknown));

        Assert.Empty(answer.Diagnostics);
        Assert.Equal(["undecided: value", "undecided: value"], answer.NotApplicable.Select(entry => entry.Reason));
    }
}
