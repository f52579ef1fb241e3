using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class ModeWithinLimitsTests
{
    private static readonly PolicyPack Pack = Guardrails.Load(AppContext.BaseDirectory, TimeProvider.System);

    [Theory]
    [InlineData("mainnet", "audit", PolicyOutcome.Violated)]
    [InlineData("org/canton-infra/mainnet", "audit", PolicyOutcome.Violated)]
    [InlineData("mainnet-2", "audit", PolicyOutcome.Violated)]
    [InlineData("subscription-prod", "audit", PolicyOutcome.Violated)]
    [InlineData("mainnet", "deny", PolicyOutcome.Passed)]
    [InlineData("mainnet", null, PolicyOutcome.Passed)]
    [InlineData("devnet", "audit", PolicyOutcome.Passed)]
    [InlineData("devnet", "deny", PolicyOutcome.Passed)]
    public void A_stack_may_not_ask_for_less_than_its_bound(string stack, string? mode, PolicyOutcome expected)
    {
        var request = new AnalyzerStackConfigureRequest { Stack = stack, Project = "canton-infra" };
        if (mode is not null)
        {
            request.Config["canton-infra:mode"] = mode;
        }

        var result = Judge(StackContext.From(request), Enforcement.Strict.In(PolicyMode.Audit));

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected == PolicyOutcome.Violated, result.IsBlocking);
    }

    [Fact]
    public void Without_a_stack_there_is_no_mode_to_judge() =>
        Assert.Equal(PolicyOutcome.Passed, Judge(StackContext.NotReceived, Enforcement.Strict).Outcome);

    private static PolicyResult Judge(StackContext stack, Enforcement enforcement) => Assert.Single(
        PolicyJudge.Judge(
            Pack,
            enforcement,
            stack,
            new ResourceView("urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", ResourceType.Parse("pulumi:pulumi:Stack"), "p-s", MapValue.Empty)),
        result => result.Policy.Id == "mode-within-limits");
}
