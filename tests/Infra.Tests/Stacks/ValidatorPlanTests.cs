using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Validators in whole plans.</summary>
public sealed class ValidatorPlanTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Budget = "kubernetes:policy/v1:PodDisruptionBudget";
    private const string Job = "kubernetes:batch/v1:CronJob";
    private const string Account = "kubernetes:core/v1:ServiceAccount";
    private const string Credential = "azure-native:managedidentity:FederatedIdentityCredential";

    private const string ExternalKeys =
        "kms: { mode: external, driver: { name: azure-key-vault, imageRepository: registry.example.com/canton,"
        + " imageDigest: 'sha256:1111111111111111111111111111111111111111111111111111111111111111' },"
        + " configuration: { vault-url: '${vaultUri}', namespace-key: '${namespace}' } }";

    // The plan that options are compared with, made once.
    private static Lazy<Task<Plan>> Plain { get; } = new(() => PreviewAsync(""));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task Each_validator_has_a_node_with_databases_and_accounts_of_its_own(int count)
    {
        var names = Enumerable.Range(0, count).Select(index => index == 0 ? "validator" : $"v{(char)('a' + index)}").ToArray();
        var plan = await PreviewAsync(
            $"  canton-infra:ledger:\n    validators:\n{string.Concat(names.Select(name => $"      - {{ name: {name}, participantMemoryGi: 8 }}\n"))}");

        var releases = plan.Resources.Where(resource => resource.Type == Release && Text(resource, "chart")!.Contains("/splice-", StringComparison.Ordinal)).ToList();
        Assert.Equal(2 * count, releases.Count);
        Assert.Equal(count, releases.Select(release => Text(release, "values.validatorPartyHint")).OfType<string>().Distinct().Count());
        foreach (var name in names)
        {
            var suffix = name == "validator" ? "" : $"_{name}";
            var own = releases.Where(release => Text(release, "namespace") == name).ToDictionary(release => Text(release, "name")!, StringComparer.Ordinal);
            Assert.Equal(["participant", "validator"], own.Keys.Order(StringComparer.Ordinal));
            Assert.Equal($"participant{suffix}", Text(own["participant"], "values.persistence.databaseName"));
            Assert.Equal($"validator{suffix}", Text(own["validator"], "values.persistence.databaseName"));
            Assert.All(own.Values, release => Assert.Equal($"cnadmin{suffix}", Text(release, "values.persistence.user")));
            Assert.All(own.Values, release => Assert.Contains(
                $"user = \"cnadmin{suffix}\"\n",
                PropertyPath.Parse("values.additionalEnvVars[0].value").Read(release.Inputs).TryGetText(out var storage) ? storage : "",
                StringComparison.Ordinal));
            Assert.All(own.Values, release => Assert.Contains(
                release.Dependencies, urn => urn.EndsWith($"::{name}-postgres-secrets", StringComparison.Ordinal)));
            Assert.Contains(own["participant"].Urn, own["validator"].Dependencies);
            Assert.Single(plan.Resources, resource => resource.Type == Budget && Text(resource, "metadata.namespace") == name);
            var accounts = plan.Resources.Where(resource => resource.Type == Account && Text(resource, "metadata.namespace") == name)
                .Select(resource => Text(resource, "metadata.name"));
            Assert.Subset(accounts.ToHashSet(), new HashSet<string?> { "identities-backup", "participant", "validator-app" });
            Assert.Contains(plan.Resources, resource => resource.Type == "azure-native:storage:BlobContainer"
                && Text(resource, "containerName") == $"identities-{name}");
        }

        // Not all at the same minute.
        var schedules = plan.Resources.Where(resource => resource.Type == Job).Select(resource => Text(resource, "spec.schedule")).ToList();
        Assert.Equal(count, schedules.Distinct().Count());
    }

    [Fact]
    public async Task Only_the_backup_job_acts_in_Azure_where_keys_are_in_databases()
    {
        var plan = await Plain.Value;

        var subjects = plan.Resources.Where(resource => resource.Type == Credential).Select(resource => Text(resource, "subject"));
        Assert.Contains("system:serviceaccount:validator:identities-backup", subjects);
        Assert.DoesNotContain("system:serviceaccount:validator:participant", subjects);
        Assert.Equal("off", Keys(plan, "validator"));
    }

    // A17: the one that has decided has its keys outside; the one that exists stays as it is.
    [Fact]
    public async Task Keys_outside_are_for_the_validator_that_was_decided_alone()
    {
        var plan = await PreviewAsync($"  canton-infra:ledger: {{ {ExternalKeys}, validators: [ {{ name: validator, kms: {{ mode: 'off' }} }},"
            + " { name: fresh, kms: { decidedAt: '2026-01-31' } } ] }\n");

        var existing = plan.Resources.Single(resource => resource is { Type: Release, Name: "validator-participant" });
        var fresh = plan.Resources.Single(resource => resource is { Type: Release, Name: "fresh-participant" });
        Assert.Null(At(existing, "values.kms"));
        Assert.Equal("ghcr.io/digital-asset/decentralized-canton-sync/docker", Text(existing, "values.imageRepo"));
        Assert.Equal("\"driver\"", Text(fresh, "values.kms.type"));
        Assert.Equal("registry.example.com/canton", Text(fresh, "values.imageRepo"));
        Assert.Equal($"@sha256:{new string('1', 64)}", Text(fresh, "values.imageDigests.canton_participant"));
        Assert.Equal("2026-01-31", Entry(At(fresh, "values.pod.annotations"), "canton-infra/kms-decided-at"));
        Assert.Equal("true", Entry(At(fresh, "values.pod.labels"), "azure.workload.identity/use"));
        Assert.All(
            plan.Resources.Where(resource => resource.Type == "azure-native:keyvault:Key" && resource.Urn.Contains("CantonKeys", StringComparison.Ordinal)),
            key => Assert.StartsWith("fresh-", key.Name, StringComparison.Ordinal));

        // The roles first: a participant that cannot sign when it starts makes keys of its own.
        Assert.Contains(fresh.Dependencies, urn => urn.EndsWith("::fresh-namespace-user", StringComparison.Ordinal));
        Assert.Equal("external, driver, decided 2026-01-31", Keys(plan, "fresh"));
        var roles = plan.Resources.Where(resource => resource.Type == "azure-native:authorization:RoleAssignment"
            && resource.Name.StartsWith("fresh-", StringComparison.Ordinal) && resource.Name.EndsWith("-user", StringComparison.Ordinal));
        Assert.Equal(4, roles.Count());
    }

    [Theory]
    [InlineData("chartVersion: 0.6.11", "values.auth", "version")]
    [InlineData("imageDigests: { participant: 'sha256:1111111111111111111111111111111111111111111111111111111111111111' }", "values.imageDigests.canton_participant")]
    [InlineData("names: { networkName: Elsewhere }", "values.spliceInstanceNames.networkName")]
    [InlineData("scan: { type: trust-single, url: 'https://scan.sv-1.global.canton.network.sync.global' }", "values.scanClient.scanType")]
    [InlineData("synchronizer: { type: trust-single, url: 'https://a.global.canton.network.sync.global' }", "values.synchronizer.connectionType")]
    [InlineData("validators: [ { name: validator, participantMemoryGi: 48 } ]", "values.resources.limits.memory")]
    [InlineData("validators: [ { name: validator, contactPoint: ops@example.com } ]", "values.contactPoint")]
    [InlineData("validators: [ { name: validator, nodeIdentifier: node } ]", "values.nodeIdentifier")]
    [InlineData("validators: [ { name: validator, topup: { targetThroughput: 20000 } } ]", "values.topup.targetThroughput")]
    [InlineData("validators: [ { name: validator, pruning: { cron: '0 0 20 * * ?' } } ]", "values.participantPruningSchedule.retention")]
    [InlineData("validators: [ { name: validator, recovery: { newParticipantIdentifier: acme-2 } } ]", "values.participantIdentitiesDumpImport.newParticipantIdentifier")]
    public async Task An_option_changes_releases_and_nothing_else(string option, params string[] paths)
    {
        var before = await Plain.Value;
        var after = await PreviewAsync($"  canton-infra:ledger: {{ {option} }}\n");

        var old = before.Resources.ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        Assert.Equal(old.Keys.Order(StringComparer.Ordinal), after.Resources.Select(resource => resource.Urn).Order(StringComparer.Ordinal));
        var changed = after.Resources.Where(resource => old[resource.Urn].Inputs.ToString() != resource.Inputs.ToString()).ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, resource => Assert.Equal(Release, resource.Type));
        Assert.Contains(changed, release => paths.Any(path => At(release, path) is not null));
    }

    // A19
    [Theory]
    [InlineData("firewall", true)]
    [InlineData("nat", false)]
    public async Task A_wallet_elsewhere_is_reached_at_its_host_and_its_credentials_are_where_they_are_used(string mode, bool isRestricted)
    {
        const string Secure = "{ secure: 'v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==' }";
        var plan = await PreviewAsync(
            $"  canton-infra:network: {{ egress: {{ mode: {mode} }} }}\n"
            + "  canton-infra:ledger: { validators: [ { name: validator }, { name: other, waas: { provider: dfns, apiUrl: 'https://api.dfns.io' } } ] }\n"
            + $"  canton-infra:waasCredentials-other: {Secure}\n",
            "encryptionsalt: v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==\n");

        Assert.Equal("other", Text(Assert.Single(plan.Resources, resource => resource is { Type: "kubernetes:core/v1:Secret" }
            && Text(resource, "metadata.name") == "waas"), "metadata.namespace"));
        Assert.Single(plan.Resources, resource => resource is { Type: "azure-native:keyvault:Secret", Name: "waas-other" });
        Assert.Equal(isRestricted, plan.Resources.Any(resource => resource.Name == "rules-waas-other"));

        // The table of connections says so: reports are made of it.
        var ends = (MapValue)plan.Resources.Single(resource => resource.Type == "canton-infra:isolation:Connections").Outputs["ends"]!;
        var host = (MapValue)ends.Entries["internet/waas-other"];
        Assert.Equal(isRestricted, ((BoolValue)host.Entries["isRestricted"]).Value);
    }

    [Fact]
    public async Task A_stack_tells_what_holds_its_canton_users_against_their_rights()
    {
        var plan = await PreviewAsync(
            "  canton-infra:ledgerUsers: { apiUrl: 'https://ledger.example.com', extras: [user-registration] }\n");

        var access = (MapValue)plan.Outputs["ledgerAccess"]!;
        Assert.Equal(
            ["audience", "clientId", "clientSecretName", "extras", "ledgerUrl", "party", "scope", "tokenUrl", "users"], access.Entries.Keys);
        Assert.Equal("https://ledger.example.com", ((StringValue)access["ledgerUrl"]!).Value);
        Assert.Equal("canton-bridge", ((StringValue)access["party"]!).Value);
        Assert.Equal("user-registration", ((StringValue)Assert.Single(((ListValue)access["extras"]!).Items)).Value);
        Assert.Equal(["api-server", "indexer", "relayer"], ((MapValue)access["users"]!).Entries.Keys);

        // The secret itself is in the vault that another output names, and nowhere here.
        Assert.DoesNotContain(access.Entries.Values, value => value.IsSecret);
        var name = ((StringValue)access["clientSecretName"]!).Value;
        var secret = Assert.Single(plan.Resources, resource => resource.Type == "azure-native:keyvault:Secret" && Text(resource, "secretName") == name);
        Assert.EndsWith("KeyVault::secrets", secret.Parent, StringComparison.Ordinal);
        Assert.NotNull(plan.Outputs["secretVault"]);
        Assert.Null((await Plain.Value).Outputs["ledgerAccess"]);
    }

    private static async Task<Plan> PreviewAsync(string addition, string head = "")
    {
        using var folder = new ProjectFolder("mainnet", head + ProjectFolder.StackFile("mainnet") + addition);
        var result = await folder.PreviewAsync();
        Assert.All(result.Diagnostics, diagnostic => Assert.Contains("no tokens as they ask today", diagnostic.Message, StringComparison.Ordinal));
        return result.Plan;
    }

    private static string? Keys(Plan plan, string validator) => Entry(plan.Outputs["keyManagement"], validator);

    private static string? Entry(PropertyValue? map, string key) => ((map as MapValue)?.Entries.GetValueOrDefault(key) as StringValue)?.Value;

    private static PropertyValue? At(PlannedResource resource, string path) => path.Split('.').Aggregate(
        (PropertyValue?)resource.Inputs,
        (value, part) => value is MapValue map && map.Entries.TryGetValue(part, out var member) ? member : null);

    private static string? Text(PlannedResource resource, string path) => (At(resource, path) as StringValue)?.Value;
}
