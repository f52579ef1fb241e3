using System.Diagnostics;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;
using Xunit.Abstractions;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;

namespace CantonInfra.PolicySdk.Tests;

[Collection("One at a time, for they measure time")]
public sealed class AnalyzeStackTests(ITestOutputHelper output)
{
    private static readonly PropertyPath Path = PropertyPath.Parse("a.b");

    [Fact]
    public async Task Stack_rules_are_described_as_such()
    {
        await using var pack = await ServedPack.StartAsync(new TestRule("one", (_, _) => []), new TestStackRule("whole", (_, _) => []));

        Assert.Equal([PolicyType.Resource, PolicyType.Stack], (await pack.InfoAsync()).Policies.Select(policy => policy.PolicyType));
    }

    [Fact]
    public async Task Rules_see_all_that_engines_tell_of_a_resource()
    {
        var seen = new List<string>();
        await using var pack = await ServedPack.StartAsync(new TestStackRule("looks", (resources, stack) =>
        {
            seen.AddRange(resources.Resources.Select(each =>
                $"{each} {each.Properties} parent={each.Parent} depends={string.Join(',', each.Dependencies)} "
                + $"protect={each.Options.Protect} provider={each.Provider?.Name}"));
            var b = resources.Find("urn:b")!;
            seen.Add(string.Join(',', resources.SourcesOf(b, "from").Select(source => source.Name)));
            seen.Add($"{resources.SourcesOf(b, "other").Length} {resources.Find("urn:c") is null} {stack.Stack}");
            seen.Add(string.Join(',', resources.OfType("test:*").Select(each => each.Name)));
            return [];
        }));
        await pack.ConfigureStackAsync();
        var first = Resource("a", ("secret", PropertyValue.Secret("hidden")), ("later", PropertyValue.Unknown));
        first.Options = new AnalyzerResourceOptions { Protect = true };
        first.Provider = new AnalyzerProviderResource { Type = "pulumi:providers:test", Name = "explicit", Urn = "urn:p" };
        var second = Resource("b");
        second.Parent = "urn:a";
        second.Dependencies.Add("urn:a");
        second.PropertyDependencies["from"] = new PropertyDependencies { Urns = { "urn:a", "urn:a", "urn:gone" } };

        await AnalyzeAsync(pack, first, second);

        Assert.Equal(
            [
                "Thing 'a' {\"later\":\"[unknown]\",\"secret\":\"[secret]\"} parent= depends= protect=True provider=explicit",
                "Thing 'b' {} parent=urn:a depends=urn:a protect=False provider=",
                "a",
                "0 True devnet",
                "a,b",
            ],
            seen);
    }

    [Fact]
    public async Task Violations_point_at_their_resource_or_at_the_stack()
    {
        await using var pack = await ServedPack.StartAsync(new TestStackRule("mixed", (resources, _) =>
        [
            StackVerdict.On(resources.Resources[0], PolicyVerdict.Violation(Path, "It is wrong.")),
            StackVerdict.On(resources.Resources[1], PolicyVerdict.Pass),
            StackVerdict.OnStack(PolicyVerdict.Violation(PropertyPath.Root, "Something is missing.")),
        ]));

        var answer = await AnalyzeAsync(pack, Resource("a"), Resource("b"));

        Assert.Equal(
            [
                "urn:a Mandatory a.b: It is wrong.\nTo fix: The remediation.",
                " Mandatory Something is missing.\nTo fix: The remediation.",
            ],
            answer.Diagnostics.Select(entry => $"{entry.Urn} {entry.EnforcementLevel} {entry.Message}"));
        Assert.Empty(answer.NotApplicable);
    }

