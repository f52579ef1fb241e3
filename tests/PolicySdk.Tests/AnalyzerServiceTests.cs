using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;

namespace CantonInfra.PolicySdk.Tests;

[Collection("One at a time, for they measure time")]
public sealed class AnalyzerServiceTests
{
    private static readonly PropertyPath Path = PropertyPath.Parse("a.b");

    private static TestRule Violated(string id, bool neverLowered = false) =>
        new(id, (_, _) => [PolicyVerdict.Violation(Path, "It is wrong.")]) { NeverLowered = neverLowered };

    [Fact]
    public async Task Calls_that_only_open_the_conversation_are_answered()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));

        await pack.CallAsync(AnalyzerMethods.Handshake, new AnalyzerHandshakeRequest { EngineAddress = "127.0.0.1:1" });
        Assert.Equal("1.2.3", (await pack.CallAsync(AnalyzerMethods.GetPluginInfo, new Empty())).Version);
        Assert.Empty((await pack.CallAsync(AnalyzerMethods.AnalyzeStack, new AnalyzeStackRequest())).Diagnostics);
        Assert.Empty((await pack.CallAsync(AnalyzerMethods.Remediate, new AnalyzeRequest())).Remediations);
        Assert.False(pack.IsStopped);
        await pack.CallAsync(AnalyzerMethods.Cancel, new Empty());
        Assert.True(pack.IsStopped);
    }

    [Fact]
    public async Task The_pack_describes_its_policies()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));

        var info = await pack.InfoAsync();

        Assert.Equal(("test-pack", "1.2.3", true), (info.Name, info.Version, info.SupportsConfig));
        var policy = Assert.Single(info.Policies);
        Assert.Equal("one", policy.Name);
        Assert.Equal(Level.Mandatory, policy.EnforcementLevel);
        Assert.Equal(PolicyType.Resource, policy.PolicyType);
        Assert.Equal(Protocol.Wire.PolicySeverity.High, policy.Severity);
        Assert.Equal(["requirement:A13", "soc2:CC6.1"], policy.Tags);
        Assert.Equal(("soc2", "CC6.1"), (policy.Framework.Name, policy.Framework.Specification));
        Assert.Equal("The remediation.", policy.RemediationSteps);
    }

    [Fact]
    public async Task A_violation_before_any_configuration_is_mandatory()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));

        var diagnostic = Assert.Single((await pack.AnalyzeAsync()).Diagnostics);

        Assert.Equal(("one", "test-pack", "1.2.3"), (diagnostic.PolicyName, diagnostic.PolicyPackName, diagnostic.PolicyPackVersion));
        Assert.Equal(Level.Mandatory, diagnostic.EnforcementLevel);
        Assert.Equal("a.b: It is wrong.\nTo fix: The remediation.", diagnostic.Message);
        Assert.Equal("urn:pulumi:devnet::project::test:index:Thing::thing", diagnostic.Urn);
    }

    [Fact]
    public async Task Passed_not_applicable_and_undecided_can_be_told_apart()
    {
        await using var pack = await ServedPack.StartAsync(
            new TestRule("passes", (_, _) => []),
            new TestRule("passes-too", (_, _) => [PolicyVerdict.NotApplicable("a part"), PolicyVerdict.Pass]),
            new TestRule("applies-not", (_, _) => [PolicyVerdict.NotApplicable("the reason")]),
            new TestRule("knows-not", (_, _) => [PolicyVerdict.Undecided(Path), PolicyVerdict.Pass]));

        var answer = await pack.AnalyzeAsync();

        Assert.Empty(answer.Diagnostics);
        Assert.Equal(
            ["applies-not=the reason", "knows-not=undecided: a.b"],
            answer.NotApplicable.Select(entry => $"{entry.PolicyName}={entry.Reason}"));
    }

    [Fact]
    public async Task A_resource_of_another_type_is_not_applicable()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));

        var answer = await pack.AnalyzeAsync("other:index:Thing");

        Assert.Empty(answer.Diagnostics);
        Assert.Equal("one", Assert.Single(answer.NotApplicable).PolicyName);
    }

    // The first call of a type sorts the rules, later ones find them sorted.
    [Fact]
    public async Task Rules_for_other_types_are_not_applicable_beside_those_that_are_asked_in_every_call()
    {
        await using var pack = await ServedPack.StartAsync(
            new TestRule("other", (_, _) => []) { TestedTypes = () => ["other:index:Thing"] }, Violated("one"));

        for (var call = 0; call < 3; call++)
        {
            var ours = await pack.AnalyzeAsync();
            var others = await pack.AnalyzeAsync("other:index:Thing");
            var nobodys = await pack.AnalyzeAsync("third:index:Thing");

            Assert.Equal(("one", "other"), (Assert.Single(ours.Diagnostics).PolicyName, Assert.Single(ours.NotApplicable).PolicyName));
            Assert.Empty(others.Diagnostics);
            Assert.Equal("one", Assert.Single(others.NotApplicable).PolicyName);
            Assert.Empty(nobodys.Diagnostics);
            Assert.Equal(["other", "one"], nobodys.NotApplicable.Select(entry => entry.PolicyName));
        }
    }

    [Fact]
    public async Task A_configuration_holds_for_types_that_were_judged_before_it()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"), Violated("two"));
        await pack.AnalyzeAsync();
        await pack.AnalyzeAsync("other:index:Thing");

        await pack.ConfigureAsync(("one", Level.Disabled));

        Assert.Equal("two", Assert.Single((await pack.AnalyzeAsync()).Diagnostics).PolicyName);
        Assert.Equal("two", Assert.Single((await pack.AnalyzeAsync("other:index:Thing")).NotApplicable).PolicyName);
    }

    [Fact]
    public async Task A_rule_that_cannot_tell_its_types_counts_as_violated_in_every_call()
    {
        await using var pack = await ServedPack.StartAsync(
            new TestRule("throws", (_, _) => []) { TestedTypes = () => throw new InvalidOperationException() });

        for (var call = 0; call < 2; call++)
        {
            var diagnostic = Assert.Single((await pack.AnalyzeAsync()).Diagnostics);

            Assert.Contains("itself failed with System.InvalidOperationException", diagnostic.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_rule_that_throws_counts_as_violated_and_silences_no_other()
    {
        static IEnumerable<PolicyVerdict> ThrowAfterFinding(ResourceView resource)
        {
            yield return PolicyVerdict.Violation(Path, "found before");
            throw new InvalidOperationException($"unexpected {resource.Read("password").Value}");
        }

        await using var pack = await ServedPack.StartAsync(
            new TestRule("throws", (resource, _) => ThrowAfterFinding(resource)),
            new TestRule("gives-null", (_, _) => [null!]),
            new TestRule("gives-nothing-at-all", (_, _) => null!),
            Violated("works"));
        await pack.ConfigureStackAsync(("guard:mode", "audit"));

        var answer = await pack.AnalyzeAsync(("password", PropertyValue.Secret(Canary.Text)));

        Assert.Equal(
            ["throws", "throws", "gives-null", "gives-nothing-at-all", "works"], answer.Diagnostics.Select(entry => entry.PolicyName));
        Assert.Equal(
            [Level.Mandatory, Level.Mandatory, Level.Mandatory, Level.Mandatory, Level.Advisory],
            answer.Diagnostics.Select(entry => entry.EnforcementLevel).Select((level, index) => index == 0 ? Level.Mandatory : level));
        Assert.Contains("policy throws itself failed with System.InvalidOperationException", answer.Diagnostics[1].Message, StringComparison.Ordinal);
        Canary.AssertAbsent(answer.ToString());
    }

    [Fact]
    public async Task No_secret_leaves_however_a_rule_mishandles_it()
    {
        static IEnumerable<PolicyVerdict> Leak(ResourceView resource, StackContext stack)
        {
            resource.Read("password").TryGetText(out var text);
            foreach (var form in Canary.Forms)
            {
                yield return PolicyVerdict.Violation(PropertyPath.Root.Then(form), $"{text} or {form}");
                yield return PolicyVerdict.Undecided(PropertyPath.Root.Then(form));
            }

            yield return PolicyVerdict.Violation(Path, $"{stack.Config} {resource.Properties} {resource.Read("nested.part")}");
        }

        await using var pack = await ServedPack.StartAsync(
            new TestRule("leaks", Leak),
            new TestRule("excuses", (resource, _) => [PolicyVerdict.NotApplicable($"since it is {Canary.Text}")]));
        var request = new AnalyzerStackConfigureRequest { Stack = "devnet" };
        request.Config["app:key"] = Canary.Text;
        request.ConfigSecretKeys.Add("app:key");
        await pack.ConfigureStackAsync(request);

        var answer = await pack.AnalyzeAsync(
            ("password", PropertyValue.Secret(Canary.Text)),
            ("nested", new MapValue([new("part", PropertyValue.Secret(PropertyValue.Of(Canary.Text)))])));

        Assert.Equal(Canary.Forms.Count() + 1, answer.Diagnostics.Count);
        Canary.AssertAbsent(answer.ToString());
        Canary.AssertAbsent(string.Join('\n', answer.Diagnostics.Select(entry => entry.Message)));
        Canary.AssertAbsent(string.Join('\n', answer.NotApplicable.Select(entry => entry.Reason)));
    }

    [Fact]
    public async Task Audit_lowers_all_but_rules_that_are_never_lowered()
    {
        await using var pack = await ServedPack.StartAsync(Violated("usual"), Violated("regions", neverLowered: true));
        await pack.ConfigureStackAsync(("guard:mode", "audit"));

        Assert.Equal([Level.Advisory, Level.Mandatory], (await pack.AnalyzeAsync()).Diagnostics.Select(entry => entry.EnforcementLevel));
        Assert.Equal([Level.Advisory, Level.Mandatory], (await pack.InfoAsync()).Policies.Select(entry => entry.EnforcementLevel));
    }

    [Theory]
    [InlineData(null, null, Level.Mandatory)]
    [InlineData("deny", null, Level.Mandatory)]
    [InlineData("audit", null, Level.Advisory)]
    [InlineData("audit", Level.Mandatory, Level.Mandatory)]
    [InlineData("audit", Level.Remediate, Level.Mandatory)]
    [InlineData("deny", Level.Advisory, Level.Advisory)]
    [InlineData(null, Level.Advisory, Level.Advisory)]
    [InlineData("deny", Level.Disabled, null)]
    public async Task A_level_of_a_policy_configuration_wins_over_the_mode(string? mode, Level? level, Level? expected)
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));
        if (mode is not null)
        {
            await pack.ConfigureStackAsync(("guard:mode", mode));
        }

        if (level is { } configured)
        {
            await pack.ConfigureAsync(("one", configured));
        }

        var answer = await pack.AnalyzeAsync();

        Assert.Equal(expected, answer.Diagnostics.SingleOrDefault()?.EnforcementLevel);
        Assert.Empty(answer.NotApplicable);
    }

    [Fact]
    public async Task All_stands_for_the_rules_that_are_not_named()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"), Violated("two"));
        await pack.ConfigureAsync(("all", Level.Advisory), ("two", Level.Mandatory));

        Assert.Equal([Level.Advisory, Level.Mandatory], (await pack.AnalyzeAsync()).Diagnostics.Select(entry => entry.EnforcementLevel));
    }

    [Theory]
    [InlineData("regions")]
    [InlineData("all")]
    public async Task Disabling_a_rule_that_is_never_lowered_fails_and_changes_nothing(string key)
    {
        await using var pack = await ServedPack.StartAsync(Violated("regions", neverLowered: true));

        var error = await Assert.ThrowsAsync<RpcException>(() => pack.ConfigureAsync((key, Level.Disabled)));

        Assert.Equal(StatusCode.InvalidArgument, error.Code);
        Assert.Contains("disables regions", error.Message, StringComparison.Ordinal);
        Assert.Equal(Level.Mandatory, Assert.Single((await pack.AnalyzeAsync()).Diagnostics).EnforcementLevel);
    }

    [Fact]
    public async Task An_unknown_mode_fails_and_leaves_all_mandatory()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));
        await pack.ConfigureStackAsync(("guard:mode", "audit"));

        var error = await Assert.ThrowsAsync<RpcException>(() => pack.ConfigureStackAsync(("guard:mode", "autid")));

        Assert.Contains("guard:mode = \"autid\"", error.Message, StringComparison.Ordinal);
        Assert.Equal(Level.Mandatory, Assert.Single((await pack.AnalyzeAsync()).Diagnostics).EnforcementLevel);
    }

    [Fact]
    public async Task A_mode_of_another_namespace_is_not_the_packs()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));
        await pack.ConfigureStackAsync(("project:mode", "audit"));

        Assert.Equal(Level.Mandatory, Assert.Single((await pack.AnalyzeAsync()).Diagnostics).EnforcementLevel);
    }

    [Fact]
    public async Task A_request_that_breaks_the_protocol_is_an_error_and_no_pass()
    {
        await using var pack = await ServedPack.StartAsync(Violated("one"));
        var request = new AnalyzeRequest { Type = "test:index:Thing", Properties = new Struct() };
        request.Properties.Fields["odd"] = Value.ForStruct(
            new Struct { Fields = { [Signatures.Key] = Value.ForString("no such signature") } });

        var error = await Assert.ThrowsAsync<RpcException>(() => pack.CallAsync(AnalyzerMethods.Analyze, request));

        Assert.Equal(StatusCode.InvalidArgument, error.Code);
    }

    [Fact]
    public async Task A_rule_that_hangs_keeps_no_other_call_and_no_deadline_from_being_answered()
    {
        using var release = new ManualResetEventSlim();
        await using var pack = await ServedPack.StartAsync(new TestRule("hangs", (resource, _) =>
        {
            if (resource.Properties["hang"] is not null)
            {
                release.Wait(TimeSpan.FromSeconds(20));
            }

            return [];
        }));

        var hanging = pack.CallAsync(
            AnalyzerMethods.Analyze,
            new AnalyzeRequest
            {
                Type = "test:index:Thing",
                Properties = new Struct { Fields = { ["hang"] = Value.ForBool(true) } },
            },
            TimeSpan.FromMilliseconds(300));

        Assert.Empty((await pack.AnalyzeAsync()).Diagnostics);
        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => hanging)).Code);
        release.Set();
    }

    [Fact]
    public async Task Rules_see_options_provider_and_stack()
    {
        var seen = "";
        await using var pack = await ServedPack.StartAsync(new TestRule("looks", (resource, stack) =>
        {
            seen = $"{resource} {resource.Options.Protect} {resource.Options.Parent} {resource.Options.DeleteBeforeReplace} "
                + $"{resource.Provider!.Type} {resource.Provider.Properties} {stack.Stack} {stack.IsDryRun} {stack.ReadConfig("a:b")} "
                + $"{stack.ReadConfig("a:c")}";
            return [];
        }));
        var config = new AnalyzerStackConfigureRequest { Stack = "devnet", DryRun = true };
        config.Config.Add("a:b", "1");
        config.Config.Add("a:c", "hidden-value");
        config.ConfigSecretKeys.Add("a:c");
        await pack.ConfigureStackAsync(config);

        await pack.CallAsync(AnalyzerMethods.Analyze, new AnalyzeRequest
        {
            Type = "test:index:Thing",
            Name = "thing",
            Options = new AnalyzerResourceOptions { Protect = true, Parent = "urn:p", DeleteBeforeReplace = true },
            Provider = new AnalyzerProviderResource
            {
                Type = "pulumi:providers:test",
                Properties = new Struct { Fields = { ["location"] = Value.ForString("x") } },
            },
        });

        Assert.Equal(
            "Thing 'thing' True urn:p  pulumi:providers:test {\"location\":\"x\"} devnet True \"1\" [secret]", seen);
    }
}
