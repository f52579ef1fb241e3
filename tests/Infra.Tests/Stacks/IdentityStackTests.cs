using System.Collections.Immutable;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Stacks;
using CantonInfra.Infra.Tests.Settings;
using CantonInfra.Infra.Tests.Support;
using Pulumi.Testing;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Whole environments on each identity provider.</summary>
public sealed class IdentityStackTests
{
    private const string Kubernetes = "kubernetes:core/v1:Secret";

    private static string Folder { get; } = Path.Combine(ProjectFolder.Repository, "tests", "Infra.Tests", "Settings", "Reference");

    // B8: one resource is made anew; the others carry its value, all of that service.
    [Theory]
    [InlineData("environment.yaml", "keycloak:openid/client:Client")]
    [InlineData("environment-auth0.yaml", "auth0:index/clientCredentials:ClientCredentials")]
    public async Task A_rotated_secret_changes_one_resource_and_what_carries_its_value(string file, string client)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var before = await DeclareAsync(text);
        var after = await DeclareAsync(
            text.Replace("      partyHint: bridge\n", "      partyHint: bridge\n      secretGeneration: 2\n", StringComparison.Ordinal));

        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ((string[])
            [
                "azure-native:keyvault:Secret canton-auth-client-secret-relayer",
                $"{client} canton-mw-relayer",

                // Its pods get the new one.
                .. file == "environment.yaml" ? new[] { "kubernetes:apps/v1:Deployment canton-mw-relayer-pods" } : [],
                "kubernetes:core/v1:Secret canton-mw-relayer-canton-auth",
                "random:index/randomPassword:RandomPassword canton-mw-relayer",
            ]).Order(StringComparer.Ordinal),
            before.Keys.Where(key => before[key] != after[key]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_validator_s_rotated_secret_changes_nothing_of_services()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "environment.yaml"));
        var before = await DeclareAsync(text);
        var after = await DeclareAsync(
            text.Replace("      - name: validator\n", "      - name: validator\n        secretGeneration: 2\n", StringComparison.Ordinal));

        Assert.Equal(
            new[]
            {
                "azure-native:keyvault:Secret validator-app-backend",
                "keycloak:openid/client:Client validator-app-backend",
                "kubernetes:core/v1:Secret validator-splice-app-validator-ledger-api-auth",

                // The client administers the participant's users.
                "pulumi:providers:canton ledger-users",
                "random:index/randomPassword:RandomPassword validator-app-backend",
            },
            before.Keys.Where(key => before[key] != after[key]).Order(StringComparer.Ordinal));
    }

    // The plan, which knows no values, shows the one resource that is made anew.
    // Its pods differ by the number alone, which has them started anew.
    [Fact]
    public async Task In_a_preview_one_resource_differs_and_the_pods_that_get_its_value()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "environment.yaml"));
        using var first = new ProjectFolder("unit", text);
        using var second = new ProjectFolder(
            "unit", text.Replace("      partyHint: bridge\n", "      partyHint: bridge\n      secretGeneration: 2\n", StringComparison.Ordinal));
        var before = (await first.PreviewAsync()).Plan.Resources.ToDictionary(resource => resource.Urn, resource => resource.Inputs.ToString());
        var after = (await second.PreviewAsync()).Plan.Resources.ToDictionary(resource => resource.Urn, resource => resource.Inputs.ToString());

        Assert.Equal(
            ["kubernetes:apps/v1:Deployment::canton-mw-relayer-pods", "random:index/randomPassword:RandomPassword::canton-mw-relayer"],
            after.Keys.Where(urn => before.GetValueOrDefault(urn) != after[urn]).Select(urn => urn[(urn.LastIndexOf('$') + 1)..]).Order(StringComparer.Ordinal));
    }

    // B8
    [Fact]
    public async Task A_service_that_is_turned_off_takes_nothing_of_others_with_it()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "environment.yaml"));
        var before = await DeclareAsync(text);
        var after = await DeclareAsync(
            text.Replace("    indexer:\n", "    indexer:\n      enabled: false\n", StringComparison.Ordinal));

        Assert.All(before.Keys.Except(after.Keys), key => Assert.Contains("indexer", key, StringComparison.Ordinal));
        Assert.Empty(after.Keys.Except(before.Keys));

        // Others' policies lose the way to it and from it.
        Assert.All(
            after.Keys.Where(key => !key.Contains("access", StringComparison.Ordinal) && !key.Contains(":NetworkPolicy ", StringComparison.Ordinal)
                && !key.Contains(":AuthorizationPolicy ", StringComparison.Ordinal)),
            key => Assert.Equal(before[key], after[key]));
    }

    // A2, A4, A5
    [Theory]
    [InlineData(
        "entra",
        "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000101/v2.0",
        "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000101/oauth2/v2.0/token",
        "00000000-0000-0000-0000-000000000102",
        "00000000-0000-0000-0000-000000000102/.default",
        "00000000-0000-0000-0000-000000000107")]
    [InlineData(
        "okta",
        "https://example.okta.com/oauth2/default",
        "https://example.okta.com/oauth2/default/v1/token",
        "https://ledger-api.unit.canton",
        "daml_ledger_api",
        "api-server")]
    [InlineData(
        "oidc",
        "https://id.example.com/canton",
        "https://id.example.com/canton/token",
        "https://ledger-api.unit.canton",
        "daml_ledger_api",
        "api-server-subject")]
    public async Task A_provider_of_the_customer_s_own_is_taken_as_it_is(
        string provider, string issuer, string token, string audience, string scope, string subject)
    {
        using var folder = new ProjectFolder("unit", File.ReadAllText(Path.Combine(Folder, $"environment-{provider}.yaml")));
        var result = await folder.PreviewAsync();

        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message.Contains("no tokens as they ask today", StringComparison.Ordinal));
        var types = result.Plan.Resources.Select(resource => resource.Type).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(types, type => type.StartsWith("keycloak:", StringComparison.Ordinal) || type.StartsWith("auth0:", StringComparison.Ordinal));
        Assert.DoesNotContain(
            result.Plan.Resources.Select(resource => $"{resource.Type} {resource.Name}"),
            resource => resource is "azure-native:dbforpostgresql:Server psql-keycloak" or "kubernetes:core/v1:Namespace keycloak");
        var outputs = result.Plan.Outputs.ToString();
        Assert.DoesNotContain("keycloak", outputs, StringComparison.OrdinalIgnoreCase);

        // Nodes fetch keys there, and the deployment reads the discovery document.
        var host = new Uri(issuer).Host;
        Assert.Contains(
            result.Plan.Resources,
            resource => resource.Type == "azure-native:network:FirewallPolicyRuleCollectionGroup"
                && resource.Inputs.ToString().Contains($"\"{host}\"", StringComparison.Ordinal));
        Assert.All([issuer, token, audience, scope, subject], value => Assert.Contains(value, outputs, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_all_can_be_reached_the_provider_needs_no_way_out_of_its_own()
    {
        using var folder = new ProjectFolder(
            "unit",
            File.ReadAllText(Path.Combine(Folder, "environment-okta.yaml")) + "  canton-infra:network: { egress: { mode: nat } }\n");
        var result = await folder.PreviewAsync();

        Assert.Equal(CantonInfra.Engine.PreviewOutcome.Succeeded, result.Outcome);
        Assert.DoesNotContain(
            result.Plan.Resources,
            resource => resource.Type.StartsWith("azure-native:network:", StringComparison.Ordinal)
                && resource.Inputs.ToString().Contains("okta.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Entra_names_APIs_by_scopes_and_takes_no_audience()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "environment-entra.yaml"))
            .Replace("  canton-infra:services:\n", "  canton-infra:services:\n    tokenRequest: form\n", StringComparison.Ordinal);
        var declared = await DeclareAsync(text);

        var service = declared[$"{Kubernetes} canton-mw-api-server-canton-auth"];
        Assert.Contains("\"CANTON_AUTH_SCOPE\":\"00000000-0000-0000-0000-000000000102/.default\"", service, StringComparison.Ordinal);
        Assert.DoesNotContain("CANTON_AUTH_AUDIENCE", service, StringComparison.Ordinal);
        var validator = declared[$"{Kubernetes} validator-splice-app-validator-ledger-api-auth"];
        Assert.Contains("\"scope\":\"00000000-0000-0000-0000-000000000102/.default\"", validator, StringComparison.Ordinal);
        Assert.Contains("\"audience\":\"00000000-0000-0000-0000-000000000102\"", validator, StringComparison.Ordinal);
        Assert.Contains("\"ledger-api-user\":\"00000000-0000-0000-0000-000000000104\"", validator, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("environment-auth0.yaml", "")]
    [InlineData("environment.yaml", "tokenRequest: form")]
    [InlineData("environment-oidc.yaml", "takesJson: true")]
    public async Task Services_that_get_tokens_are_not_warned_of(string file, string setting)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        text = setting.StartsWith("takes", StringComparison.Ordinal)
            ? text.Replace("    oidc:\n", $"    oidc:\n      {setting}\n      needsScope: false\n", StringComparison.Ordinal)
            : text.Replace("  canton-infra:services:\n", $"  canton-infra:services:\n    {setting}\n", StringComparison.Ordinal);
        using var folder = new ProjectFolder("unit", text);

        Assert.Empty((await folder.PreviewAsync()).Diagnostics);
    }

    // The secrets that the program is given are in no plan and no input in clear.
    [Theory]
    [InlineData("auth0")]
    [InlineData("entra")]
    [InlineData("okta")]
    [InlineData("oidc")]
    public async Task No_secret_is_in_any_input_in_clear(string provider)
    {
        using var folder = new ProjectFolder("unit", File.ReadAllText(Path.Combine(Folder, $"environment-{provider}.yaml")));
        var configuration = folder.Load().Entries.Values.ToDictionary(entry => entry.Key.ToString(), entry => entry.Text!);
        foreach (var key in configuration.Keys.Where(key => key.Contains("Secret", StringComparison.Ordinal)).ToList())
        {
            configuration[key] = CloudMocks.Secret;
        }

        var engine = await KnowingEngine.RunAsync("unit", configuration);

        var holders = engine.Requests
            .Where(request => request.Object?.ToString().Contains(CloudMocks.Secret, StringComparison.Ordinal) == true)
            .ToList();
        Assert.Contains(holders, request => request.Type == Kubernetes && request.Name == "canton-mw-indexer-canton-auth");
        Assert.All(holders, request => Assert.DoesNotContain(
            CloudMocks.Secret,
            CantonInfra.Protocol.Properties.PropertyDecoding.Decode(request.Object).ToString(),
            StringComparison.Ordinal));
    }

    private static async Task<ImmutableDictionary<string, string>> DeclareAsync(string text)
    {
        // The mocked firewall has an address of this network.
        text = text.Replace("10.42.0.0/20", "10.40.0.0/20", StringComparison.Ordinal);
        var mocks = new CloudMocks();
        await Pulumi.Deployment.TestAsync(
            mocks.Object,
            new TestOptions { ProjectName = "canton-infra", StackName = "unit", IsPreview = true },
            () => new EnvironmentStack(Assert.IsType<EnvironmentSettings>(ReadSettings.From("unit", text).Value)).Outputs);
        return mocks.All().ToImmutableDictionary(
            resource => $"{resource.Type} {resource.Name}",
            resource => System.Text.Json.JsonSerializer.Serialize(
                resource.Inputs.ToImmutableSortedDictionary(StringComparer.Ordinal)));
    }
}
