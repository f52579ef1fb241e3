using CantonInfra.PolicySdk.Testing;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk.Tests.Harness;

public sealed class RuleUnderTestTests
{
    private const string Thing = "test:index:Thing";

    private static readonly PropertyPath Path = PropertyPath.Parse("a");

    [Fact]
    public void Expectations_that_are_not_met_say_what_was_said_instead()
    {
        var rule = Saying(_ => PolicyVerdict.Undecided(Path));

        var error = Assert.Throws<RuleExpectationException>(() => rule.Passes(Thing, "{}"));
        Assert.StartsWith("Expected Passed of tested-rule, but it is Undecided:\n  Undecided", error.Message, StringComparison.Ordinal);
        Assert.Throws<RuleExpectationException>(() => rule.Fails(Thing, "{}", "a"));
        Assert.Throws<RuleExpectationException>(() => rule.IsNotApplicable(Thing));
        Assert.Throws<RuleExpectationException>(() => rule.IsUndecided(Thing, "{}", "b"));
        Assert.Throws<RuleExpectationException>(() => rule.Mends(Thing, "{}", "{}"));
        rule.IsUndecided(Thing, "{}", "a");
    }

    [Fact]
    public void A_rule_that_throws_meets_no_expectation()
    {
        var rule = Saying(_ => throw new InvalidOperationException());

        Assert.Throws<RuleExpectationException>(() => rule.Passes(Thing, "{}"));
        Assert.Throws<RuleExpectationException>(() => rule.Fails(Thing, "{}"));
    }

    [Fact]
    public void A_message_must_name_the_resource() =>
        Assert.Throws<RuleExpectationException>(() => Saying(_ => PolicyVerdict.Violation(Path, "Wrong.")).Fails(Thing, "{}", "a"));

    [Fact]
    public void A_secret_is_seen_where_it_gets_out()
    {
        var masked = Saying(resource => PolicyVerdict.Violation(Path, $"{resource} has {resource.Read(Path)} here."));
        masked.KeepsSecret(Thing, "{'a': {'[secret]': 'SECRET'}}", "a");

        // Not marked as a secret, nobody masks it.
        Assert.Throws<RuleExpectationException>(() => masked.KeepsSecret(Thing, "{'a': 'SECRET'}", "a"));
        Assert.Throws<RuleExpectationException>(() => masked.KeepsSecret(Thing, "{'a': 'none'}", "a"));
    }

    [Fact]
    public void Rules_see_what_engines_send()
    {
        ResourceView? seen = null;
        Saying(resource =>
        {
            seen = resource;
            return PolicyVerdict.Pass;
        }).Passes(Thing, "{'known': [1, {'deep': '[unknown]'}], 'hidden': {'[secret]': {'part': true}}}");

        Assert.Equal(PropertyState.Unknown, seen!.Read("known[1].deep").State);
        Assert.True(seen.Read("hidden.part").IsSecret);
    }

    private static RuleUnderTest Saying(Func<ResourceView, PolicyVerdict> say) =>
        new(new TestRule("tested-rule", (resource, _) => [say(resource)]));
}
