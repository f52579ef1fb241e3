using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CantonInfra.Conformance.Tests.Support;
using CantonInfra.Conformance.Tests.Twins;
using CantonInfra.Engine;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Conformance.Tests.Types;

/// <summary>What our stacks declare compiles against the official packages.</summary>
public sealed class PlanTypeTests
{
    // All but the provider that the engine's tests invent.
    private static readonly ImmutableArray<string> Packages = ["auth0", "azure-native", "keycloak", "kubernetes", "postgresql", "random"];

    private static readonly ImmutableArray<string> TypedTwins =
    [
        "auth0", "azure-cluster", "azure-lock-and-policy", "azure-network", "azure-observability", "azure-postgres", "azure-vault",
        "keycloak", "kubernetes-isolation", "kubernetes-release", "kubernetes-secrets", "kubernetes-workload", "postgresql", "random",
    ];

    [NodeFact]
    public async Task The_plans_of_all_stacks_compile_against_the_official_packages()
    {
        var plans = new JsonArray();
        var project = ProjectFile.Load(Repository.Root);
        foreach (var stack in project.StackNames)
        {
            var result = await new PreviewEngine(TimeProvider.System).PreviewAsync(
                new PreviewRequest(StackConfiguration.Load(project, stack, [], _ => null), []));
            plans.Add(Document(stack, result));
        }

        var check = TypeChecks.Plans(plans);

        Assert.True(!check.Findings.Any(), string.Join('\n', check.Findings));
        Assert.True(check.Counts["resources"] >= project.StackNames.Length, string.Join(' ', check.Counts));
    }

    [NodeFact]
    public async Task The_plans_of_programs_with_every_package_compile_too()
    {
        var plans = new JsonArray();
        foreach (var name in TypedTwins)
        {
            plans.Add(Document(name, await TwinStack.OursAsync(name)));
        }

        var check = TypeChecks.Plans(plans);

        Assert.Empty(check.Findings);
        Assert.True(check.Counts["resources"] > 40 && check.Counts["objects"] > 8, string.Join(' ', check.Counts));
    }

    [NodeFact]
    public async Task Planted_errors_are_noticed()
    {
        var network = Document("network", await TwinStack.OursAsync("azure-network"));
        var cluster = Document("cluster", await TwinStack.OursAsync("azure-cluster"));
        var isolation = Document("isolation", await TwinStack.OursAsync("kubernetes-isolation"));

        Inputs(cluster, "aks")["networkProfile"]!["networkPolicy"] = "planted-value";
        Inputs(cluster, "aks")["agentPoolProfiles"]![0]!["mode"] = "PlantedMode";
        Inputs(cluster, "users").Remove("resourceName");
        Inputs(network, "subnet")["excess"] = "x";
        Inputs(network, "vnet")["addressPrefixes"] = Inputs(network, "vnet")["addressSpace"]!["addressPrefixes"]!.DeepClone();
        Inputs(network, "nsg")["securityRules"]![0]!["priority"] = "high";
        Inputs(network, "nsg")["securityRules"]![0]!["access"] = "Planted";
        Inputs(isolation, "role")["rules"]![0]!.AsObject().Remove("verbs");
        isolation["resources"]!.AsArray().Add(
            new JsonObject { ["urn"] = "urn:planted", ["type"] = "kubernetes:core/v9:Gone", ["name"] = "gone", ["inputs"] = new JsonObject() });

        var findings = TypeChecks.Plans([network, cluster, isolation]).Findings;

        AssertFound(findings, "::aks", "'planted-value'");
        AssertFound(findings, "::aks", "'PlantedMode'");
        AssertFound(findings, "::users", "'resourceName'");
        AssertFound(findings, "::subnet", "excess");
        AssertFound(findings, "::vnet", "addressPrefixes");
        AssertFound(findings, "::nsg", "not assignable");
        AssertFound(findings, "::nsg", "'Planted'");
        AssertFound(findings, "::role (OpenAPI)", "verbs");
        AssertFound(findings, "urn:planted", "no official class");
    }

    private static JsonObject Document(string name, PreviewResult result)
    {
        Assert.True(
            result.Outcome == PreviewOutcome.Succeeded, string.Join('\n', result.Diagnostics.Select(diagnostic => diagnostic.Message)));
        return PlanDocument.Of(name, result.Plan, Packages);
    }

    private static JsonObject Inputs(JsonObject document, string name) =>
        document["resources"]!.AsArray().Single(resource => resource!["name"]!.GetValue<string>() == name)!["inputs"]!.AsObject();

    private static void AssertFound(ImmutableArray<string> findings, params string[] words) => Assert.True(
        findings.Any(finding => words.All(word => finding.Contains(word, StringComparison.Ordinal))),
        $"Not found: {string.Join(' ', words)}\nin:\n{string.Join('\n', findings)}");
}
