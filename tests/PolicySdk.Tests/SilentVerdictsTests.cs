using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;

namespace CantonInfra.PolicySdk.Tests;

/// <summary>What engines get that show neither undecided nor waived.</summary>
public sealed class SilentVerdictsTests
{
    private const string Thing = "urn:pulumi:devnet::project::test:index:Thing::thing";

    private static readonly TestRule Waits = new("waits", (_, _) => [PolicyVerdict.Undecided(PropertyPath.Parse("size"))]);

    private static readonly TestRule Broken = new("broken", (_, _) => [PolicyVerdict.Violation(PropertyPath.Parse("a"), "It is wrong.")]);

    [Fact]
    public async Task What_is_undecided_or_waived_is_summed_up_on_the_stack()
    {
        await using var pack = await StartAsync(sumsUp: true);
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        var diagnostic = Assert.Single((await AnalyzeStackAsync(pack)).Diagnostics);

        Assert.Equal(
            ("undecided-and-waived", "test-pack", "", Level.Advisory, 0),
            (diagnostic.PolicyName, diagnostic.PolicyPackName, diagnostic.Urn, diagnostic.EnforcementLevel, (int)diagnostic.Severity));
        Assert.Equal(
            "Undecided until more is known, which is no pass: 2. Violations that waivers permit: 1.\n"
            + "undecided: over-stack on test:index:Thing 'thing': b (of others)\n"
            + "undecided: waits on test:index:Thing 'thing': size\n"
            + "waived: broken on test:index:Thing 'thing': a: It is wrong. (waiver T-1 of team until 2030-01-31: for a while)",
            diagnostic.Message);
    }

    [Fact]
    public async Task An_engine_that_shows_them_gets_no_summary()
    {
        await using var pack = await StartAsync(sumsUp: false);
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        Assert.Empty((await AnalyzeStackAsync(pack)).Diagnostics);
    }

    [Fact]
    public async Task Where_all_is_decided_there_is_none()
    {
        await using var pack = await ServedPack.StartAsync(
            new PolicyPack("test-pack", "1.2.3", new TestRule("fine", (_, _) => [PolicyVerdict.Pass])), sumsUp: true);
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        Assert.Empty((await AnalyzeStackAsync(pack)).Diagnostics);
    }

    [Fact]
    public async Task It_is_of_this_run_and_of_what_was_said_last()
    {
        var knows = new TestRule("knows", (resource, _) => resource.Read(PropertyPath.Parse("size")).State == PropertyState.Known
            ? [PolicyVerdict.Pass]
            : [PolicyVerdict.Undecided(PropertyPath.Parse("size"))]);
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", knows), sumsUp: true);
        await pack.ConfigureStackAsync();

        await pack.AnalyzeAsync();
        await pack.AnalyzeAsync();
        Assert.StartsWith("Undecided until more is known, which is no pass: 1.", Assert.Single((await AnalyzeStackAsync(pack)).Diagnostics).Message, StringComparison.Ordinal);

        await pack.AnalyzeAsync(("size", 1));
        Assert.Empty((await AnalyzeStackAsync(pack)).Diagnostics);

        await pack.AnalyzeAsync();
        await pack.ConfigureStackAsync();
        Assert.Empty((await AnalyzeStackAsync(pack)).Diagnostics);
    }

    [Fact]
    public async Task Of_many_the_first_are_listed()
    {
        var many = new TestRule("many", (_, _) => Enumerable.Range(0, 30).Select(index => PolicyVerdict.Undecided(PropertyPath.Parse($"a[{index}]"))));
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", many), sumsUp: true);
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        var lines = Assert.Single((await AnalyzeStackAsync(pack)).Diagnostics).Message.Split('\n');

        Assert.StartsWith("Undecided until more is known, which is no pass: 30.", lines[0], StringComparison.Ordinal);
        Assert.Equal(22, lines.Length);
        Assert.Equal("undecided: and 10 more", lines[^1]);
    }

    [Fact]
    public async Task It_holds_no_secret()
    {
        var rule = new TestRule("tells", (resource, _) =>
        {
            Assert.True(PropertyPath.Parse("key").Read(resource.Properties).TryGetText(out var key));
            return [PolicyVerdict.Undecided(PropertyPath.Parse("size"), $"of {key}")];
        });
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", rule), sumsUp: true);
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync(("key", PropertyValue.Secret(Canary.Text)));

        Canary.AssertAbsent(Assert.Single((await AnalyzeStackAsync(pack)).Diagnostics).Message);
    }

    [Fact]
    public void No_rule_has_the_name_of_the_summary() =>
        Assert.Throws<ArgumentException>(() => new PolicyPack("p", "1.0.0", new TestRule("undecided-and-waived", (_, _) => [])));

    private static Task<ServedPack> StartAsync(bool sumsUp) => ServedPack.StartAsync(
        new PolicyPack(
            "test-pack",
            "1.2.3",
            Waits,
            Broken,
            new WaiverAudit(),
            new TestStackRule("over-stack", (stack, _) =>
                [StackVerdict.On(stack.Resources[0], PolicyVerdict.Undecided(PropertyPath.Parse("b"), "of others"))]))
        {
            Waivers = [new PolicyWaiver("broken", WaiverSubject.OfUrn(Thing), "team", "for a while", "T-1", new DateOnly(2030, 1, 31))],
            Clock = new FixedClock("2030-01-01T00:00:00Z"),
        },
        sumsUp);

    private static Task<AnalyzeResponse> AnalyzeStackAsync(ServedPack pack)
    {
        var request = new AnalyzeStackRequest();
        request.Resources.Add(new AnalyzerResource
        {
            Type = "test:index:Thing",
            Name = "thing",
            Urn = Thing,
            Properties = PropertyEncoding.Encode(MapValue.Empty, EncodingOptions.Analyzer),
        });
        return pack.CallAsync(AnalyzerMethods.AnalyzeStack, request);
    }
}
