using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Runner;
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
          canton-infra:identity: { host: canton.example.com, keycloak: { url: 'https://auth.canton.example.com' } }
          canton-infra:cluster: { adminGroupObjectIds: [00000000-0000-0000-0000-000000000003] }
          canton-infra:services: { relayer: { partyHint: bridge } }
          canton-infra:alerts: { email: operators@example.com }
          canton-infra:organization: acme
          canton-infra:ledgerBackups: { image: 'registry.example.com/tools@sha256:0000000000000000000000000000000000000000000000000000000000000000' }

        """;

    [Fact]
    public void The_defaults_are_those_of_an_environment_that_holds_money()
    {
        var settings = Assert.IsType<EnvironmentSettings>(ReadSettings.From("mainnet", Least).Value);

        Assert.True(settings.DeletionProtection);
        Assert.Equal(LockExtent.All, settings.Locks);
        Assert.Equal(DayOfWeek.Sunday, settings.MaintenanceDay);
        Assert.Equal(HighAvailability.ZoneRedundant, settings.Data.HighAvailability);
        Assert.Equal(35, settings.Data.BackupRetentionDays);
        Assert.Equal(new DatabaseServerSettings(new DatabaseSku("Standard_D8ds_v4"), 512, 20), settings.Data.Ledger);
        Assert.Equal(new DatabaseServerSettings(new DatabaseSku("Standard_D2ds_v4"), 64, 200), settings.Data.Keycloak);
        Assert.Equal((KeyProtection.Hsm, 90, null), (settings.Keys.Protection, settings.Keys.SoftDeleteRetentionDays, settings.Keys.ManagedHsm));
        Assert.Equal(
            [.. KeySettings.EncryptionKeys, .. KeySettings.RecoveryKeys, "kms-etcd"], settings.Keys.Generations.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.All(settings.Keys.Generations.Values, generation => Assert.Equal(1, generation));
        Assert.Equal(ClusterTier.Standard, settings.Cluster.Tier);
        Assert.Equal(["1", "2", "3"], settings.Cluster.Zones.AsEnumerable());
        Assert.Equal(new ObservabilitySettings(null, 30, 365, KubeAudit.All, true, true, true, null), settings.Observability);
        Assert.Equal(EgressMode.Firewall, settings.Network.Egress.Mode);
        Assert.False(settings.Network.Egress.IntrusionDetection);
        Assert.Empty(settings.Network.Egress.AllowedHosts);
        Assert.Equal(new FlowLogSettings(90, 10), settings.Network.FlowLogs);
        Assert.True(settings.Cluster.HasEtcdKey);
        Assert.Empty(settings.Cluster.AuthorizedIpRanges);
        Assert.Equal(KubernetesUpgrades.Patch, settings.Cluster.Upgrades);
        Assert.Equal(NodeImageUpgrades.NodeImage, settings.Cluster.NodeUpgrades);
        Assert.Empty(settings.Cluster.NotAllowedDates);
        Assert.All(settings.Access.Groups.Values, groups => Assert.Empty(groups));
        Assert.Equal(Enforcement.Deny, settings.Enforcement);
        Assert.Equal("eastus2", settings.Data.BackupLocation);
        Assert.Equal(TlsVersion.Tls13, settings.Data.LeastTls);
        Assert.Null(settings.Data.Replica);
        Assert.All(settings.Data.PasswordGenerations, account => Assert.Equal(1, account.Value));
        var validator = Assert.Single(settings.Ledger.Validators);
        Assert.Equal("validator", validator.Name);
        Assert.Equal(["participant", "validator"], validator.Databases.All.AsEnumerable());
        Assert.Equal("cnadmin", validator.Databases.Account);
        Assert.Equal(70, validator.Connections);
        Assert.Equal(KmsSettings.Off, validator.Kms);
        Assert.Equal("acme-validator-1", validator.PartyHint);
        Assert.Equal((false, 0), (validator.Migration.IsMigrating, validator.Migration.Id));
        Assert.Equal(("0.6.8", 30), (settings.Ledger.Release.Version, settings.Ledger.PruningWindowDays));
        Assert.Equal((4, 90, true), (settings.Ledger.Backups.IntervalHours, settings.Ledger.Backups.RetentionDays, settings.Ledger.Backups.IsAppendOnly));
        Assert.Null(validator.OnboardingSecret);
        Assert.All(settings.Access.Groups.Values, groups => Assert.Empty(groups));
        Assert.Equal(Enforcement.Deny, settings.Enforcement);
        Assert.Equal((RunnerMode.Managed, "Standard_D2s_v5"), (settings.Runner.Mode, settings.Runner.VmSize));
        Assert.Null(settings.Runner.SshPublicKey);
        Assert.Null(settings.Runner.AddressPrefix);
        Assert.Empty(settings.Runner.AllowedHosts);
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
                "Pulumi.mainnet.yaml:17: canton-infra:data.servers[0].sku: 'Standard_D2ds_v6' cannot be put into a subnet;"
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
    [InlineData("https://auth.canton.example.com", "https://auth.example.com", 9, "canton-infra:identity.keycloak.url: 'auth.example.com' must be one name directly below canton-infra:identity.host, such as auth.canton.example.com.")]
    [InlineData("keycloak: { url", "keycloak: { image: 'keycloak:latest', url", 9, "canton-infra:identity.keycloak.image: 'keycloak:latest' is not an image with registry, tag and digest")]
    [InlineData("https://auth.canton.example.com", "http://auth.canton.example.com", 9, "canton-infra:identity.keycloak.url: 'http://auth.canton.example.com' is not an https")]
    [InlineData("https://auth.canton.example.com", "https://auth.canton.example.com/auth", 9, "canton-infra:identity.keycloak.url: 'https://auth.canton.example.com/auth' is not")]
    [InlineData("[00000000-0000-0000-0000-000000000003]", "[]", 10, "canton-infra:cluster.adminGroupObjectIds: missing; it must give the Entra groups")]
    [InlineData("[00000000-0000-0000-0000-000000000003]", "[admins]", 10, "canton-infra:cluster.adminGroupObjectIds[0]: 'admins' is not a GUID")]
    [InlineData("[00000000-0000-0000-0000-000000000003]", "admins", 10, "canton-infra:cluster.adminGroupObjectIds: must be a list.")]
    [InlineData("{ email: operators@example.com }", "{}", 12, "canton-infra:alerts.email: missing; it must give the address that alerts go to.")]
    [InlineData("operators@example.com", "operators", 12, "canton-infra:alerts.email: 'operators' is not an e-mail address, such as operators@example.com.")]
    [InlineData("operators@example.com", "'a@example.com, b@example.com'", 12, "canton-infra:alerts.email: 'a@example.com, b@example.com' is not an e-mail address")]
    [InlineData("{ adminGroupObjectIds: [00000000-0000-0000-0000-000000000003] }", "all", 10, "canton-infra:cluster: must be a map with the members: adminGroupObjectIds, apiServer,")]
    public void A_wrong_value_is_told_with_its_place_and_what_is_allowed(string right, string wrong, int line, string message)
    {
        var errors = ReadSettings.Errors(Least.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(errors, error => error.StartsWith($"Pulumi.mainnet.yaml:{line}: {message}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("westus", true)]
    [InlineData("ukwest", true)]
    [InlineData("centralus", false)]
    [InlineData("newregion", false)]
    public void A_region_without_zones_is_refused_and_one_that_is_not_known_is_not(string region, bool isRefused)
    {
        var errors = ReadSettings.Errors(Least.Replace("azure-native:location: centralus", $"azure-native:location: {region}", StringComparison.Ordinal));

        Assert.Equal(isRefused, errors.Any(error => error.Contains($"azure-native:location: '{region}' has no availability zones", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("canton-infra:deletionProtection: perhaps", "canton-infra:deletionProtection: 'perhaps' is not one of: false, true.")]
    [InlineData("canton-infra:locks: some", "canton-infra:locks: 'some' is not one of: all, none, stateful.")]
    [InlineData("canton-infra:maintenanceDay: sundae", "canton-infra:maintenanceDay: 'sundae' is not one of: friday, monday,")]
    [InlineData("canton-infra:kind: subscripton", "canton-infra:kind: 'subscripton' is not one of: environment, subscription. Did you mean 'subscription'?")]
    [InlineData("canton-infra:mode: deni", "canton-infra:mode: 'deni' is not one of: audit, deny. Did you mean 'deny'?")]
    [InlineData("canton-infra:keys: { softDeleteRetentionDays: 91 }", "canton-infra:keys.softDeleteRetentionDays: '91' is not a whole number from 7 to 90.")]
    [InlineData("canton-infra:keys: { softDeleteRetentionDays: [7] }", "canton-infra:keys.softDeleteRetentionDays: the value is not a whole number from 7 to 90.")]
    [InlineData("canton-infra:keys: { protection: hardware }", "canton-infra:keys.protection: 'hardware' is not one of: hsm, software.")]
    [InlineData("canton-infra:data: { version: '9' }", "canton-infra:data.version: '9' is not a supported major version: 15, 16, 17.")]
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
    [InlineData("canton-infra:observability: { archive: maybe }", "canton-infra:observability.archive: 'maybe' is not one of: false, true.")]
    [InlineData("canton-infra:observability: { sentinel: maybe }", "canton-infra:observability.sentinel: 'maybe' is not one of: false, true.")]
    [InlineData("canton-infra:observability: { privateIngestion: maybe }", "canton-infra:observability.privateIngestion: 'maybe' is not one of: false, true.")]
    [InlineData("canton-infra:observability: { subscriptionWorkspaceId: law }", "canton-infra:observability.subscriptionWorkspaceId: 'law' is not the resource id of a Log Analytics workspace.")]
    [InlineData("canton-infra:observability: { privateIngestion: false, subscriptionWorkspaceId: /subscriptions/00000000-0000-0000-0000-000000000011/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/law }", "canton-infra:observability.subscriptionWorkspaceId: counts with privateIngestion only;")]
    [InlineData("canton-infra:observability: { kubeAudit: none }", "canton-infra:observability.kubeAudit: 'none' is not one of: kube-audit, kube-audit-admin.")]
    [InlineData("canton-infra:network: { egress: { mode: proxy } }", "canton-infra:network.egress.mode: 'proxy' is not one of: firewall, nat.")]
    [InlineData("canton-infra:network: { egress: { intrusionDetection: maybe } }", "canton-infra:network.egress.intrusionDetection: 'maybe' is not one of: false, true.")]
    [InlineData("canton-infra:network: { egress: { mode: nat, intrusionDetection: true } }", "canton-infra:network.egress.intrusionDetection: a NAT gateway looks at no traffic")]
    [InlineData("canton-infra:network: { egress: { mode: nat, allowedHosts: [a.example.com] } }", "canton-infra:network.egress.allowedHosts: a NAT gateway looks at no traffic")]
    [InlineData("canton-infra:network: { egress: { allowedHosts: ['https://a.example.com'] } }", "canton-infra:network.egress.allowedHosts[0]: 'https://a.example.com' is not a host name in lower case")]
    [InlineData("canton-infra:network: { egress: { allowedHosts: ['*'] } }", "canton-infra:network.egress.allowedHosts[0]: '*' is not a host name")]
    [InlineData("canton-infra:network: { egress: { allowedHosts: ['*.com'] } }", "canton-infra:network.egress.allowedHosts[0]: '*.com' is not a host name")]
    [InlineData("canton-infra:network: { egress: { allowedHosts: [a.example.com, a.example.com] } }", "canton-infra:network.egress.allowedHosts: a host stands twice.")]
    [InlineData("canton-infra:network: { egress: { allowedHosts: all } }", "canton-infra:network.egress.allowedHosts: must be a list.")]
    [InlineData("canton-infra:network: { flowLogs: { retentionDays: 0 } }", "canton-infra:network.flowLogs.retentionDays: '0' is not a whole number from 1 to 365.")]
    [InlineData("canton-infra:network: { flowLogs: { analyticsIntervalMinutes: 30 } }", "canton-infra:network.flowLogs.analyticsIntervalMinutes: '30' is not one of: 10, 60.")]
    [InlineData("canton-infra:keys: { protection: paper }", "canton-infra:keys.protection: 'paper' is not one of: hsm, software.")]
    [InlineData("canton-infra:keys: { generations: { cmk-des: 0 } }", "canton-infra:keys.generations.cmk-des: '0' is not a whole number from 1 to 20.")]
    [InlineData("canton-infra:keys: { generations: { cmk-disks: 2 } }", "canton-infra:keys.generations.cmk-disks: there is no such setting; allowed are: cmk-archive,")]
    [InlineData("canton-infra:keys: { managedHsm: { adminObjectIds: [] } }", "canton-infra:keys.managedHsm.adminObjectIds: missing; it must give those who activate the pool,")]
    [InlineData("canton-infra:keys: { managedHsm: { adminObjectIds: [me] } }", "canton-infra:keys.managedHsm.adminObjectIds[0]: 'me' is not a GUID")]
    [InlineData(
        "canton-infra:keys: { managedHsm: { adminObjectIds: [00000000-0000-0000-0000-000000000009], keys: { kms-etcd: x } } }",
        "canton-infra:keys.managedHsm.keys.kms-etcd: there is no such setting;")]
    [InlineData(
        "canton-infra:keys: { managedHsm: { adminObjectIds: [00000000-0000-0000-0000-000000000009], keys: { cmk-des: 'https://pool.managedhsm.azure.net/keys/disks' } } }",
        "canton-infra:keys.managedHsm.keys.cmk-des: 'https://pool.managedhsm.azure.net/keys/disks' is not the URI of a version of a key,")]
    [InlineData("canton-infra:ledger: { kms: { mode: paper } }", "canton-infra:ledger.kms.mode: 'paper' is not one of: envelope, external, off.")]
    [InlineData("canton-infra:runner: { mode: manged }", "canton-infra:runner.mode: 'manged' is not one of: existing, managed, none. Did you mean 'managed'?")]
    [InlineData("canton-infra:runner: { vmSize: Small }", "canton-infra:runner.vmSize: 'Small' is not a size of virtual machines,")]
    [InlineData("canton-infra:runner: { sshPublicKey: hunter2 }", "canton-infra:runner.sshPublicKey: 'hunter2' is not an SSH public key")]
    [InlineData("canton-infra:runner: { allowedHosts: ['*'] }", "canton-infra:runner.allowedHosts[0]: '*' is not a host name")]
    [InlineData("canton-infra:runner: { addressPrefix: 10.9.0.0/27 }", "canton-infra:runner.addressPrefix: counts with mode existing only;")]
    [InlineData("canton-infra:runner: { mode: existing }", "canton-infra:runner.addressPrefix: missing; it must give the addresses of the machine that deploys.")]
    [InlineData("canton-infra:runner: { mode: existing, addressPrefix: 10.42.8.0/27 }", "canton-infra:runner.addressPrefix: '10.42.8.0/27' overlaps 10.42.0.0/20, which the environment's own resources use;")]
    [InlineData("canton-infra:runner: { mode: existing, addressPrefix: 100.64.1.0/27 }", "canton-infra:runner.addressPrefix: '100.64.1.0/27' overlaps 100.64.0.0/16, which the pods")]
    [InlineData("canton-infra:runner: { mode: none, vmSize: Standard_D2s_v5 }", "canton-infra:runner.vmSize: counts with mode managed only;")]
    [InlineData("canton-infra:ledgerUsers: { apiUrl: 'http://participant:7575' }", "canton-infra:ledgerUsers.apiUrl: ")]
    [InlineData("canton-infra:ledgerUsers: { extras: [user-registratoin] }", "canton-infra:ledgerUsers.extras[0]: 'user-registratoin' is not one of: party-allocation, user-registration. Did you mean 'user-registration'?")]

    [InlineData("canton-infra:onboardingSecret: hunter2", "canton-infra:onboardingSecret: a secret in clear; it must be encrypted: pulumi config set --secret")]
    [InlineData("canton-infra:ingress: { acmeServer: 'http://ca.example.com' }", "canton-infra:ingress.acmeServer: 'http://ca.example.com' is not an https address")]
    [InlineData("canton-infra:ingress: { requestsPerSecond: 0 }", "canton-infra:ingress.requestsPerSecond: '0' is not a whole number from 1 to 100000.")]
    [InlineData("canton-infra:ingress: { peers: [{ name: a.example.com, authority: hello }] }", "canton-infra:ingress.peers[0].authority: must be one or more certificates in PEM")]
    [InlineData("canton-infra:ledger: { secrets: csi }", "canton-infra:ledger.secrets: 'csi' would leave the pods without their secrets")]
    [InlineData("canton-infra:enforcement: denny", "canton-infra:enforcement: 'denny' is not one of: audit, deny. Did you mean 'deny'?")]
    [InlineData("canton-infra:access: { admins: [all] }", "canton-infra:access.admins[0]: 'all' is not a GUID of the form")]
    [InlineData("canton-infra:access: { viewers: [] }", "canton-infra:access.viewers: there is no such setting; allowed are: admins, auditors, operators.")]
    [InlineData("canton-infra:access: { admins: [00000000-0000-0000-0000-000000000021], auditors: [00000000-0000-0000-0000-000000000021] }", "canton-infra:access.auditors[0]: '00000000-0000-0000-0000-000000000021' stands twice; a group has one duty.")]
    [InlineData("canton-infra:addresSpace: 10.1.0.0/16", "canton-infra:addresSpace: there is no such setting. Did you mean 'canton-infra:addressSpace'?")]
    [InlineData("colour: blue", "canton-infra:colour: there is no such setting.")]
    public void A_wrong_addition_is_told_with_its_line(string line, string message)
    {
        var error = Assert.Single(ReadSettings.Errors($"{Least}  {line}\n"));

        Assert.StartsWith($"Pulumi.mainnet.yaml:{Least.Count(letter => letter == '\n') + 1}: {message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_of_the_runner_mean_nothing_where_all_can_be_reached()
    {
        var error = Assert.Single(ReadSettings.Errors(
            Least + "  canton-infra:network: { egress: { mode: nat } }\n  canton-infra:runner: { allowedHosts: [a.example.com] }\n"));

        Assert.StartsWith("Pulumi.mainnet.yaml:16: canton-infra:runner.allowedHosts: a NAT gateway lets all traffic out;", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runner_s_place_is_read_also_where_the_environment_s_own_is_wrong() => Assert.Single(ReadSettings.Errors(
        Least.Replace("10.42.0.0/20", "10.42.0.1/20", StringComparison.Ordinal)
            + "  canton-infra:runner: { mode: existing, addressPrefix: 10.9.0.4/32 }\n"));

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
    [InlineData("azureKeyVaultKms: maybe", "canton-infra:cluster.azureKeyVaultKms: 'maybe' is not one of: false, true.")]
    [InlineData("apiServer: open", "canton-infra:cluster.apiServer: 'open' is not one of: private, public.")]
    [InlineData("apiServer: public", "canton-infra:cluster.authorizedIpRanges: missing; a public API server must give the networks that reach it,")]
    [InlineData("apiServer: public, authorizedIpRanges: []", "canton-infra:cluster.authorizedIpRanges: missing;")]
    [InlineData("apiServer: public, authorizedIpRanges: [0.0.0.0/0]", "canton-infra:cluster.authorizedIpRanges[0]: '0.0.0.0/0' is too large;")]
    [InlineData("apiServer: public, authorizedIpRanges: [office]", "canton-infra:cluster.authorizedIpRanges[0]: 'office' is not an IPv4 network")]
    [InlineData("authorizedIpRanges: [203.0.113.0/24]", "canton-infra:cluster.authorizedIpRanges: counts only with apiServer: public;")]
    [InlineData("upgradeChannel: none", "canton-infra:cluster.upgradeChannel: 'none' is not one of: node-image, patch, rapid, stable.")]
    [InlineData("nodeOSUpgradeChannel: Unmanaged", "canton-infra:cluster.nodeOSUpgradeChannel: 'Unmanaged' is not one of: NodeImage, SecurityPatch.")]
    [InlineData("upgradeChannel: node-image, nodeOSUpgradeChannel: SecurityPatch", "canton-infra:cluster.nodeOSUpgradeChannel: must be NodeImage with upgradeChannel: node-image")]
    [InlineData("notAllowedDates: [{ start: tomorrow, end: '2026-12-31' }]", "canton-infra:cluster.notAllowedDates[0].start: 'tomorrow' is not a day of the form 2026-12-31.")]
    [InlineData("notAllowedDates: [{ start: '2026-12-31', end: '2026-12-01' }]", "canton-infra:cluster.notAllowedDates[0].end: is before start.")]
    [InlineData("userPool: { count: 9 }", "canton-infra:cluster.userPool.count: there is no such setting; allowed are: maxCount, minCount, vmSize.")]
    public void The_cluster_is_checked_in_detail(string member, string message)
    {
        var error = Assert.Single(ReadSettings.Errors(Least.Replace("cluster: {", $"cluster: {{ {member},", StringComparison.Ordinal)));

        Assert.StartsWith($"Pulumi.mainnet.yaml:10: {message}", error, StringComparison.Ordinal);
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
    [InlineData("'https://auth.canton.example.com'", "{ secure: 'v1:AAAA:BBBB' }", 9, "canton-infra:identity.keycloak.url")]
    public void An_encrypted_setting_that_is_no_secret_is_told_and_not_shown(string right, string wrong, int line, string path)
    {
        var error = Assert.Single(ReadSettings.Errors(Least.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal($"Pulumi.mainnet.yaml:{line}: {path}: is encrypted; it is no secret and must be in clear: pulumi config set", error);
    }
}
