using Pulumi;
using Azure = Pulumi.AzureNative;
using AzureInputs = Pulumi.AzureNative.Network.Inputs;
using Cluster = Pulumi.AzureNative.ContainerService;
using Database = Pulumi.AzureNative.DBforPostgreSQL;
using Keycloak = Pulumi.Keycloak;
using Random = Pulumi.Random;
using Vault = Pulumi.AzureNative.KeyVault;

namespace Twins;

/// <summary>Resources of the provider packages.</summary>
internal static partial class TypedCases
{
    private const string Location = "germanywestcentral";

    public static IReadOnlyDictionary<string, Declare> All { get; } = new Dictionary<string, Declare>
    {
        ["azure-network"] = AzureNetwork,
        ["azure-cluster"] = AzureCluster,
        ["azure-vault"] = Case.Of(AzureVault),
        ["azure-postgres"] = Case.Of(AzurePostgres),
        ["azure-observability"] = Case.Of(AzureObservability),
        ["azure-lock-and-policy"] = Case.Of(AzureLockAndPolicy),
        ["azure-get"] = Case.Of(AzureGet),
        ["kubernetes-workload"] = Case.Of(KubernetesWorkload),
        ["kubernetes-isolation"] = Case.Of(KubernetesIsolation),
        ["kubernetes-secrets"] = Case.Of(KubernetesSecrets),
        ["kubernetes-release"] = Case.Of(KubernetesRelease),
        ["random"] = RandomValues,
        ["postgresql"] = Case.Of(PostgreSqlObjects),
        ["keycloak"] = Case.Of(KeycloakRealm),
        ["auth0"] = Case.Of(Auth0Tenant),
    };

    private static Azure.Resources.ResourceGroup NewGroup() =>
        new("group", new() { ResourceGroupName = "rg", Location = Location, Tags = { { "owner", "team" } } });

    private static Dictionary<string, object?> AzureNetwork()
    {
        var group = NewGroup();
        var network = new Azure.Network.VirtualNetwork("vnet", new()
        {
            ResourceGroupName = group.Name,
            Location = group.Location,
            AddressSpace = new AzureInputs.AddressSpaceArgs { AddressPrefixes = { "10.0.0.0/16" } },
            Encryption = new AzureInputs.VirtualNetworkEncryptionArgs
            {
                Enabled = true,
                Enforcement = Azure.Network.VirtualNetworkEncryptionEnforcement.AllowUnencrypted,
            },
        });
        var rules = new Azure.Network.NetworkSecurityGroup("nsg", new()
        {
            ResourceGroupName = group.Name,
            SecurityRules =
            {
                new AzureInputs.SecurityRuleArgs
                {
                    Name = "deny",
                    Priority = 4096,
                    Access = Azure.Network.SecurityRuleAccess.Deny,
                    Direction = Azure.Network.SecurityRuleDirection.Inbound,
                    Protocol = Azure.Network.SecurityRuleProtocol.Asterisk,
                    SourceAddressPrefix = "*",
                    SourcePortRange = "*",
                    DestinationAddressPrefix = "*",
                    DestinationPortRanges = { "80", "443" },
                },
            },
        });
        var subnet = new Azure.Network.Subnet("subnet", new()
        {
            ResourceGroupName = group.Name,
            VirtualNetworkName = network.Name,
            AddressPrefix = "10.0.1.0/24",
            NetworkSecurityGroup = new AzureInputs.NetworkSecurityGroupArgs { Id = rules.Id },
            Delegations = { new AzureInputs.DelegationArgs { Name = "d", ServiceName = "Microsoft.DBforPostgreSQL/flexibleServers" } },
            PrivateEndpointNetworkPolicies = Azure.Network.VirtualNetworkPrivateEndpointNetworkPolicies.Enabled,
        });
        return new() { ["subnet"] = subnet.Id, ["space"] = network.AddressSpace };
    }

