using System.Text;
using System.Text.Json;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Whole plans, as the engine sees them.</summary>
public sealed class PreviewTests
{
    [Theory]
    [InlineData("devnet")]
    [InlineData("testnet")]
    [InlineData("mainnet")]
    [InlineData("subscription-nonprod")]
    [InlineData("subscription-prod")]
    public async Task The_stacks_of_the_repository_can_be_previewed_and_are_the_same_in_every_run(string stack)
    {
        var first = await PreviewAsync(stack, ProjectFolder.StackFile(stack));
        var second = await PreviewAsync(stack, ProjectFolder.StackFile(stack));

        Assert.Equal(Json(first.Plan), Json(second.Plan));
        Assert.NotEmpty(first.Plan.Outputs.Entries);
    }

    [Fact]
    public async Task A_new_stack_file_is_a_new_environment()
    {
        var plan = (await PreviewAsync("acme-east", ProjectFolder.StackFile("mainnet"))).Plan;

        var group = plan.Resources.First(resource => resource.Type == "azure-native:resources:ResourceGroup");
        Assert.StartsWith("rg-canton-acme-east-", Assert.IsType<StringValue>(group.Inputs["resourceGroupName"]).Value, StringComparison.Ordinal);
    }

    // What differs between devnet and mainnet is in the two stack files: with one file, two names give the same plan.
    [Fact]
    public async Task The_name_of_a_stack_decides_nothing_but_names()
    {
        var file = ProjectFolder.StackFile("devnet");
        var devnet = (await PreviewAsync("devnet", file)).Plan;
        var mainnet = (await PreviewAsync("mainnet", file)).Plan;

        Assert.Equal(Shape(devnet), Shape(mainnet));
    }

    [Fact]
    public async Task Devnet_has_the_shape_of_mainnet()
    {
        var devnet = (await PreviewAsync("devnet", ProjectFolder.StackFile("devnet"))).Plan;
        var mainnet = (await PreviewAsync("mainnet", ProjectFolder.StackFile("mainnet"))).Plan;

        Assert.Equal(mainnet.Resources.Select(Label).Order(StringComparer.Ordinal), devnet.Resources.Select(Label).Order(StringComparer.Ordinal));

        static string Label(PlannedResource resource) => resource.Type == "pulumi:pulumi:Stack" ? resource.Type : $"{resource.Type} {resource.Name}";
    }

    [Fact]
    public async Task A_secret_of_the_stack_file_is_in_no_plan_in_clear()
    {
        // What Pulumi encrypts the text 'pulumi' to with the passphrase 'password'.
        const string Salt = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";
        const string Secure = "v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";
        var file = $"encryptionsalt: {Salt}\n{ProjectFolder.StackFile("mainnet")}  canton-infra:onboardingSecret: {{ secure: '{Secure}' }}\n";
        var plan = (await PreviewAsync("mainnet", file)).Plan;

        var kept = plan.Resources.Single(resource => resource.Name == "validator-onboarding");
        Assert.True(kept.Inputs["properties"]!.ContainsSecrets);
        Assert.DoesNotContain("\"pulumi\"", Json(plan).Replace("\"managed-by\":\"pulumi\"", "", StringComparison.Ordinal)
            .Replace("\"app.kubernetes.io/managed-by\":\"pulumi\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_here_is_unknown_and_no_error()
    {
        var file = $"secretsprovider: azurekeyvault://vault/keys/k\nencryptedkey: abc\n{ProjectFolder.StackFile("mainnet")}"
            + "  canton-infra:onboardingSecret: { secure: 'v1:abc' }\n";
        using var folder = new ProjectFolder("mainnet", file);
        var result = await folder.PreviewAsync();

        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        var kept = result.Plan.Resources.Single(resource => resource.Name == "validator-onboarding");
        Assert.True(kept.Inputs["properties"]!.ContainsUnknowns);
    }

    // A13, and the rules of the policy pack: also on devnet, which is only cheaper.
    [Theory]
    [InlineData("devnet")]
    [InlineData("mainnet")]
    public async Task Every_namespace_denies_by_default(string stack)
    {
        var plan = (await PreviewAsync(stack, ProjectFolder.StackFile(stack))).Plan;

        var namespaces = plan.Resources.Where(resource => resource.Type == "kubernetes:core/v1:Namespace").Select(resource => resource.Name);
        var closed = plan.Resources
            .Where(resource => resource.Type == "kubernetes:networking.k8s.io/v1:NetworkPolicy" && resource.Name.EndsWith("-default-deny", StringComparison.Ordinal))
            .Select(resource => resource.Name.Replace("-default-deny", "", StringComparison.Ordinal));
        Assert.Equal(namespaces.Order(StringComparer.Ordinal), closed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Wrong_settings_end_with_their_own_exit_code_and_declare_nothing()
    {
        using var folder = new ProjectFolder("dev", "config:\n  canton-infra:environment: moonnet\n");
        var result = await folder.PreviewAsync();

        Assert.Equal(PreviewOutcome.ConfigurationError, result.Outcome);
        Assert.Equal("pulumi:pulumi:Stack", Assert.Single(result.Plan.Resources).Type);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message.StartsWith("Pulumi.dev.yaml:2: canton-infra:environment: 'moonnet'", StringComparison.Ordinal));
    }

    private static async Task<PreviewResult> PreviewAsync(string stack, string stackFile)
    {
        using var folder = new ProjectFolder(stack, stackFile);
        var result = await folder.PreviewAsync();
        Assert.All(result.Diagnostics, diagnostic => Assert.Contains("no tokens as they ask today", diagnostic.Message, StringComparison.Ordinal));
        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        return result;
    }

    private static string Json(Plan plan)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            PlanJson.Write(writer, plan);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // Without what a stack's name is a part of: URNs, names in Azure, and what is derived from them.
    private static string Shape(Plan plan) => System.Text.RegularExpressions.Regex.Replace(
        Json(plan), "mainnet|devnet|[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=(cmk|app|keycloak-|ledger-))[0-9a-f]{5}(?=\")", "…");
}
