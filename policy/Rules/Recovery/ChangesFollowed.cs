using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.Policy.Rules.Databases;
using CantonInfra.Policy.Rules.Keys;
using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Recovery;

/// <summary>Deployments put right what guards access and data.</summary>
internal sealed class ChangesFollowed : ResourcePolicy
{
    private const string Everything = "*";

    private static readonly ImmutableArray<(ResourceTypePattern Type, ImmutableArray<PropertyPath> Paths)> Guarded =
    [
        Of(KeyTypes.Vault, "properties.publicNetworkAccess", "properties.networkAcls", "properties.enablePurgeProtection", "properties.enableRbacAuthorization"),
        Of(KeyTypes.ClassicVault, "publicNetworkAccessEnabled", "networkAcls", "purgeProtectionEnabled", "enableRbacAuthorization", "rbacAuthorizationEnabled"),
        Of(KeyTypes.Key, "properties.keyOps", "properties.attributes.exportable"),
        Of(PostgreSqlTypes.Server, "network.publicNetworkAccess", "dataEncryption", "authConfig"),
        Of(PostgreSqlTypes.ClassicServer, "publicNetworkAccessEnabled", "customerManagedKey", "authentication"),
        Of(PostgreSqlTypes.Parameter, "value"),
        Of(PostgreSqlTypes.ClassicParameter, "value"),
        Of(
            AksTypes.Cluster,
            "aadProfile.managed",
            "aadProfile.enableAzureRBAC",
            "apiServerAccessProfile",
            "disableLocalAccounts",
            "enableRBAC",
            "networkProfile.networkPolicy",
            "networkProfile.outboundType",
            "oidcIssuerProfile",
            "publicNetworkAccess",
            "securityProfile.azureKeyVaultKms",
            "securityProfile.workloadIdentity"),
        Of(AksTypes.ClassicCluster, "privateClusterEnabled", "localAccountDisabled", "apiServerAccessProfile", "keyManagementService"),
        Of(
            "azure-native:storage:StorageAccount",
            "allowBlobPublicAccess",
            "allowSharedKeyAccess",
            "enableHttpsTrafficOnly",
            "encryption",
            "immutableStorageWithVersioning",
            "minimumTlsVersion",
            "networkRuleSet",
            "publicNetworkAccess"),
        Of("azure:storage/account:Account", "allowNestedItemsToBePublic", "sharedAccessKeyEnabled", "minTlsVersion", "networkRules", "publicNetworkAccessEnabled"),
        Of(
            NetworkTypes.SecurityRule,
            "access",
            "direction",
            "sourceAddressPrefix",
            "sourceAddressPrefixes",
            "destinationAddressPrefix",
            "destinationPortRange",
            "destinationPortRanges",
            "protocol"),
        Of(NetworkTypes.ClassicSecurityRule, "access", "direction", "sourceAddressPrefix", "sourceAddressPrefixes", "destinationPortRange", "destinationPortRanges", "protocol"),
        Of("azure-native:network:FirewallPolicy", "threatIntelMode"),
        Of("azure-native:network:FirewallPolicyRuleCollectionGroup", "ruleCollections"),
        Of("azure-native:authorization:RoleAssignment", "principalId", "roleDefinitionId", "scope"),
        Of("azure:authorization/assignment:Assignment", "principalId", "roleDefinitionId", "roleDefinitionName", "scope"),
        Of("azure-native:authorization:RoleDefinition", "permissions", "assignableScopes"),
        Of("azure-native:authorization:PolicyAssignment", "enforcementMode", "notScopes", "policyDefinitionId"),
        Of("azure-native:managedidentity:FederatedIdentityCredential", "audiences", "issuer", "subject"),
        Of("azure-native:monitor:DiagnosticSetting", "workspaceId", "storageAccountId"),
        Of("kubernetes:networking.k8s.io/v1:NetworkPolicy", "spec"),
        Of("kubernetes:rbac.authorization.k8s.io/v1:Role", "rules"),
        Of("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "rules"),
        Of("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "roleRef", "subjects"),
        Of("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "roleRef", "subjects"),
        Of("keycloak:index/realm:Realm", "passwordPolicy", "securityDefenses", "sslRequired"),
        Of("keycloak:openid/client:Client", "accessType", "pkceCodeChallengeMethod", "validRedirectUris"),
        Of("postgresql:index/grant:Grant", "privileges"),
    ];

    public override string Id => "security-changes-not-ignored";

    public override string Title => "Deployments put right what guards access and data";

    public override string Rationale =>
        "With ignoreChanges a deployment leaves a property as it finds it. The program still says what is right, every review sees that, and "
        + "in Azure it is what somebody clicked in a hurry, for good.";

    public override string Remediation =>
        "Take the property out of ignoreChanges. What Azure changes by itself, such as numbers of nodes, versions, zones after a failover "
        + "and tags, may stay there; name it alone and not what holds it.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-1"),
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Guarded.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => resource.Options.IgnoreChanges
        .SelectMany(ignored => Guarded.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Paths)
            .Where(path => Concerns(ignored, path))
            .Select(path => PolicyVerdict.Violation(
                path, $"{resource} has {ignored} in ignoreChanges, so what {path} is stays as somebody set it, whatever the program says.")))
        .DefaultIfEmpty(PolicyVerdict.Pass);

    // One is the other, or holds it.
    private static bool Concerns(string ignored, PropertyPath guarded) => ignored == Everything
        || (PropertyPath.TryParse(ignored, out var path)
            && path.Elements.Zip(guarded.Elements).All(pair => pair.First.Key is null || pair.First.Key == pair.Second.Key));

    private static (ResourceTypePattern Type, ImmutableArray<PropertyPath> Paths) Of(string type, params string[] paths) =>
        (type, [.. paths.Select(PropertyPath.Parse)]);
}
