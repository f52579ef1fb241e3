using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.PolicySdk.Tests.Scenarios;

/// <summary>As the public programs 'analyze stack', 'stack config', 'stack tags' and 'resource metadata' go.</summary>
public sealed class StackScenarios
{
    [Fact]
    public async Task Analyze_stack_sees_all_resources_at_once()
    {
        await using var pack = await ServedPack.StartAsync(new TestStackRule("few", (stack, _) => stack.Resources
            .Skip(1)
            .Select(extra => StackVerdict.On(extra, PolicyVerdict.Violation(PropertyPath.Root, "One is enough.")))));
        var request = new AnalyzeStackRequest();
        request.Resources.AddRange(new[] { "one", "two" }.Select(name => new AnalyzerResource
        {
            Type = "test:index:Thing",
            Name = name,
            Urn = $"urn:pulumi:s::p::test:index:Thing::{name}",
            Properties = PropertyEncoding.Encode(MapValue.Empty, EncodingOptions.Analyzer),
        }));

        var answer = await pack.CallAsync(AnalyzerMethods.AnalyzeStack, request);

        Assert.EndsWith("::two", Assert.Single(answer.Diagnostics).Urn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_config_reaches_rules_with_its_secrets_marked()
    {
        StackContext? seen = null;
        await using var pack = await ServedPack.StartAsync(new TestRule("config", (_, stack) =>
        {
            seen = stack;
            return [PolicyVerdict.Violation(Truthiness.Path, $"{stack.ReadConfig("p:plain")} {stack.ReadConfig("p:hidden")}")];
        }));
        var request = new AnalyzerStackConfigureRequest { Stack = "s", Project = "p", Organization = "o" };
        request.Config["p:plain"] = "seen";
        request.Config["p:hidden"] = Canary.Text;
        request.ConfigSecretKeys.Add("p:hidden");
        await pack.ConfigureStackAsync(request);

        var message = Assert.Single((await pack.AnalyzeAsync()).Diagnostics).Message;

        Assert.Equal(("s", "p", "o"), (seen!.Stack, seen.Project, seen.Organization));
        Assert.True(seen.ReadConfig("p:hidden").IsSecret);
        Assert.Contains("seen", message, StringComparison.Ordinal);
        Canary.AssertAbsent(message);
    }

    [Fact]
    public async Task Stack_tags_reach_rules()
    {
        await using var pack = await ServedPack.StartAsync(new TestRule("tags", (_, stack) =>
            stack.Tags.GetValueOrDefault("owner") == "team" ? [] : [PolicyVerdict.Violation(Truthiness.Path, "It has no owner.")]));
        var request = new AnalyzerStackConfigureRequest { Stack = "s", Project = "p" };
        await pack.ConfigureStackAsync(request);
        Assert.Single((await pack.AnalyzeAsync()).Diagnostics);

        request.Tags["owner"] = "team";
        await pack.ConfigureStackAsync(request);
        Assert.Empty((await pack.AnalyzeAsync()).Diagnostics);
    }

    [Fact]
    public async Task Resource_metadata_reaches_rules()
    {
        ResourceView? seen = null;
        await using var pack = await ServedPack.StartAsync(new TestRule("metadata", (resource, _) =>
        {
            seen = resource;
            return [];
        }));
        var request = ServedPack.Request("test:index:Thing", ("value", true));
        request.Options = new AnalyzerResourceOptions { Protect = true, Parent = "urn:parent", DeleteBeforeReplaceDefined = true };
        request.Options.IgnoreChanges.Add("value");
        request.Options.Aliases.Add("urn:old");
        request.Options.AdditionalSecretOutputs.Add("secret");
        request.Provider = new AnalyzerProviderResource { Type = "pulumi:providers:test", Name = "mine", Urn = "urn:provider" };

        await pack.CallAsync(AnalyzerMethods.Analyze, request);

        Assert.Equal(("thing", request.Urn, "test:index:Thing"), (seen!.Name, seen.Urn, seen.Type.ToString()));
        Assert.Equal((true, "urn:parent", false), (seen.Options.Protect, seen.Options.Parent, seen.Options.DeleteBeforeReplace));
        Assert.Equal(
            ["value", "urn:old", "secret"], [.. seen.Options.IgnoreChanges, .. seen.Options.Aliases, .. seen.Options.AdditionalSecretOutputs]);
        Assert.Equal(("mine", "urn:provider"), (seen.Provider!.Name, seen.Provider.Urn));
    }
}
