using CantonInfra.Protocol.Properties;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;

namespace CantonInfra.PolicySdk.Tests.Scenarios;

/// <summary>As the public program 'remediate' goes, and what can go wrong on the way.</summary>
public sealed class RemediationScenarios
{
    private static TestRule Fixer(EnforcementLevel level = EnforcementLevel.Remediate) =>
        new("fixed", (resource, _) => [Truthiness.Judge(resource, value: true)])
        {
            TestedLevel = level,
            Remedy = (resource, _) => PolicyRemedy.Set(resource, Truthiness.Path, true),
        };

    [Fact]
    public async Task Remediate_gives_back_all_properties_mended()
    {
        await using var pack = await ServedPack.StartAsync(Fixer());

        var answer = await pack.RemediateAsync(("value", false), ("other", "kept"));

        var remediation = Assert.Single(answer.Remediations);
        Assert.Equal(("fixed", "test-pack", "1.2.3", ""), (
            remediation.PolicyName, remediation.PolicyPackName, remediation.PolicyPackVersion, remediation.Diagnostic));
        Assert.Equal("""{"other":"kept","value":true}""", PropertyDecoding.Decode(remediation.Properties).ToString());
        Assert.Equal(Level.Remediate, Assert.Single((await pack.InfoAsync()).Policies).EnforcementLevel);
    }

    [Fact]
    public async Task What_is_in_order_is_not_mended()
    {
        await using var pack = await ServedPack.StartAsync(Fixer());

        Assert.Empty((await pack.RemediateAsync(("value", true))).Remediations);
    }

    [Theory]
    [InlineData(EnforcementLevel.Advisory)]
    [InlineData(EnforcementLevel.Mandatory)]
    [InlineData(EnforcementLevel.Disabled)]
    public async Task Only_the_level_remediate_mends(EnforcementLevel level)
    {
        await using var pack = await ServedPack.StartAsync(Fixer(level));

        Assert.Empty((await pack.RemediateAsync(("value", false))).Remediations);
        await pack.ConfigureAsync(("fixed", Level.Remediate));
        Assert.Single((await pack.RemediateAsync(("value", false))).Remediations);
    }

    [Fact]
    public async Task Audit_mends_nothing()
    {
        await using var pack = await ServedPack.StartAsync(Fixer());
        await pack.ConfigureStackAsync(("guard:mode", "audit"));

        Assert.Empty((await pack.RemediateAsync(("value", false))).Remediations);
    }

    [Fact]
    public async Task Each_rule_goes_on_from_what_the_one_before_left()
    {
        var second = new TestRule("second", (_, _) => [])
        {
            TestedLevel = EnforcementLevel.Remediate,
            Remedy = (resource, _) => PolicyRemedy.Become(resource.Properties.With("copy", resource.Properties["value"]!)),
        };
        await using var pack = await ServedPack.StartAsync(Fixer(), second);

        var answer = await pack.RemediateAsync(("value", false));

        Assert.Equal("""{"copy":true,"value":true}""", PropertyDecoding.Decode(answer.Remediations[1].Properties).ToString());
    }

    [Fact]
    public async Task Secrets_stay_secret()
    {
        await using var pack = await ServedPack.StartAsync(Fixer());

        var answer = await pack.RemediateAsync(
            ("value", PropertyValue.Secret(PropertyValue.Of(false))), ("password", PropertyValue.Secret("hunter2")));

        var properties = PropertyDecoding.Decode(Assert.Single(answer.Remediations).Properties);
        Assert.Equal(PropertyValue.Secret(PropertyValue.Of(true)), properties["value"]);
        Assert.Equal(PropertyValue.Secret("hunter2"), properties["password"]);
    }

    [Theory]
    [InlineData(true, "a.b cannot be set while something on the way to it is not known.")]
    [InlineData(false, "The policy stuck itself failed with System.InvalidOperationException.")]
    public async Task What_cannot_be_mended_is_said_and_refused(bool isUnknown, string expected)
    {
        await using var pack = await ServedPack.StartAsync(
            new TestRule("stuck", (_, _) => [PolicyVerdict.Violation(Truthiness.Path, "It is wrong.")])
            {
                TestedLevel = EnforcementLevel.Remediate,
                Remedy = (resource, _) => isUnknown
                    ? PolicyRemedy.Set(resource, PropertyPath.Parse("a.b"), true)
                    : throw new InvalidOperationException(Canary.Text),
            });

        var remediation = Assert.Single((await pack.RemediateAsync(("a", PropertyValue.Unknown))).Remediations);

        Assert.Equal(expected, remediation.Diagnostic);
        Assert.Null(remediation.Properties);
        Assert.Equal(Level.Mandatory, Assert.Single((await pack.AnalyzeAsync(("a", PropertyValue.Unknown))).Diagnostics).EnforcementLevel);
    }

    [Fact]
    public async Task What_is_waived_is_left_as_it_is()
    {
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", Fixer(), new WaiverAudit())
        {
            Waivers =
            [
                new("fixed", WaiverSubject.OfUrn(ServedPack.Request("test:index:Thing").Urn), "team", "so", "T-1", new DateOnly(2030, 1, 1)),
            ],
            Clock = new FixedClock("2029-01-01T00:00:00Z"),
        });
        await pack.ConfigureStackAsync();

        Assert.Empty((await pack.RemediateAsync(("value", false))).Remediations);
    }

    [Theory]
    [InlineData("{}", "a.b", """{"a":{"b":true}}""")]
    [InlineData("""{"a":{"c":1}}""", "a.b", """{"a":{"b":true,"c":1}}""")]
    [InlineData("""{"a":[{"b":false},{}]}""", "a[1].b", """{"a":[{"b":false},{"b":true}]}""")]
    public void A_value_is_set_at_its_path(string before, string path, string after)
    {
        using var document = System.Text.Json.JsonDocument.Parse(before);
        var resource = new ResourceView(
            "urn", ResourceType.Parse("t"), "n", (MapValue)PropertyJsonReader.Read(document.RootElement));

        var remedy = Assert.IsType<PropertiesRemedy>(PolicyRemedy.Set(resource, PropertyPath.Parse(path), true));

        Assert.Equal(after, remedy.Properties.ToString());
    }
}