    private static Dictionary<string, object?> AzureCluster()
    {
        var group = NewGroup();
        var identity = new Azure.ManagedIdentity.UserAssignedIdentity("identity", new() { ResourceGroupName = group.Name, Location = Location });
        var cluster = new Cluster.ManagedCluster("aks", new()
        {
            ResourceGroupName = group.Name,
            Location = Location,
            DnsPrefix = "aks",
            Identity = new Cluster.Inputs.ManagedClusterIdentityArgs
            {
                Type = Cluster.ResourceIdentityType.UserAssigned,
                UserAssignedIdentities = { identity.Id },
            },
            AgentPoolProfiles =
            {
                new Cluster.Inputs.ManagedClusterAgentPoolProfileArgs
                {
                    Name = "system",
                    Mode = Cluster.AgentPoolMode.System,
                    Count = 3,
                    VmSize = "Standard_D4s_v5",
                    AvailabilityZones = { "1", "2", "3" },
                    OsSKU = Cluster.OSSKU.AzureLinux,
                },
            },
            ApiServerAccessProfile = new Cluster.Inputs.ManagedClusterAPIServerAccessProfileArgs { EnablePrivateCluster = true, PrivateDNSZone = "system" },
            NetworkProfile = new Cluster.Inputs.ContainerServiceNetworkProfileArgs
            {
                NetworkPlugin = Cluster.NetworkPlugin.Azure,
                NetworkPolicy = "cilium",
                ServiceCidr = "10.100.0.0/16",
            },
            OidcIssuerProfile = new Cluster.Inputs.ManagedClusterOIDCIssuerProfileArgs { Enabled = true },
        });
        _ = new Cluster.AgentPool("users", new()
        {
            ResourceGroupName = group.Name,
            ResourceName = cluster.Name,
            Mode = "User",
            Count = 2,
            NodeTaints = { "dedicated=canton:NoSchedule" },
            UpgradeSettings = new Cluster.Inputs.AgentPoolUpgradeSettingsArgs { MaxSurge = "33%" },
        });
        return new() { ["issuer"] = cluster.OidcIssuerProfile.Apply(profile => profile?.IssuerURL) };
    }

    private static void AzureVault()
    {
        var group = NewGroup();
        var vault = new Vault.Vault("vault", new()
        {
            ResourceGroupName = group.Name,
            VaultName = "kv",
            Properties = new Vault.Inputs.VaultPropertiesArgs
            {
                TenantId = "00000000-0000-0000-0000-000000000002",
                Sku = new Vault.Inputs.SkuArgs { Family = Vault.SkuFamily.A, Name = Vault.SkuName.Premium },
                EnableRbacAuthorization = true,
                EnablePurgeProtection = true,
                NetworkAcls = new Vault.Inputs.NetworkRuleSetArgs { Bypass = "None", DefaultAction = Vault.NetworkRuleAction.Deny },
            },
        });
        var password = new Random.RandomPassword("password", new() { Length = 32 });
        _ = new Vault.Secret("secret", new()
        {
            ResourceGroupName = group.Name,
            VaultName = vault.Name,
            Properties = new Vault.Inputs.SecretPropertiesArgs
            {
                Value = password.Result,
                Attributes = new Vault.Inputs.SecretAttributesArgs { Enabled = true },
            },
        });
        _ = new Vault.Key("key", new()
        {
            ResourceGroupName = group.Name,
            VaultName = vault.Name,
            Properties = new Vault.Inputs.KeyPropertiesArgs
            {
                Kty = Vault.JsonWebKeyType.RSA_HSM,
                KeySize = 3072,
                KeyOps = { "wrapKey", Vault.JsonWebKeyOperation.UnwrapKey },
            },
        });
        _ = new Azure.Authorization.RoleAssignment("role", new()
        {
            Scope = vault.Id,
            PrincipalId = "00000000-0000-0000-0000-000000000003",
            PrincipalType = Azure.Authorization.PrincipalType.ServicePrincipal,
            RoleDefinitionId = Output.Format($"{vault.Id}/providers/Microsoft.Authorization/roleDefinitions/x"),
        });
    }