    [Fact]
    public async Task Undecided_and_not_applicable_name_the_resource_since_their_entries_have_no_urn()
    {
        await using var pack = await ServedPack.StartAsync(
            new TestStackRule("unsure", (resources, _) =>
            [
                StackVerdict.On(resources.Resources[0], PolicyVerdict.Undecided(Path)),
                StackVerdict.On(resources.Resources[1], PolicyVerdict.Undecided(PropertyPath.Root, "it comes later")),
                StackVerdict.OnStack(PolicyVerdict.Undecided(Path)),
            ]),
            new TestStackRule("elsewhere", (resources, _) =>
            [
                StackVerdict.On(resources.Resources[0], PolicyVerdict.NotApplicable("It is small.")),
                StackVerdict.OnStack(PolicyVerdict.NotApplicable("It is empty.")),
            ]));

        var answer = await AnalyzeAsync(pack, Resource("a"), Resource("b"));

        Assert.Empty(answer.Diagnostics);
        Assert.Equal(
            [
                "unsure=undecided: a.b of test:index:Thing 'a'",
                "unsure=undecided: everything of test:index:Thing 'b' (it comes later)",
                "unsure=undecided: a.b",
                "elsewhere=test:index:Thing 'a': It is small.",
                "elsewhere=It is empty.",
            ],
            answer.NotApplicable.Select(entry => $"{entry.PolicyName}={entry.Reason}"));
    }

    [Fact]
    public async Task A_rule_that_throws_counts_as_violated_at_every_level_and_silences_no_other()
    {
        static IEnumerable<StackVerdict> ThrowAfterFinding(StackView resources)
        {
            yield return StackVerdict.On(resources.Resources[0], PolicyVerdict.Violation(Path, "found before"));
            throw new InvalidOperationException($"unexpected {Canary.Text}");
        }

        await using var pack = await ServedPack.StartAsync(
            new TestStackRule("throws", (resources, _) => ThrowAfterFinding(resources)),
            new TestStackRule("gives-null", (_, _) => [null!]),
            new TestStackRule("gives-a-verdict-of-null", (_, _) => [StackVerdict.OnStack(null!)]),
            new TestStackRule("gives-nothing-at-all", (_, _) => null!),
            new TestStackRule("works", (_, _) => [StackVerdict.OnStack(PolicyVerdict.Violation(Path, "wrong"))]));
        await pack.ConfigureStackAsync(("guard:mode", "audit"));

        var answer = await AnalyzeAsync(pack, Resource("a"));

        Assert.Equal(
            [
                "throws Advisory urn:a", "throws Mandatory ", "gives-null Mandatory ", "gives-a-verdict-of-null Mandatory ",
                "gives-nothing-at-all Mandatory ", "works Advisory ",
            ],
            answer.Diagnostics.Select(entry => $"{entry.PolicyName} {entry.EnforcementLevel} {entry.Urn}"));
        Assert.Contains("so nothing is known of this stack", answer.Diagnostics[1].Message, StringComparison.Ordinal);
        Canary.AssertAbsent(answer.ToString());
    }

    [Fact]
    public async Task Secrets_of_every_resource_its_provider_and_the_configuration_are_masked()
    {
        await using var pack = await ServedPack.StartAsync(new TestStackRule("leaks", (resources, _) =>
        [
            .. Canary.Forms.SelectMany(form => new[]
            {
                StackVerdict.On(resources.Resources[0], PolicyVerdict.Violation(PropertyPath.Root.Then(form), form)),
                StackVerdict.On(resources.Resources[0], PolicyVerdict.Undecided(PropertyPath.Root.Then(form), form)),
                StackVerdict.OnStack(PolicyVerdict.NotApplicable($"since {form} and provider-secret")),
            }),
        ]));
        var other = Resource("b", ("password", PropertyValue.Secret(Canary.Text)));
        other.Provider = new AnalyzerProviderResource
        {
            Properties = PropertyEncoding.Encode(
                MapValue.Empty.With("key", PropertyValue.Secret("provider-secret")), EncodingOptions.Analyzer),
        };

        var answer = await AnalyzeAsync(pack, Resource("a"), other);

        var text = string.Join('\n', answer.Diagnostics.Select(entry => entry.Message).Concat(answer.NotApplicable.Select(entry => entry.Reason)));
        Assert.Equal(3 * Canary.Forms.Count(), answer.Diagnostics.Count + answer.NotApplicable.Count);
        Assert.DoesNotContain("provider-secret", text, StringComparison.Ordinal);
        Canary.AssertAbsent(text);
    }

