using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings;

public sealed class StackSettingsTests
{
    // Every line has its number, so that tests can name it.
    private const string Least =
        """
        config:
          azure-native:location: centralus
          azure-native:subscriptionId: 00000000-0000-0000-0000-000000000001
          azure-native:tenantId: 00000000-0000-0000-0000-000000000002
          canton-infra:environment: mainnet
          canton-infra:owner: team
          canton-infra:costCenter: money
          canton-infra:addressSpace: 10.42.0.0/20
          canton-infra:identity: { host: canton.example.com, keycloak: { url: 'https://auth.example.com' } }
          canton-infra:cluster: { adminGroupObjectIds: [00000000-0000-0000-0000-000000000003] }
          canton-infra:services: { relayer: { partyHint: bridge } }

        """;

    [Fact]
    public void The_defaults_are_those_of_an_environment_that_holds_money()
    {
        var settings = Assert.IsType<EnvironmentSettings>(ReadSettings.From("mainnet", Least).Value);

        Assert.True(settings.DeletionProtection);
        Assert.Equal(DayOfWeek.Sunday, settings.MaintenanceDay);
        Assert.Equal(HighAvailability.ZoneRedundant, settings.Data.HighAvailability);
        Assert.Equal(35, settings.Data.BackupRetentionDays);
        Assert.Equal(new DatabaseServerSettings(new DatabaseSku("Standard_D8ds_v4"), 512), settings.Data.Ledger);
        Assert.Equal(new DatabaseServerSettings(new DatabaseSku("Standard_D2ds_v4"), 64), settings.Data.Keycloak);
        Assert.Equal(new KeySettings(KeyProtection.Hsm, 90), settings.Keys);
        Assert.Equal(ClusterTier.Standard, settings.Cluster.Tier);
        Assert.Equal(["1", "2", "3"], settings.Cluster.Zones.AsEnumerable());
        Assert.Equal(new ObservabilitySettings(null, 30, 365, KubeAudit.All), settings.Observability);
        Assert.Null(settings.Ledger.OnboardingSecret);
        Assert.Equal("https://ledger-api.mainnet.canton", settings.Identity.LedgerApiAudience);
    }

    [Theory]
    [InlineData("devnet")]
    [InlineData("testnet")]
    [InlineData("mainnet")]
    [InlineData("subscription-nonprod")]
    [InlineData("subscription-prod")]
    public void The_stack_files_of_the_repository_are_valid(string stack) =>
        Assert.Empty(ReadSettings.From(stack, ProjectFolder.StackFile(stack)).Errors);

    [Fact]
    public void The_environment_is_a_setting_and_not_the_name_of_the_stack()
    {
        var settings = Assert.IsType<EnvironmentSettings>(ReadSettings.From("acme-east", Least).Value);

        Assert.Equal("acme-east", settings.Name);
        Assert.Equal(CantonEnvironment.Mainnet, settings.Environment);
    }

    [Fact]
    public void Several_mistakes_are_told_at_once_each_with_its_line()
    {
        var file = Least
            .Replace("10.42.0.0/20", "10.0.0.0/30", StringComparison.Ordinal)
            .Replace("mainnet", "moonnet", StringComparison.Ordinal)
            .Replace("  canton-infra:owner: team\n", "", StringComparison.Ordinal)
            + "  canton-infra:data:\n    servers:\n      - name: ledger\n        sku: Standard_D2ds_v6\n";

        Assert.Equal(
            [
                "Pulumi.mainnet.yaml:1: canton-infra:owner: missing; it must give who answers for the environment.",
                "Pulumi.mainnet.yaml:5: canton-infra:environment: 'moonnet' is not one of: devnet, mainnet, testnet. Did you mean 'mainnet'?",
                "Pulumi.mainnet.yaml:7: canton-infra:addressSpace: '10.0.0.0/30' is too small; the prefix must be /20 or shorter.",
                "Pulumi.mainnet.yaml:14: canton-infra:data.servers[0].sku: 'Standard_D2ds_v6' cannot be put into a subnet;"
                    + " allowed are generations up to v5.",
            ],
            ReadSettings.Errors(file));
    }