    private static void AzurePostgres()
    {
        var group = NewGroup();
        var server = new Database.Server("server", new()
        {
            ResourceGroupName = group.Name,
            Location = Location,
            Version = Database.PostgresMajorVersion.PostgresMajorVersion_16,
            AdministratorLogin = "boss",
            AdministratorLoginPassword = "hidden",
            Sku = new Database.Inputs.SkuArgs { Name = "Standard_D4ds_v5", Tier = Database.SkuTier.GeneralPurpose },
            Storage = new Database.Inputs.StorageArgs { StorageSizeGB = 256, AutoGrow = Database.StorageAutoGrow.Enabled },
            Backup = new Database.Inputs.BackupArgs { BackupRetentionDays = 35, GeoRedundantBackup = "Disabled" },
            HighAvailability = new Database.Inputs.HighAvailabilityArgs { Mode = "ZoneRedundant" },
        });
        _ = new Database.Configuration("setting", new()
        {
            ResourceGroupName = group.Name,
            ServerName = server.Name,
            ConfigurationName = "require_secure_transport",
            Value = "on",
            Source = "user-override",
        });
        _ = new Database.Database("database", new() { ResourceGroupName = group.Name, ServerName = server.Name, Charset = "UTF8" });
    }

    private static void AzureObservability()
    {
        var group = NewGroup();
        var workspace = new Azure.OperationalInsights.Workspace("logs", new()
        {
            ResourceGroupName = group.Name,
            Location = Location,
            RetentionInDays = 90,
            Sku = new Azure.OperationalInsights.Inputs.WorkspaceSkuArgs { Name = Azure.OperationalInsights.WorkspaceSkuNameEnum.PerGB2018 },
            Features = new Azure.OperationalInsights.Inputs.WorkspaceFeaturesArgs { DisableLocalAuth = true },
        });
        _ = new Azure.Monitor.DiagnosticSetting("diagnostics", new()
        {
            ResourceUri = group.Id,
            WorkspaceId = workspace.Id,
            Logs = { new Azure.Monitor.Inputs.DiagnosticsLogSettingsArgs { CategoryGroup = "allLogs", Enabled = true } },
            Metrics = { new Azure.Monitor.Inputs.DiagnosticsMetricSettingsArgs { Category = "AllMetrics", Enabled = true } },
        });
    }

    private static void AzureLockAndPolicy()
    {
        var group = NewGroup();
        _ = new Azure.Authorization.ManagementLockByScope("lock", new()
        {
            Scope = group.Id,
            Level = Azure.Authorization.LockLevel.CanNotDelete,
            Notes = "keep",
        });
        _ = new Azure.Authorization.PolicyAssignment("policy", new()
        {
            Scope = group.Id,
            PolicyDefinitionId = "/providers/Microsoft.Authorization/policyDefinitions/x",
            EnforcementMode = Azure.Authorization.EnforcementMode.Default,
            Parameters =
            {
                { "regions", new Azure.Authorization.Inputs.ParameterValuesValueArgs { Value = new List<object> { Location } } },
            },
        });
    }

    private static void AzureGet()
    {
        var group = Azure.Resources.ResourceGroup.Get("group", "/subscriptions/s/resourceGroups/rg");
        _ = new Azure.Network.VirtualNetwork("vnet", new()
        {
            ResourceGroupName = group.Name,
            AddressSpace = new AzureInputs.AddressSpaceArgs { AddressPrefixes = { "10.0.0.0/16" } },
        });
    }

