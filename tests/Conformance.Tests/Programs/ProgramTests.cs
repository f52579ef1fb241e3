using CantonInfra.Conformance.Tests.Support;
using CantonInfra.Conformance.Tests.Twins;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Conformance.Tests.Programs;

/// <summary>Programs written against the official Node SDK run on our engine, and the plan says what they say.</summary>
public sealed class ProgramTests
{
    private const string Prefix = "urn:pulumi:dev::twins::";

    [NodeFact]
    public async Task Components_are_groups_of_their_children()
    {
        var plan = await PlanAsync("nested-components");

        Assert.Equal(
            [
                "pulumi:pulumi:Stack::twins-dev",
                "test:index:Group::outer",
                "test:index:Group$test:index:Group::inner",
                "test:index:Group$test:index:Group$test:index:Probe::leaf",
                "test:index:Group$test:index:Probe::beside",
                "pulumi:providers:test::default",
            ],
            plan.Resources.Select(resource => resource.Urn[Prefix.Length..]));
        Assert.Equal(PropertyValue.Of(2), Find(plan, "inner").Outputs["depth"]);
        Assert.Equal(Find(plan, "inner").Urn, Find(plan, "leaf").Parent);
    }

    [NodeFact]
    public async Task Explicit_providers_are_used_inherited_and_told_apart_from_default_ones()
    {
        var plan = await PlanAsync("providers-of-component");

        Assert.Equal(
            ["a p", "b q", "c r", "d r", "e q"],
            plan.Resources.Where(resource => resource.Name.Length == 1 && resource.Provider.Length > 0)
                .Select(resource => $"{resource.Name} {plan.Resources.Single(other => other.Urn == resource.Provider).Name}")
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(plan.Resources, resource => resource.Kind == ResourceKind.DefaultProvider);
    }

    [NodeFact]
    public async Task Resources_of_a_package_share_its_versions_default_provider()
    {
        var plan = await PlanAsync("random");

        var provider = Assert.Single(plan.Resources, resource => resource.Kind == ResourceKind.DefaultProvider);
        Assert.Equal("default_4_21_1", provider.Name);
        Assert.All(
            plan.Resources.Where(resource => resource.Type.StartsWith("random:", StringComparison.Ordinal)),
            resource => Assert.Equal(provider.Urn, resource.Provider));
    }

    [NodeFact]
    public async Task The_configuration_of_a_package_configures_its_default_provider()
    {
        var plan = await PlanAsync("azure-lock-and-policy");

        Assert.Equal("germanywestcentral", Assert.Single(plan.Resources, resource => resource.Kind == ResourceKind.DefaultProvider).Inputs["location"]);
    }

    [NodeFact]
    public async Task Secrets_stay_secret()
    {
        var a = Find(await PlanAsync("secret-in-map"), "a");

        Assert.Equal(PropertyValue.Secret("pw"), ((MapValue)a.Inputs["map"]!)["closed"]);
        Assert.False(((MapValue)a.Inputs["map"]!)["open"]!.ContainsSecrets);
    }

    [NodeFact]
    public async Task Secrets_of_the_configuration_are_secret_and_never_shown()
    {
        var result = await TwinStack.OfficialAsync("config-secret");

        Assert.Equal(PropertyValue.Secret("known secret"), Find(result.Plan, "a").Inputs["text"]);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Message.Contains("known secret", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task What_only_a_provider_knows_is_unknown_and_brings_a_dependency()
    {
        var b = Find(await PlanAsync("implicit-dependency"), "b");

        Assert.Equal(PropertyValue.Unknown, b.Inputs["text"]);
        Assert.Equal([$"{Prefix}test:index:Probe::a"], b.Dependencies.AsEnumerable());
        Assert.Equal([$"{Prefix}test:index:Probe::a"], b.PropertyDependencies["text"].AsEnumerable());
    }

    [NodeFact]
    public async Task A_dependency_on_a_component_is_one_on_what_is_in_it()
    {
        var after = Find(await PlanAsync("depends-on-component"), "after");

        Assert.Equal(
            [$"{Prefix}test:index:Group$test:index:Group$test:index:Probe::b", $"{Prefix}test:index:Group$test:index:Probe::a"],
            after.Dependencies.AsEnumerable());
    }

    [NodeFact]
    public async Task Aliases_are_former_urns_also_of_children()
    {
        var plan = await PlanAsync("alias-by-name");

        Assert.Equal([$"{Prefix}test:index:Probe::old-a"], Find(plan, "a").Options.Aliases.AsEnumerable());
        Assert.Equal([$"{Prefix}test:index:Group$test:index:Probe::old-g-child"], Find(plan, "g-child").Options.Aliases.AsEnumerable());
    }

    [NodeFact]
    public async Task Transformations_change_inputs_and_options()
    {
        var plan = await PlanAsync("transform-component");

        Assert.Equal("from a transformation", Find(plan, "a").Inputs["text"]);
        Assert.Equal(["text"], Find(plan, "a").Options.IgnoreChanges.AsEnumerable());
        Assert.True(Find(plan, "b").Options.Protect);
        Assert.Equal("x", Find(plan, "b").Inputs["text"]);
    }

    [NodeFact]
    public async Task A_function_that_the_engine_knows_gives_unknowns()
    {
        var provider = Find(await PlanAsync("kubernetes-provider"), "k8s");

        Assert.True(provider.Inputs["kubeconfig"]!.IsUnknown);
        Assert.Equal("true", provider.Inputs["enableServerSideApply"]);
    }

    [NodeFact]
    public async Task References_to_resources_are_kept()
    {
        var plan = await PlanAsync("read-as-input");

        Assert.Equal(
            ($"{Prefix}test:index:Probe::known", "id-1"),
            Find(plan, "b").Inputs["resource"] is ResourceReferenceValue reference ? (reference.Urn, reference.Id) : default);
    }

    [NodeFact]
    public async Task Assets_and_archives_are_kept()
    {
        var plan = await PlanAsync("archives");

        Assert.Equal(new ArchiveValue(AssetSource.Path, "twins"), Find(plan, "a").Inputs["source"]);
        Assert.Equal(new AssetValue(AssetSource.Text, "a"), ((ArchiveValue)Find(plan, "c").Inputs["source"]!).Assets["a.txt"]);
    }

    [NodeFact]
    public async Task Stack_outputs_are_those_that_the_program_exports()
    {
        var outputs = (await PlanAsync("stack-outputs")).Outputs;

        Assert.Equal("x", outputs["text"]);
        Assert.Equal(PropertyValue.Of(1.5), outputs["number"]);
        Assert.Equal(PropertyValue.Secret("pw"), outputs["secret"]);
        Assert.Equal(PropertyValue.Unknown, outputs["unknown"]);
        Assert.Equal($"{Prefix}test:index:Probe::a", outputs["urn"]);
    }

    [NodeFact]
    public async Task Existing_resources_and_other_stacks_are_read()
    {
        var read = Find(await PlanAsync("get"), "a");
        Assert.Equal((ResourceKind.Read, "id-1"), (read.Kind, read.Id));

        var plan = await PlanAsync("stack-reference-named");
        var other = Find(plan, "network");
        Assert.Equal((ResourceKind.Read, "pulumi:pulumi:StackReference"), (other.Kind, other.Type));
        Assert.Equal(PropertyValue.Unknown, Find(plan, "a").Inputs["text"]);
    }

    [NodeFact]
    public async Task A_thousand_resources_are_planned()
    {
        var plan = await PlanAsync("many");

        Assert.Equal(1000, plan.Resources.Count(resource => resource.Type == "test:index:Probe"));
        Assert.Equal([$"{Prefix}test:index:Probe::p998"], Find(plan, "p999").Dependencies.AsEnumerable());
    }

    [NodeFact]
    public async Task A_program_in_TypeScript_runs()
    {
        var result = await Previews.NodeAsync("typescript-program", "twins", "config:\n  twins:length: \"20\"\n", []);

        Assert.True(result.Outcome == PreviewOutcome.Succeeded, Errors(result));
        Assert.Equal(PropertyValue.Of(20), Find(result.Plan, "boss-password").Inputs["length"]);
        Assert.True(result.Plan.Outputs["password"]!.IsSecret);
        Assert.Equal("hello", result.Plan.Outputs["greeting"]);
    }

    [NodeTheory]
    [InlineData("throws", "it is broken")]
    [InlineData("throws-run-error", "only this message")]
    [InlineData("throws-in-apply", "within an apply")]
    [InlineData("rejects", "rejected")]
    [InlineData("logs-an-error", "something is wrong")]
    [InlineData("same-urn-twice", "is declared twice")]
    [InlineData("unknown-function", "test:index:getThing")]
    [InlineData("config-missing", "twins:gone")]
    public async Task A_program_that_fails_fails_the_preview_with_its_own_words(string name, string words)
    {
        var result = await TwinStack.OfficialAsync(name);

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        Assert.Contains(words, Errors(result), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Messages_of_the_program_are_passed_on()
    {
        var result = await TwinStack.OfficialAsync("logs");

        Assert.Contains(result.Diagnostics, diagnostic => diagnostic is { Severity: DiagnosticSeverity.Info, Message: "an info" });
        Assert.Contains(
            result.Diagnostics,
            diagnostic => diagnostic is { Severity: DiagnosticSeverity.Warning, Message: "a warning", Urn: $"{Prefix}test:index:Probe::a" });
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Message == "a detail");
    }

    private static async Task<Plan> PlanAsync(string name)
    {
        var result = await TwinStack.OfficialAsync(name);
        Assert.True(result.Outcome == PreviewOutcome.Succeeded, Errors(result));
        return result.Plan;
    }

    private static PlannedResource Find(Plan plan, string name) => plan.Resources.Single(resource => resource.Name == name);

    private static string Errors(PreviewResult result) => string.Join(
        '\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message));
}
