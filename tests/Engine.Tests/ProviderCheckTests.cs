using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Tests;

/// <summary>Previews of resources whose provider the project names: its plugin checks them, and does nothing else.</summary>
public sealed class ProviderCheckTests : IDisposable
{
    private const string Canary = "canary-7a1f/2+=";

    private readonly TestFolder _folder = new();

    private static string Plugin { get; } = Path.GetFullPath(Path.Combine(TestFolder.Programs, "..", "..", "providers", "Canton"));

    [Fact]
    public async Task Defaults_of_the_provider_are_in_the_plan_and_secrets_stay_secret()
    {
        var result = await PreviewAsync("stack\nresource canton:index:User a userId=a\nresource canton:index:User b userId=!canary-7a1f\nsignal");

        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        var user = Find(result, "a");
        Assert.Equal(PropertyValue.Of(true), user.Inputs["adopt"]);
        Assert.Equal(PropertyValue.Of(false), user.Outputs["isDeactivated"]);
        Assert.True(Find(result, "b").Inputs["userId"]!.IsSecret);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once_at_their_resources_and_no_secret_is_shown()
    {
        var result = await PreviewAsync(
            $"stack\nresource canton:index:User a userId=a,b color=red\nresource canton:index:User b userId=!{Canary}\n"
            + "resource pulumi:providers:canton p ledgerApiUrl=http://participant:7575\nsignal");

        Assert.Equal(PreviewOutcome.Failed, result.Outcome);
        var failures = result.Diagnostics.Where(diagnostic => diagnostic.Id == "provider-check").OrderBy(diagnostic => diagnostic.Message, StringComparer.Ordinal).ToArray();
        Assert.Equal(
            [("a", "(color)"), ("a", "(userId)"), ("b", "(userId)"), ("p", "(ledgerApiUrl)")],
            failures.Select(failure => (failure.Urn.Split("::")[^1], failure.Message.Split(' ').First(word => word.StartsWith('('))[..^1])));
        Assert.All(failures, failure => Assert.Equal(DiagnosticSeverity.Error, failure.Severity));
        Assert.DoesNotContain(Canary, string.Concat(failures.Select(failure => failure.Message)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_is_started_only_where_a_resource_needs_it()
    {
        var without = await PreviewAsync("stack\nresource test:index:R r size=3\nsignal", plugin: "/does/not/exist");
        var with = await PreviewAsync("stack\nresource canton:index:User a userId=a\nresource canton:index:User b userId=a\nsignal", plugin: "/does/not/exist");

        Assert.Equal(PreviewOutcome.Succeeded, without.Outcome);
        Assert.Equal(PreviewOutcome.Failed, with.Outcome);
        Assert.Equal("provider-missing", Assert.Single(with.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Id);
    }

    [Fact]
    public void A_plugin_without_name_or_path_is_told_with_its_line()
    {
        var failure = Assert.Throws<ConfigurationException>(
            () => _folder.Project("", "name: probe\nruntime: dotnet\nplugins:\n  providers:\n    - name: canton\n"));

        Assert.Equal(5, Assert.Single(failure.Diagnostics).Location!.Line);
    }

    public void Dispose() => _folder.Dispose();

    private static PlannedResource Find(PreviewResult result, string name) => result.Plan.Resources.Single(resource => resource.Name == name);

    private async Task<PreviewResult> PreviewAsync(string script, string? plugin = null)
    {
        var program = Path.Combine(TestFolder.Programs, "ScriptedProgram");
        var configuration = _folder.Project(
            "",
            $"name: probe\nruntime: dotnet\nmain: {program}\nplugins:\n  providers:\n    - name: canton\n      path: {plugin ?? Plugin}\n",
            $"probe:script={script}");
        return await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));
    }
}
