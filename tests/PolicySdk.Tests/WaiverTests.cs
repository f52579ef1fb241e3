using System.Collections.Immutable;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;

namespace CantonInfra.PolicySdk.Tests;

public sealed class WaiverTests
{
    private const string Type = "test:index:Thing";
    private const string Thing = "urn:pulumi:devnet::project::test:index:Thing::thing";
    private const string LastDay = "2030-01-31T23:59:59Z";
    private const string DayAfter = "2030-02-01T00:00:00Z";

    private static readonly WaiverSubject ThisThing = WaiverSubject.OfUrn(Thing);

    private static readonly TestRule Broken =
        new("broken", (_, _) => [PolicyVerdict.Violation(PropertyPath.Parse("a.b"), "It is wrong.")]);

    [Fact]
    public async Task A_waived_violation_is_no_violation_and_no_pass()
    {
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], Broken);
        await pack.ConfigureStackAsync();

        var answer = await pack.AnalyzeAsync();

        Assert.Empty(answer.Diagnostics);
        Assert.Equal(
            "broken=waived: a.b: It is wrong. (waiver T-1 of team until 2030-01-31: for a while)",
            Assert.Single(answer.NotApplicable.Select(entry => $"{entry.PolicyName}={entry.Reason}")));
        Assert.Empty(await AuditAsync(pack));
    }

    [Fact]
    public async Task After_its_last_day_it_has_no_effect_and_is_a_finding()
    {
        await using var pack = await StartAsync(DayAfter, [Waive(ThisThing)], Broken);
        await pack.ConfigureStackAsync();

        var diagnostic = Assert.Single((await pack.AnalyzeAsync()).Diagnostics);

        Assert.Equal(Level.Mandatory, diagnostic.EnforcementLevel);
        Assert.Contains("The waiver T-1 of team ended with 2030-01-31.", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("It has expired", Assert.Single(await AuditAsync(pack)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, "2030-01-01T00:00:00Z", true)]
    [InlineData(29, "2030-01-01T23:59:59Z", false)]
    [InlineData(1, "2030-01-30T00:00:00Z", true)]
    [InlineData(366, "2020-01-01T00:00:00Z", false)]
    public async Task One_that_runs_for_longer_than_it_may_permits_nothing_and_is_a_finding(int days, string now, bool holds)
    {
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", new WaiverAudit(), Broken)
        {
            Waivers = [Waive(ThisThing)],
            WaiverLimit = _ => new WaiverLimit(days, "decided monthly"),
            Clock = new FixedClock(now),
        });
        await pack.ConfigureStackAsync();

        var answer = await pack.AnalyzeAsync();
        var findings = await AuditAsync(pack);

        Assert.Equal(holds, answer.Diagnostics.Count == 0);
        Assert.Equal(holds, findings.Count == 0);
        if (!holds)
        {
            Assert.Contains("permits nothing, for it runs until 2030-01-31", answer.Diagnostics[0].Message, StringComparison.Ordinal);
            Assert.Contains("It runs for too long", findings[0], StringComparison.Ordinal);
            Assert.Contains("(decided monthly)", findings[0], StringComparison.Ordinal);
        }
    }

    // Stack, days that this stack's waivers may have, mode: what a waiver of 30 days comes to.
    [Theory]
    [InlineData("devnet", 30, "deny", "waived", "")]
    [InlineData("devnet", 29, "deny", "mandatory", "mandatory")]
    [InlineData("devnet", 29, "audit", "advisory", "advisory")]
    [InlineData("other", 29, "deny", "waived", "")]
    public async Task The_limit_of_the_stack_counts_in_its_mode(string limited, int days, string mode, string violation, string finding)
    {
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", new WaiverAudit(), Broken)
        {
            ConfigNamespace = "guard",
            Waivers = [Waive(ThisThing)],
            WaiverLimit = stack => stack.StackName == limited ? new WaiverLimit(days, "so") : new WaiverLimit(90, "else"),
            Clock = new FixedClock("2030-01-01T00:00:00Z"),
        });
        await pack.ConfigureStackAsync(("guard:mode", mode));

        var answer = await pack.AnalyzeAsync();
        var audit = await pack.CallAsync(AnalyzerMethods.AnalyzeStack, Stack("thing"));

        var level = answer.Diagnostics.SingleOrDefault()?.EnforcementLevel.ToString() ?? "waived";
        Assert.Equal(violation, level, ignoreCase: true);
        Assert.Equal(finding, string.Concat(audit.Diagnostics.Select(each => each.EnforcementLevel)), ignoreCase: true);
    }

    [Fact]
    public async Task One_that_has_expired_is_told_as_expired_whatever_the_limit()
    {
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", new WaiverAudit(), Broken)
        {
            Waivers = [Waive(ThisThing)],
            WaiverLimit = _ => new WaiverLimit(1, "so"),
            Clock = new FixedClock(DayAfter),
        });
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        Assert.Contains("It has expired", Assert.Single(await AuditAsync(pack)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_nothing_needs_is_a_finding()
    {
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], new TestRule("broken", (_, _) => []));
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        Assert.Contains("is for what keeps the rule", Assert.Single(await AuditAsync(pack)), StringComparison.Ordinal);
        Assert.Contains("is for no resource of this stack", Assert.Single(await AuditAsync(pack, "other")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_whose_resource_was_not_judged_in_this_run_is_no_finding()
    {
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], Broken);
        await pack.ConfigureStackAsync();

        Assert.Empty(await AuditAsync(pack));
    }

    [Fact]
    public async Task One_for_what_is_not_known_yet_is_kept()
    {
        var unknown = new TestRule("broken", (_, _) => [PolicyVerdict.Undecided(PropertyPath.Parse("a"))]);
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], unknown);
        await pack.ConfigureStackAsync();

        Assert.Equal("undecided: a", Assert.Single((await pack.AnalyzeAsync()).NotApplicable).Reason);
        Assert.Empty(await AuditAsync(pack));
    }

    [Fact]
    public async Task A_rule_that_fails_is_not_waived()
    {
        var failing = new TestRule("broken", (_, _) => throw new InvalidOperationException());
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], failing);
        await pack.ConfigureStackAsync();

        Assert.Equal(Level.Mandatory, Assert.Single((await pack.AnalyzeAsync()).Diagnostics).EnforcementLevel);
    }

    [Fact]
    public async Task Without_a_stack_nothing_is_waived()
    {
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], Broken);

        Assert.Single((await pack.AnalyzeAsync()).Diagnostics);
    }

    [Fact]
    public async Task Another_run_starts_with_none_used()
    {
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], new TestRule("broken", (_, _) => []));
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();
        await pack.ConfigureStackAsync();

        Assert.Empty(await AuditAsync(pack));
    }

    [Theory]
    [InlineData("project", "devnet", "test:index:Thing", "thing", true)]
    [InlineData("project", "dev*", "test:index:Thing", "th*", true)]
    [InlineData("project", "mainnet", "test:index:Thing", "thing", false)]
    [InlineData("other", "devnet", "test:index:Thing", "thing", false)]
    [InlineData("project", "devnet", "test:index:Other", "thing", false)]
    [InlineData("project", "devnet", "test:index:Thing", "thin", false)]
    public async Task A_pattern_means_a_project_stacks_a_type_and_names(string project, string stack, string type, string name, bool isWaived)
    {
        var subject = WaiverSubject.OfType(project, [new NamePattern(stack)], type, new NamePattern(name));
        await using var pack = await StartAsync(LastDay, [Waive(subject)], Broken);
        await pack.ConfigureStackAsync();

        Assert.Equal(isWaived, (await pack.AnalyzeAsync()).Diagnostics.Count == 0);
    }

    [Fact]
    public void A_type_has_no_version_in_a_waiver() => Assert.True(
        WaiverSubject.OfType("p", [new NamePattern("s")], "azure-native:compute:Disk", new NamePattern("d"))
            .Matches("urn:pulumi:s::p::my:c:Parent$azure-native:compute/v20240101:Disk::d"));

    [Fact]
    public async Task Rules_over_stacks_are_waived_for_a_resource_but_not_for_the_stack()
    {
        var path = PropertyPath.Parse("a");
        var rule = new TestStackRule("broken", (stack, _) =>
        [
            StackVerdict.On(stack.Resources[0], PolicyVerdict.Violation(path, "Wrong.")),
            StackVerdict.OnStack(PolicyVerdict.Violation(path, "Wrong at all.")),
        ]);
        await using var pack = await StartAsync(LastDay, [Waive(ThisThing)], rule);
        await pack.ConfigureStackAsync();

        var answer = await pack.CallAsync(AnalyzerMethods.AnalyzeStack, Stack("thing"));

        Assert.StartsWith(
            "waived: test:index:Thing 'thing': a: Wrong. (", Assert.Single(answer.NotApplicable).Reason, StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(answer.Diagnostics).Urn);
    }

    [Fact]
    public void A_pack_with_waivers_audits_them_and_knows_their_rules()
    {
        Assert.Throws<ArgumentException>(() => new PolicyPack("p", "1.0.0", Broken) { Waivers = [Waive(ThisThing)] });
        Assert.Throws<ArgumentException>(() => new PolicyPack("p", "1.0.0", new WaiverAudit()) { Waivers = [Waive(ThisThing)] });
        Assert.Throws<ArgumentException>(() => new PolicyPack("p", "1.0.0", new WaiverAudit())
        {
            Waivers = [Waive(ThisThing) with { Rule = "waivers-in-order" }],
        });
    }

    // Mode asked for, least mode, level of a policy configuration, waived: what a violation comes to.
    [Theory]
    [InlineData(null, false, null, false, "mandatory")]
    [InlineData("deny", false, null, false, "mandatory")]
    [InlineData("audit", false, null, false, "advisory")]
    [InlineData("audit", true, null, false, "mandatory")]
    [InlineData("deny", true, null, false, "mandatory")]
    [InlineData(null, true, null, false, "mandatory")]
    [InlineData("audit", true, Level.Advisory, false, "advisory")]
    [InlineData("audit", false, Level.Mandatory, false, "mandatory")]
    [InlineData("audit", true, Level.Disabled, false, "nothing")]
    [InlineData("deny", false, Level.Advisory, false, "advisory")]
    [InlineData("deny", true, Level.Remediate, false, "mandatory")]
    [InlineData("deny", false, null, true, "waived")]
    [InlineData("audit", false, null, true, "waived")]
    [InlineData("audit", true, null, true, "waived")]
    [InlineData(null, true, Level.Mandatory, true, "waived")]
    [InlineData("deny", true, Level.Disabled, true, "nothing")]
    [InlineData("none", false, null, false, "mandatory")]
    [InlineData("none", true, null, true, "mandatory")]
    [InlineData("none", true, Level.Advisory, true, "advisory")]
    public async Task Modes_limits_configuration_and_waivers_have_a_precedence(
        string? mode, bool mustDeny, Level? level, bool isWaived, string expected)
    {
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", Broken, new WaiverAudit())
        {
            ConfigNamespace = "guard",
            LeastMode = _ => mustDeny ? PolicyMode.Deny : PolicyMode.Audit,
            Waivers = isWaived ? [Waive(ThisThing)] : [],
            Clock = new FixedClock(LastDay),
        });
        if (mode != "none")
        {
            await pack.ConfigureStackAsync(mode is null ? [] : [("guard:mode", mode)]);
        }

        if (level is { } configured)
        {
            await pack.ConfigureAsync(("broken", configured));
        }

        var answer = await pack.AnalyzeAsync();

        Assert.Equal(expected, (answer.Diagnostics.SingleOrDefault(), answer.NotApplicable.SingleOrDefault()) switch
        {
            ({ EnforcementLevel: Level.Mandatory }, null) => "mandatory",
            ({ EnforcementLevel: Level.Advisory }, null) => "advisory",
            (null, { } entry) when entry.Reason.StartsWith("waived: ", StringComparison.Ordinal) => "waived",
            (null, null) => "nothing",
            _ => "something else",
        });
    }

    private static PolicyWaiver Waive(WaiverSubject subject) =>
        new("broken", subject, "team", "for a while", "T-1", new DateOnly(2030, 1, 31));

    private static Task<ServedPack> StartAsync(string now, ImmutableArray<PolicyWaiver> waivers, Policy rule) =>
        ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", new WaiverAudit(), rule)
        {
            Waivers = waivers,
            Clock = new FixedClock(now),
        });

    private static async Task<IReadOnlyList<string>> AuditAsync(ServedPack pack, string name = "thing")
    {
        var answer = await pack.CallAsync(AnalyzerMethods.AnalyzeStack, Stack(name));
        return [.. answer.Diagnostics.Where(each => each.PolicyName == "waivers-in-order").Select(each => each.Message)];
    }

    private static AnalyzeStackRequest Stack(string name)
    {
        var request = new AnalyzeStackRequest();
        request.Resources.Add(new AnalyzerResource
        {
            Type = Type,
            Name = name,
            Urn = $"urn:pulumi:devnet::project::{Type}::{name}",
            Properties = PropertyEncoding.Encode(MapValue.Empty, EncodingOptions.Analyzer),
        });
        return request;
    }
}
