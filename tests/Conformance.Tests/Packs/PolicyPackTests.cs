using CantonInfra.Conformance.Tests.Support;
using CantonInfra.Conformance.Tests.Twins;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Conformance.Tests.Packs;

/// <summary>Policy packs written with the official Node SDK judge programs on our engine.</summary>
public sealed class PolicyPackTests
{
    [NodeFact]
    public async Task A_pack_tells_its_name_version_and_levels()
    {
        var result = await TwinStack.OfficialAsync("no-inputs", "packs/levels");

        var pack = Assert.Single(result.Policies.Packs);
        Assert.Equal(("levels", "1.2.3"), (pack.Name, pack.Version));
        Assert.Equal(
            [
                "advises Advisory", "demands Mandatory", "limits Advisory", "sees-options Advisory", "sees-provider Advisory",
                "sees-unknown Advisory", "silenced Disabled", "sleeps Disabled", "typed Advisory",
            ],
            pack.Policies.Select(policy => $"{policy.Name} {policy.Level}"));
    }

    [NodeFact]
    public async Task A_mandatory_finding_fails_the_preview_and_disabled_policies_are_silent()
    {
        var result = await TwinStack.OfficialAsync("plain", "packs/levels");

        Assert.Equal(PreviewOutcome.PolicyViolation, result.Outcome);
        Assert.Equal(
            ["advises Advisory: advice on a", "demands Mandatory: a must not say x", "limits Advisory: 3 is more than 2 pieces"],
            Findings(result, "advises", "demands", "limits", "sleeps", "silenced"));
    }

    [NodeFact]
    public async Task An_advisory_finding_does_not()
    {
        var result = await TwinStack.OfficialAsync("no-inputs", "packs/levels");

        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        Assert.Equal(["advises Advisory: advice on a"], Findings(result, "advises", "demands"));
    }

    [NodeFact]
    public async Task A_policy_configuration_sets_levels_and_properties()
    {
        var result = await TwinStack.ConfiguredAsync(
            "plain", "packs/levels", """{"all": "advisory", "advises": "disabled", "limits": {"enforcementLevel": "mandatory", "most": 1}}""");

        Assert.Equal(PreviewOutcome.PolicyViolation, result.Outcome);
        Assert.Equal(
            [
                "demands Advisory: a must not say x", "limits Mandatory: 3 is more than 1 pieces",
                "silenced Advisory: never either", "sleeps Advisory: never",
            ],
            Findings(result, "advises", "demands", "limits", "silenced", "sleeps"));
    }

    [NodeTheory]
    [InlineData("""{"limits": {"most": "many"}}""", "'most' of 'limits' must be of the type number.")]
    [InlineData("""{"none": "advisory"}""", "has no policy 'none'")]
    public async Task A_policy_configuration_that_does_not_fit_is_refused(string policies, string message)
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TwinStack.ConfiguredAsync("plain", "packs/levels", policies));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Options_and_providers_are_handed_over()
    {
        Assert.Contains(
            "sees-options Advisory: protected, ignores text",
            Findings(await TwinStack.OfficialAsync("everything", "packs/levels"), "sees-options"));
        Assert.Contains(
            "sees-provider Advisory: provider pulumi:providers:test p west",
            Findings(await TwinStack.OfficialAsync("explicit-provider", "packs/levels"), "sees-provider"));
    }

    [NodeFact]
    public async Task A_policy_that_touches_an_unknown_says_so()
    {
        var result = await TwinStack.OfficialAsync("implicit-dependency", "packs/levels");

        Assert.Contains(Findings(result, "sees-unknown"), finding => finding.Contains("preview", StringComparison.Ordinal));
        Assert.DoesNotContain(Findings(result, "sees-unknown"), finding => finding.Contains("not reached", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task A_policy_over_a_class_of_an_official_package_gets_its_properties() =>
        Assert.Equal(["typed Advisory: length 32"], Findings(await TwinStack.OfficialAsync("random", "packs/levels"), "typed"));

    [NodeFact]
    public async Task A_program_on_our_SDK_is_judged_alike()
    {
        var ours = await TwinStack.OursAsync("everything", "packs/levels", "packs/whole-stack");
        var official = await TwinStack.OfficialAsync("everything", "packs/levels", "packs/whole-stack");

        Assert.Equal(official.Policies.Findings.AsEnumerable(), ours.Policies.Findings);
    }

    [NodeFact]
    public async Task Remediation_changes_the_plan_and_what_the_program_gets_back()
    {
        var result = await TwinStack.OfficialAsync("secret-passed-on", "packs/mending");

        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        var map = Assert.IsType<MapValue>(result.Plan.Resources.Single(resource => resource.Name == "a").Inputs["map"]!.Unwrapped);
        Assert.Equal("team", map["owner"]);
        Assert.Equal(PropertyValue.Secret("pw"), map["closed"]);
        Assert.Contains(result.Policies.Remediations, record => record is { Policy: "tags", Message: "" });
    }

    [NodeFact]
    public async Task A_stack_policy_sees_parents_and_dependencies()
    {
        var result = await TwinStack.OfficialAsync("implicit-dependency", "packs/whole-stack");

        Assert.Equal(PreviewOutcome.PolicyViolation, result.Outcome);
        Assert.Equal(
            [
                "counts Advisory: 2 probes", "edges Mandatory: a under twins-dev", "edges Mandatory: b after a",
                "edges Mandatory: b under twins-dev", "edges Mandatory: b.map from a", "edges Mandatory: b.text from a",
            ],
            Findings(result, "counts", "edges"));
    }

    [NodeTheory]
    [InlineData("packs/crashing", "exit code 7")]
    [InlineData("packs/throwing", "the policy is broken")]
    [InlineData("packs/broken", "the pack is broken")]
    public async Task A_pack_that_fails_fails_the_preview_and_is_named(string pack, string words)
    {
        var result = await TwinStack.OfficialAsync("plain", pack);

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        var errors = string.Join('\n', result.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message));
        Assert.Contains(pack, errors, StringComparison.Ordinal);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    private static string[] Findings(PreviewResult result, params string[] policies) =>
    [
        .. result.Policies.Findings
            .Where(finding => policies.Contains(finding.Policy))
            // The pack puts the policy's description before each message.
            .Select(finding => $"{finding.Policy} {finding.Level}: {finding.Message[(finding.Message.IndexOf('\n', StringComparison.Ordinal) + 1)..]}")
            .Order(StringComparer.Ordinal),
    ];
}