    private static Dictionary<string, object?> RandomValues()
    {
        var password = new Random.RandomPassword("password", new() { Length = 32, Special = false, Keepers = { { "epoch", "1" } } });
        _ = new Random.RandomId("id", new() { ByteLength = 8, Prefix = "x-" });
        _ = new Random.RandomString("text", new() { Length = 6, Upper = false, Keepers = { { "password", password.Result } } });
        _ = new Random.RandomUuid("uuid");
        _ = new Random.RandomInteger("number", new() { Min = 1, Max = 10 });
        _ = new Random.RandomBytes("bytes", new() { Length = 16 });
        return new() { ["password"] = password.Result, ["length"] = password.Length };
    }

    private static void PostgreSqlObjects()
    {
        var provider = new Pulumi.PostgreSql.Provider("pg", new()
        {
            Host = "db.example.test",
            Port = 5432,
            Username = "boss",
            Password = "hidden",
            Sslmode = "verify-full",
            Superuser = false,
        });
        var options = new CustomResourceOptions { Provider = provider };
        var password = new Random.RandomPassword("password", new() { Length = 20 });
        var role = new Pulumi.PostgreSql.Role(
            "app", new() { Name = "app", Login = true, Password = password.Result, ConnectionLimit = 20 }, options);
        var database = new Pulumi.PostgreSql.Database("ledger", new() { Name = "ledger", Owner = role.Name }, options);
        _ = new Pulumi.PostgreSql.Grant(
            "grant",
            new() { Database = database.Name, Role = role.Name, ObjectType = "table", Schema = "public", Privileges = { "SELECT", "INSERT" } },
            options);
    }

    private static void KeycloakRealm()
    {
        var provider = new Keycloak.Provider("kc", new() { Url = "https://idp.example.test", ClientId = "admin-cli", ClientSecret = "hidden" });
        var options = new CustomResourceOptions { Provider = provider };
        var realm = new Keycloak.Realm(
            "realm",
            new()
            {
                RealmName = "canton",
                Enabled = true,
                SslRequired = "all",
                AccessTokenLifespan = "5m",
                SecurityDefenses = new Keycloak.Inputs.RealmSecurityDefensesArgs
                {
                    BruteForceDetection = new Keycloak.Inputs.RealmSecurityDefensesBruteForceDetectionArgs { MaxLoginFailures = 5 },
                },
            },
            options);
        var client = new Keycloak.OpenId.Client(
            "client",
            new()
            {
                RealmId = realm.Id,
                ClientId = "wallet",
                AccessType = "PUBLIC",
                StandardFlowEnabled = true,
                ValidRedirectUris = { "https://wallet.example.test/*" },
            },
            options);
        _ = new Keycloak.OpenId.AudienceProtocolMapper(
            "audience", new() { RealmId = realm.Id, ClientId = client.Id, IncludedCustomAudience = "ledger" }, options);
        _ = new Keycloak.Role("role", new() { RealmId = realm.Id, Name = "operator", Attributes = { { "level", "1" } } }, options);
    }

    private static void Auth0Tenant()
    {
        var provider = new Pulumi.Auth0.Provider("auth0", new() { Domain = "tenant.example.test", ClientId = "id", ClientSecret = "hidden" });
        var options = new CustomResourceOptions { Provider = provider };
        var client = new Pulumi.Auth0.Client(
            "wallet",
            new()
            {
                Name = "wallet",
                AppType = "spa",
                Callbacks = { "https://wallet.example.test" },
                JwtConfiguration = new Pulumi.Auth0.Inputs.ClientJwtConfigurationArgs { Alg = "RS256", LifetimeInSeconds = 3600 },
            },
            options);
        var api = new Pulumi.Auth0.ResourceServer(
            "ledger", new() { Identifier = "https://ledger.example.test", SigningAlg = "RS256", TokenLifetime = 3600 }, options);
        _ = new Pulumi.Auth0.ClientGrant(
            "grant",
            new() { ClientId = client.ClientId, Audience = api.Identifier.Apply(identifier => identifier ?? ""), Scopes = { "daml_ledger_api" } },
            options);
    }
}
