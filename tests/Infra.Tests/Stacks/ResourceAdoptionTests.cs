using CantonInfra.Engine;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Resources that exist come under the program by their ids in the stack file.</summary>
public sealed class ResourceAdoptionTests
{
    private const string Id = "/subscriptions/00000000-0000-0000-0000-000000000011/resourceGroups/rg-existing";

    [Fact]
    public async Task A_resource_that_exists_is_imported_and_no_other_is()
    {
        var result = await PreviewAsync("azure-native:resources:ResourceGroup::data", Id);

        Assert.True(result.Outcome == PreviewOutcome.Succeeded, string.Join('\n', result.Diagnostics));
        var imported = Assert.Single(result.Plan.Resources, resource => resource.Options.ImportId.Length > 0);
        Assert.Equal(("azure-native:resources:ResourceGroup", "data", Id), (imported.Type, imported.Name, imported.Options.ImportId));
    }

    [Fact]
    public async Task The_rest_of_its_options_stays()
    {
        var before = await PreviewAsync();
        var after = await PreviewAsync("azure-native:keyvault:Vault::" + Vault(before), Id);

        var was = before.Plan.Resources.First(resource => resource.Type == "azure-native:keyvault:Vault");
        var imported = Assert.Single(after.Plan.Resources, resource => resource.Options.ImportId.Length > 0);
        Assert.Equal(was.Urn, imported.Urn);
        Assert.Equal(was.Options.Protect, imported.Options.Protect);
        Assert.Equal(was.Parent, imported.Parent);
    }

    [Theory]
    [InlineData("azure-native:resources:ResourceGroup::nowhere", "this stack has no resource azure-native:resources:ResourceGroup::nowhere")]
    [InlineData("data", "'data' is not a type and a name, such as azure-native:resources:ResourceGroup::data")]
    public async Task What_the_stack_does_not_have_is_told(string resource, string message)
    {
        var result = await PreviewAsync(resource, Id);

        Assert.Equal(PreviewOutcome.ConfigurationError, result.Outcome);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message.Contains(message, StringComparison.Ordinal));
    }

    private static string Vault(PreviewResult result) =>
        result.Plan.Resources.First(resource => resource.Type == "azure-native:keyvault:Vault").Name;

    private static async Task<PreviewResult> PreviewAsync(string? resource = null, string id = "")
    {
        var import = resource is null ? "" : $"  canton-infra:import:\n    - resource: {resource}\n      id: {id}\n";
        using var folder = new ProjectFolder("devnet", ProjectFolder.StackFile("devnet").TrimEnd() + "\n" + import);
        return await folder.PreviewAsync();
    }
}