    [Theory]
    [InlineData("azure-native:location: centralus", "azure-native:location: Central US", 2, "azure-native:location: 'Central US' is not the short name")]
    [InlineData("0000-000000000001", "1", 3, "azure-native:subscriptionId: '00000000-0000-0000-1' is not a GUID of the form")]
    [InlineData("10.42.0.0/20", "10.42.0.1/20", 8, "canton-infra:addressSpace: '10.42.0.1/20' is not an IPv4 network")]
    [InlineData("10.42.0.0/20", "fd00::/20", 8, "canton-infra:addressSpace: 'fd00::/20' is not an IPv4 network")]
    [InlineData("10.42.0.0/20", "172.20.16.0/20", 8, "canton-infra:addressSpace: '172.20.16.0/20' overlaps 172.20.0.0/16, which the services")]
    [InlineData("10.42.0.0/20", "100.0.0.0/8", 8, "canton-infra:addressSpace: '100.0.0.0/8' overlaps 100.64.0.0/16, which the pods")]
    [InlineData("https://auth.example.com", "http://auth.example.com", 9, "canton-infra:identity.keycloak.url: 'http://auth.example.com' is not an https")]
    [InlineData("https://auth.example.com", "https://auth.example.com/auth", 9, "canton-infra:identity.keycloak.url: 'https://auth.example.com/auth' is not")]
    [InlineData("[00000000-0000-0000-0000-000000000003]", "[]", 10, "canton-infra:cluster.adminGroupObjectIds: missing; it must give the Entra groups")]
    [InlineData("[00000000-0000-0000-0000-000000000003]", "[admins]", 10, "canton-infra:cluster.adminGroupObjectIds[0]: 'admins' is not a GUID")]
    [InlineData("[00000000-0000-0000-0000-000000000003]", "admins", 10, "canton-infra:cluster.adminGroupObjectIds: must be a list.")]
    [InlineData("{ adminGroupObjectIds: [00000000-0000-0000-0000-000000000003] }", "all", 10, "canton-infra:cluster: must be a map with the members: adminGroupObjectIds, kubernetesVersion")]
    public void A_wrong_value_is_told_with_its_place_and_what_is_allowed(string right, string wrong, int line, string message)
    {
        var errors = ReadSettings.Errors(Least.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(errors, error => error.StartsWith($"Pulumi.mainnet.yaml:{line}: {message}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("canton-infra:deletionProtection: perhaps", "canton-infra:deletionProtection: 'perhaps' is not one of: false, true.")]
    [InlineData("canton-infra:maintenanceDay: sundae", "canton-infra:maintenanceDay: 'sundae' is not one of: friday, monday,")]
    [InlineData("canton-infra:kind: subscripton", "canton-infra:kind: 'subscripton' is not one of: environment, subscription. Did you mean 'subscription'?")]
    [InlineData("canton-infra:keys: { softDeleteRetentionDays: 91 }", "canton-infra:keys.softDeleteRetentionDays: '91' is not a whole number from 7 to 90.")]
    [InlineData("canton-infra:keys: { softDeleteRetentionDays: [7] }", "canton-infra:keys.softDeleteRetentionDays: the value is not a whole number from 7 to 90.")]
    [InlineData("canton-infra:keys: { protection: hardware }", "canton-infra:keys.protection: 'hardware' is not one of: hsm, software.")]
    [InlineData("canton-infra:data: { version: '9' }", "canton-infra:data.version: '9' is not a supported major version: 14, 15, 16, 17.")]
    [InlineData("canton-infra:data: { version: 17 }", "canton-infra:data.version: must be a text that gives PostgreSQL's major version; write it in quotes.")]
    [InlineData("canton-infra:data: { backupRetentionDays: 6 }", "canton-infra:data.backupRetentionDays: '6' is not a whole number from 7 to 35.")]
    [InlineData("canton-infra:data: { servers: [ { name: ledger, storageGB: 100 } ] }", "canton-infra:data.servers[0].storageGB: '100' is not one of: 32, 64,")]
    [InlineData("canton-infra:data: { servers: [ { name: ledger, sku: Standard_B2s } ] }", "canton-infra:data.servers[0].sku: 'Standard_B2s' is burstable and cannot have a standby;")]
    [InlineData("canton-infra:data: { servers: [ { name: ledger, sku: Large } ] }", "canton-infra:data.servers[0].sku: 'Large' is no size of PostgreSQL servers;")]
    [InlineData("canton-infra:data: { servers: [ { name: leger } ] }", "canton-infra:data.servers[0].name: 'leger' is not one of: keycloak, ledger. Did you mean 'ledger'?")]
    [InlineData("canton-infra:data: { servers: [ { sku: Standard_D2ds_v4 } ] }", "canton-infra:data.servers[0].name: missing; it must give which server it is.")]
    [InlineData("canton-infra:data: { servers: [ { name: ledger }, { name: ledger } ] }", "canton-infra:data.servers[1].name: 'ledger' stands twice;")]
    [InlineData("canton-infra:observability: { dailyCapGB: 2 }", "canton-infra:observability.dailyCapGB: logs of an environment on mainnet cannot be capped")]
    [InlineData("canton-infra:observability: { tableRetentionDays: 3 }", "canton-infra:observability.tableRetentionDays: '3' is not a whole number from 4 to 730.")]
    [InlineData("canton-infra:observability: { auditRetentionDays: 800 }", "canton-infra:observability.auditRetentionDays: '800' is more than 730 days and no number of years as Azure counts them: 1095, 1460,")]
    [InlineData("canton-infra:observability: { auditRetentionDays: 29 }", "canton-infra:observability.auditRetentionDays: '29' is less than the 30 days in which the tables can be queried.")]
    [InlineData("canton-infra:observability: { kubeAudit: none }", "canton-infra:observability.kubeAudit: 'none' is not one of: kube-audit, kube-audit-admin.")]
    [InlineData("canton-infra:onboardingSecret: hunter2", "canton-infra:onboardingSecret: a secret in clear; it must be encrypted: pulumi config set --secret")]
    [InlineData("canton-infra:addresSpace: 10.1.0.0/16", "canton-infra:addresSpace: there is no such setting. Did you mean 'canton-infra:addressSpace'?")]
    [InlineData("colour: blue", "canton-infra:colour: there is no such setting.")]
    public void A_wrong_addition_is_told_with_its_line(string line, string message)
    {
        var error = Assert.Single(ReadSettings.Errors($"{Least}  {line}\n"));

        Assert.StartsWith($"Pulumi.mainnet.yaml:12: {message}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("devnet")]
    [InlineData("testnet")]
    public void Only_environments_on_mainnet_cannot_cap_their_logs(string environment)
    {
        var file = Least.Replace("mainnet", environment, StringComparison.Ordinal);

        var settings = ReadSettings.From("mainnet", $"{file}  canton-infra:observability: {{ dailyCapGB: 2 }}\n").Value;

        Assert.Equal(2, Assert.IsType<EnvironmentSettings>(settings).Observability.DailyCapGB);
        Assert.EndsWith(
            "canton-infra:observability.dailyCapGB: '0' is not a whole number from 1 to 1000.",
            Assert.Single(ReadSettings.Errors($"{file}  canton-infra:observability: {{ dailyCapGB: 0 }}\n")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zones: ['4']", "canton-infra:cluster.zones[0]: '4' is not one of: '1', '2', '3'.")]
    [InlineData("zones: ['1', '1']", "canton-infra:cluster.zones: a zone stands twice.")]
    [InlineData("kubernetesVersion: 1.35", "canton-infra:cluster.kubernetesVersion: must be a text that gives the version of Kubernetes; write it in quotes.")]
    [InlineData("tier: cheap", "canton-infra:cluster.tier: 'cheap' is not one of: free, premium, standard.")]
    [InlineData("userPool: { vmSize: Big }", "canton-infra:cluster.userPool.vmSize: 'Big' is not a size of virtual machines,")]
    [InlineData("userPool: { minCount: 9 }", "canton-infra:cluster.userPool.minCount: '9' is more than maxCount, which is 6.")]
    [InlineData("userPool: { count: 9 }", "canton-infra:cluster.userPool.count: there is no such setting; allowed are: maxCount, minCount, vmSize.")]
    public void The_cluster_is_checked_in_detail(string member, string message)
    {
        var error = Assert.Single(ReadSettings.Errors(Least.Replace("cluster: {", $"cluster: {{ {member},", StringComparison.Ordinal)));

        Assert.StartsWith($"Pulumi.mainnet.yaml:10: {message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_region_does_not_have_is_told_with_where_it_is()
    {
        var errors = ReadSettings.Errors(Least.Replace("centralus", "eastus2", StringComparison.Ordinal)
            + "  canton-infra:data: { servers: [ { name: ledger, sku: Standard_D8ds_v5 } ] }\n");

        Assert.Equal(
            [
                "Pulumi.mainnet.yaml:12: canton-infra:data.highAvailability: zoneRedundant is closed to new servers in eastus2;"
                    + " allowed there are: disabled, sameZone. Regions that have it: centralus.",
                "Pulumi.mainnet.yaml:12: canton-infra:data.servers[0].sku: eastus2 has no 'Standard_D8ds_v5';"
                    + " allowed there are generations up to v4.",
            ],
            errors);
    }

    [Theory]
    [InlineData("Mainnet")]
    [InlineData("a")]
    [InlineData("main--net")]
    [InlineData("mainnet-")]
    [InlineData("a-name-that-is-longer-than-azure-takes")]
    public void A_stack_name_that_Azure_would_refuse_in_names_is_told(string stack)
    {
        var error = Assert.Single(ReadSettings.From(stack, Least).Errors);

        Assert.StartsWith($"'{stack}' cannot be the name of an environment", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Pulumi.{stack}.yaml", error.File);
    }

    [Fact]
    public void A_value_of_the_command_line_has_no_line()
    {
        var error = Assert.Single(ReadSettings.Errors(Least, "canton-infra:addressSpace=10.0.0.0/24"));

        Assert.StartsWith("canton-infra:addressSpace: '10.0.0.0/24' is too small", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_stack_file_cannot_be_read_errors_have_no_place()
    {
        var result = StackSettings.Read(ReadSettings.Nothing, SettingLocations.Read("/nowhere", "canton-infra", "dev"), "dev");

        Assert.Contains("canton-infra:owner: missing; it must give who answers for the environment.", result.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("owner: team", "owner: { secure: 'v1:AAAA:BBBB' }", 6, "canton-infra:owner")]
    [InlineData("'https://auth.example.com'", "{ secure: 'v1:AAAA:BBBB' }", 9, "canton-infra:identity.keycloak.url")]
    public void An_encrypted_setting_that_is_no_secret_is_told_and_not_shown(string right, string wrong, int line, string path)
    {
        var error = Assert.Single(ReadSettings.Errors(Least.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal($"Pulumi.mainnet.yaml:{line}: {path}: is encrypted; it is no secret and must be in clear: pulumi config set", error);
    }

    [Fact]
    public void A_subscription_has_settings_of_its_own()
    {
        const string File =
            """
            config:
              azure-native:location: centralus
              azure-native:subscriptionId: 00000000-0000-0000-0000-000000000001
              azure-native:tenantId: 00000000-0000-0000-0000-000000000002
              canton-infra:kind: subscription
              canton-infra:allowedLocations: [centralus]
              canton-infra:mode: deny
              canton-infra:allowedRegions: [centralus]

            """;
        var settings = Assert.IsType<SubscriptionSettings>(ReadSettings.From("sub", File).Value);

        Assert.Equal(["centralus"], settings.AllowedLocations.AsEnumerable());
        Assert.Equal(Enforcement.Deny, settings.Enforcement);
        Assert.Equal(
            [
                "Pulumi.mainnet.yaml:6: canton-infra:allowedLocations[0]: 'Central US' is not the short name of an Azure region, such as centralus.",
                "Pulumi.mainnet.yaml:9: canton-infra:owner: there is no such setting.",
                "Pulumi.mainnet.yaml:10: canton-infra:enforcement: 'denny' is not one of: audit, deny. Did you mean 'deny'?",
            ],
            ReadSettings.Errors(File.Replace("Locations: [centralus]", "Locations: [Central US]", StringComparison.Ordinal)
                + "  canton-infra:owner: me\n  canton-infra:enforcement: denny\n"));
    }
}
