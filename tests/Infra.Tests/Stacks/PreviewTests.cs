using System.Text;
using System.Text.Json;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Whole plans, as the engine sees them.</summary>
public sealed class PreviewTests
{
    private const string ExternalKeys =
        "  canton-infra:ledger: { kms: { mode: external, driver: { name: azure-key-vault, imageRepository: registry.example.com/canton,"
        + " imageDigest: 'sha256:0000000000000000000000000000000000000000000000000000000000000000' },"
        + " configuration: { vault-url: '${vaultUri}', namespace-key: '${namespace}' } },"
        + " validators: [ { name: validator, kms: { decidedAt: '2026-01-31' } } ] }\n";

    [Theory]
    [InlineData("devnet")]
    [InlineData("testnet")]
    [InlineData("mainnet")]
    [InlineData("subscription-nonprod")]
    [InlineData("subscription-prod")]
    public async Task The_stacks_of_the_repository_can_be_previewed_and_are_the_same_in_every_run(string stack)
    {
        var first = await PreviewAsync(stack, ProjectFolder.StackFile(stack));
        using var folder = new ProjectFolder(stack, ProjectFolder.StackFile(stack));
        var second = await folder.PreviewAnewAsync();

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

    // A17: for validators that were made with it, off by default, and a vault of its own only then.
    [Fact]
    public async Task Keys_of_the_validator_in_a_vault_are_all_that_their_setting_adds()
    {
        var file = ProjectFolder.StackFile("mainnet");
        var without = (await PreviewAsync("mainnet", file)).Plan;
        var with = (await PreviewAsync("mainnet", $"{file}{ExternalKeys}")).Plan;

        Assert.DoesNotContain(without.Resources, IsOwn);
        Assert.Equal(without.Resources.Select(Name), with.Resources.Where(resource => !IsOwn(resource)).Select(Name));
        var keys = with.Resources.Where(resource => resource.Type == "azure-native:keyvault:Key" && IsOwn(resource)).ToList();
        Assert.Equal(4, keys.Count);
        Assert.All(keys, key => Assert.True(key.Options.Protect && key.Options.RetainOnDelete));

        static string Name(PlannedResource resource) => $"{resource.Type} {resource.Name}";
        static bool IsOwn(PlannedResource resource) =>
            resource.Urn.Contains("canton-infra:keys:CantonKeys", StringComparison.Ordinal)
            || resource.Name.Contains("canton-keys", StringComparison.Ordinal)
            || resource.Name.StartsWith("validator-identity", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_HSM_takes_the_keys_that_it_is_said_to_have()
    {
        const string Key = "https://pool.managedhsm.azure.net/keys/disks/0123456789abcdef0123456789abcdef";
        var file = ProjectFolder.StackFile("mainnet");
        var with = (await PreviewAsync("mainnet", file
            + "  canton-infra:keys: { managedHsm: { adminObjectIds: [00000000-0000-0000-0000-000000000009],"
            + $" keys: {{ cmk-des: '{Key}' }} }} }}\n")).Plan;

        Assert.Contains(with.Resources, resource => resource.Type == "azure-native:keyvault:ManagedHsm");
        Assert.DoesNotContain(with.Resources, resource => resource.Type == "azure-native:keyvault:Key" && resource.Name == "cmk-des");
        Assert.Contains(with.Resources, resource => resource.Type == "azure-native:keyvault:Key" && resource.Name == "cmk-psql-ledger");
    }

    // A name that no setting knows could neither be made anew nor be in a managed HSM.
    [Fact]
    public async Task The_settings_know_every_key_that_services_encrypt_with()
    {
        var plan = (await PreviewAsync(
            "mainnet",
            ProjectFolder.StackFile("mainnet"),
            "canton-infra:data={\"replica\":{\"location\":\"eastus2\",\"addressSpace\":\"10.43.0.0/20\"}}")).Plan;

        Assert.Equal(
            KeySettings.EncryptionKeys.Concat(KeySettings.RecoveryKeys).Order(StringComparer.Ordinal),
            plan.Resources.Where(resource => resource.Type == "canton-infra:keys:EncryptionKey").Select(resource => resource.Name)
                .Order(StringComparer.Ordinal));
    }

    // What is deleted while it is locked, or below something locked, fails.
    [Fact]
    public async Task The_locks_of_resource_groups_come_after_all_that_can_be_in_them()
    {
        string[] elsewhere = ["azure-native:dns:", "azure-native:network:", "azure-native:privatedns:", "azure-native:resources:", "azure-native:containerservice:"];
        var plan = (await PreviewAsync("mainnet", ProjectFolder.StackFile("mainnet"))).Plan;

        var locks = plan.Resources.Where(IsLock).ToList();
        var covered = plan.Resources
            .Where(resource => resource.Type.StartsWith("azure-native:", StringComparison.Ordinal) && !IsLock(resource)
                && !elsewhere.Any(type => resource.Type.StartsWith(type, StringComparison.Ordinal)))
            .Select(resource => resource.Urn)
            .ToList();
        Assert.Equal(13, locks.Count);
        Assert.All(
            locks.Where(each => each.Name is "lock-security" or "lock-data" or "lock-observability"),
            each => Assert.Empty(covered.Except(each.Dependencies)));

        static bool IsLock(PlannedResource resource) => resource.Type == "azure-native:authorization:ManagementLockByScope";
    }

    [Theory]
    [InlineData("none", new string[0])]
    [InlineData("all", new[] { "lock-archive", "lock-keys", "lock-logs" })]
    public async Task A_subscription_s_archive_and_its_key_are_locked(string extent, string[] expected)
    {
        var plan = (await PreviewAsync("subscription-prod", ProjectFolder.StackFile("subscription-prod"), $"canton-infra:locks={extent}")).Plan;

        Assert.Equal(expected, plan.Resources
            .Where(resource => resource.Type == "azure-native:authorization:ManagementLockByScope")
            .Select(resource => resource.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("stateful", 10)]
    [InlineData("all", 13)]
    public async Task Locks_change_nothing_but_locks(string extent, int locks)
    {
        const string Type = "azure-native:authorization:ManagementLockByScope";
        var plan = (await PreviewAsync("mainnet", ProjectFolder.StackFile("mainnet"), $"canton-infra:locks={extent}")).Plan;
        var other = (await PreviewAsync("mainnet", ProjectFolder.StackFile("mainnet"), "canton-infra:locks=none")).Plan;

        Assert.Equal(locks, plan.Resources.Count(resource => resource.Type == Type));
        Assert.Equal(
            other.Resources.Select(resource => resource.Urn),
            plan.Resources.Where(resource => resource.Type != Type).Select(resource => resource.Urn));
    }

    // Each option by itself, off and on: what else changes must be nothing.
    [Theory]
    [InlineData("canton-infra:runner={\"mode\":\"none\"}", "unner")]
    [InlineData("canton-infra:runner={\"mode\":\"existing\",\"addressPrefix\":\"10.9.0.0/27\"}", "unner")]
    [InlineData("canton-infra:observability={\"subscriptionWorkspaceId\":\"/subscriptions/00000000-0000-0000-0000-000000000011/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/law\"}", "monitor-subscription")]
    [InlineData("canton-infra:data={\"entraAdministrators\":{\"objectId\":\"00000000-0000-0000-0000-000000000024\",\"name\":\"dba\"}}", "-entra")]
    [InlineData("canton-infra:network={\"egress\":{\"mode\":\"nat\"}}", "irewall", "NatEgress", "IngressAddress", "rules-", "RouteTable", "cluster-routes")]
    [InlineData("canton-infra:network={\"egress\":{\"allowedHosts\":[\"scan.example.com\"]}}", "rules-allowed-hosts")]
    public async Task An_option_adds_and_takes_away_only_what_it_should(string option, params string[] changed)
    {
        var without = (await PreviewAsync("mainnet", ProjectFolder.StackFile("mainnet"), option)).Plan;
        var with = (await PreviewAsync("mainnet", ProjectFolder.StackFile("mainnet"))).Plan;

        var difference = Urns(with).Except(Urns(without)).Concat(Urns(without).Except(Urns(with))).ToList();
        Assert.NotEmpty(difference);
        Assert.All(difference, urn => Assert.Contains(changed, part => urn.Contains(part, StringComparison.Ordinal)));

        static IEnumerable<string> Urns(Plan plan) => plan.Resources.Select(resource => resource.Urn);
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

    private static async Task<PreviewResult> PreviewAsync(string stack, string stackFile, params string[] overrides)
    {
        using var folder = new ProjectFolder(stack, stackFile);
        var result = await folder.PreviewAsync(overrides);
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
        Json(plan), "mainnet|devnet|[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=(cmk|app|arch|flow|geo|iden|kms|canton|keycloak-|ledger-))[0-9a-f]{5}(?=[^0-9a-z])", "…");
}