    [Theory]
    [InlineData(Level.Disabled, 0)]
    [InlineData(Level.Advisory, 1)]
    public async Task Levels_hold_for_stack_rules_too(Level level, int findings)
    {
        await using var pack = await ServedPack.StartAsync(
            new TestStackRule("one", (_, _) => [StackVerdict.OnStack(PolicyVerdict.Violation(Path, "wrong"))]));
        await pack.ConfigureAsync(("one", level));

        var answer = await AnalyzeAsync(pack, Resource("a"));

        Assert.Equal(findings, answer.Diagnostics.Count);
        Assert.All(answer.Diagnostics, entry => Assert.Equal(level, entry.EnforcementLevel));
    }

    [Fact]
    public async Task A_stack_that_breaks_the_protocol_is_an_error_and_no_pass()
    {
        await using var pack = await ServedPack.StartAsync(new TestStackRule("one", (_, _) => []));
        var odd = Resource("a");
        odd.Properties = new Struct
        {
            Fields = { ["odd"] = Value.ForStruct(new Struct { Fields = { [Signatures.Key] = Value.ForString("no such signature") } }) },
        };

        var error = await Assert.ThrowsAsync<RpcException>(() => AnalyzeAsync(pack, odd));

        Assert.Equal(StatusCode.InvalidArgument, error.Code);
    }

    [Fact]
    public async Task Two_resources_of_one_urn_are_both_judged()
    {
        await using var pack = await ServedPack.StartAsync(new TestStackRule("whole", (resources, _) =>
            resources.Resources.Select(each => StackVerdict.On(each, PolicyVerdict.Violation(Path, $"{each.Properties}")))));

        var answer = await AnalyzeAsync(pack, Resource("a", ("x", 1)), Resource("a", ("x", 2)));

        Assert.Equal(["urn:a", "urn:a"], answer.Diagnostics.Select(entry => entry.Urn));
    }

    [Fact]
    public async Task Stacks_of_500_resources_are_judged_quickly()
    {
        await using var pack = await ServedPack.StartAsync(new TestStackRule("pairs", (resources, _) =>
            resources.Resources
                .Where(each => resources.SourcesOf(each, "from").Length == 1)
                .Select(each => StackVerdict.On(each, PolicyVerdict.Violation(Path, $"{each} is {each.Read("text")}.")))));
        var stack = Enumerable.Range(0, 500).Select(index =>
        {
            var resource = Resource(
                $"r{index}",
                ("text", new string('x', 2000)),
                ("nested", new MapValue([new("deep", PropertyValue.Of(PropertyValue.Of("a"), PropertyValue.Unknown))])),
                ("password", PropertyValue.Secret($"secret-{index:00000}")));
            resource.PropertyDependencies["from"] = new PropertyDependencies { Urns = { $"urn:r{index / 2}" } };
            return resource;
        }).ToArray();
        await AnalyzeAsync(pack, stack);

        var watch = Stopwatch.StartNew();
        var answer = await AnalyzeAsync(pack, stack);
        output.WriteLine($"AnalyzeStack with 500 resources and 500 findings: {watch.ElapsedMilliseconds} ms");

        Assert.Equal(500, answer.Diagnostics.Count);
    }

    private static Task<AnalyzeResponse> AnalyzeAsync(ServedPack pack, params AnalyzerResource[] resources)
    {
        var request = new AnalyzeStackRequest();
        request.Resources.AddRange(resources);
        return pack.CallAsync(AnalyzerMethods.AnalyzeStack, request);
    }

    private static AnalyzerResource Resource(string name, params (string Name, PropertyValue Value)[] properties) => new()
    {
        Type = "test:index:Thing",
        Name = name,
        Urn = $"urn:{name}",
        Properties = PropertyEncoding.Encode(
            new MapValue(properties.Select(property => KeyValuePair.Create(property.Name, property.Value))), EncodingOptions.Analyzer),
    };
}
