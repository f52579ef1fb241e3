using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Policy.Files;
using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Access;
using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.Policy.Rules.Databases;
using CantonInfra.Policy.Rules.Disks;
using CantonInfra.Policy.Rules.Gateways;
using CantonInfra.Policy.Rules.Governance;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.Policy.Rules.Keys;
using CantonInfra.Policy.Rules.KubernetesAccess;
using CantonInfra.Policy.Rules.Ledger;
using CantonInfra.Policy.Rules.Machines;
using CantonInfra.Policy.Rules.Mesh;
using CantonInfra.Policy.Rules.Modes;
using CantonInfra.Policy.Rules.Network;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.Policy.Rules.Observability;
using CantonInfra.Policy.Rules.Pods;
using CantonInfra.Policy.Rules.Recovery;
using CantonInfra.Policy.Rules.Regions;
using CantonInfra.Policy.Rules.Secrets;
using CantonInfra.Policy.Rules.Storage;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.Policy.Waivers;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy;

/// <summary>The pack: all rules of this project.</summary>
internal static class Guardrails
{
    public const string Name = "canton-guardrails";

    /// <summary>
    /// The namespace of the pack's keys in a stack file. It is the name of our project, where <c>mode</c> is short for
    /// <c>canton-infra:mode</c>; for programs of other projects the full key is written out.
    /// </summary>
    public const string ConfigNamespace = "canton-infra";

    public static string Version { get; } = typeof(Guardrails).Assembly.GetName().Version!.ToString(3);

    /// <summary>The pack with the files of a folder.</summary>
    /// <exception cref="MalformedFileException">A file is missing or malformed.</exception>
    public static PolicyPack Load(string folder, TimeProvider clock)
    {
        var limitsPath = Path.Combine(folder, LimitsFile.Name);
        var limits = LimitsFile.Load(limitsPath);
        var pack = Create(limits, WaiversFile.Load(Path.Combine(folder, WaiversFile.Name), limits.Waivable), clock);
        return limits.Waivable.Except(pack.Policies.Select(policy => policy.Id)).FirstOrDefault() is { } unknown
            ? throw new MalformedFileException(limitsPath, 1, $"There is no rule '{unknown}', which it lists as waivable.")
            : pack;
    }

    public static PolicyPack Create(OuterLimits limits, ImmutableArray<PolicyWaiver> waivers, TimeProvider clock) => new(
        Name,
        Version,
        new AllowedRegions(limits.Regions),
        new PostgreSqlNoPublicAccess(),
        new PostgreSqlZoneRedundant(limits.Modes),
        new PostgreSqlGeoRedundantBackup(limits.Modes),
        new PostgreSqlBackupRetention(limits.Modes),
        new PostgreSqlCustomerManagedKey(),
        new PostgreSqlStorageAutoGrow(),
        new PostgreSqlTls(),
        new PostgreSqlAudit(),
        new PostgreSqlParametersInOrder(),
        new PostgreSqlPlainRoles(),
        new PostgreSqlNoPublicGrants(),
        new PostgreSqlPasswordHashes(),
        new PostgreSqlServerLogs(),
        new PostgreSqlLogsComplete(limits.Modes),
        new PostgreSqlEntraSignIn(limits.Modes),
        new PostgreSqlSupportedVersion(),
        new PostgreSqlOwnDatabases(),
        new ProvidersConnectEncrypted(limits.Modes),
        new KeyVaultPurgeProtection(),
        new KeyVaultRolesOnly(),
        new KeyVaultPrivate(),
        new KeyVaultTrustedServices(),
        new PermanentKeys(),
        new StrongKeys(limits.Modes),
        new HardwareKeys(limits.Modes),
        new EncryptionKeysRotate(),
        new SigningKeysApart(),
        new KeyVaultRetention(limits.Modes),
        new CustomerKeysUsable(),
        new KeyVaultNotForMachines(),
        new AksPrivateApi(),
        new AksNoLocalAccounts(),
        new AksNodesWithoutSsh(),
        new AksNetworkPolicy(),
        new AksWorkloadIdentity(),
        new AksEtcdEncryption(limits.Modes),
        new AksDefender(),
        new AksAzurePolicy(),
        new AksUpgradeChannels(),
        new AksSupportedVersion(clock),
        new AksEntraRoles(),
        new AksManagedIdentity(),
        new AksOutboundDeclared(),
        new AksNodeImages(),
        new AksImageCleaner(),
        new AksSecretRotation(),
        new AksNodeGroupLocked(),
        new AksNoRetiredParts(),
        new AksUptime(limits.Modes),
        new MachinesNoPasswords(),
        new MachinesPatched(),
        new TrustedLaunch(),
        new NoIpForwarding(),
        new FederatedCredentials(),
        new NoPrivilegedRoles(),
        new DiskEncryption(),
        new DiskEncryptionSetsFollow(),
        new NamespaceDefaultDeny(),
        new DeclaredConnectionsHold(ChartContracts.Known),
        new NamespacePodSecurity(limits.PrivilegedNamespaces),
        new NetworkPoliciesNarrow(),
        new MeshMtlsStrict(),
        new MeshAuthorizationExact(),
        new MeshCoversNamespaces(),
        new MeshConnectionsHold(),
        new MeshAuthoritySupplied(limits.Modes),
        new PodsNotPrivileged(),
        new PodsRestricted(),
        new PodsBounded(),
        new PodsInOwnNamespaces(),
        new TokensOnlyWhereNeeded(),
        new ImagesPinned(),
        new RegistryClosed(),
        new ImagesFromAllowedRegistries(limits.Sources),
        new ChartsPinned(),
        new ChartsFromAllowedRepositories(limits.Sources),
        new ServicesInternal(),
        new GatewaysEncrypt(),
        new GatewaysHideAdministration(),
        new CertificatesSound(),
        new PeersIdentified(),
        new NoClusterAdmins(),
        new NoWildcardRights(),
        new PeopleStayOutOfPods(),
        new PublicClientsUsePkce(),
        new RedirectsAreExact(),
        new NoImplicitOrPasswordGrants(),
        new RealmsAreHardened(),
        new RealmsRecordEvents(),
        new TokensAreShortLived(),
        new AudiencesAreOwn(),
        new ClientsHaveNoFullScope(),
        new ServiceAccountsDoNotAdminister(),
        new Auth0GrantsFitClients(),
        new Auth0SignInsProtected(),
        new RealmSessionsEnd(),
        new RealmAccountsAreOnes(),
        new RealmHeadersProtect(),
        new RealmsAskSecondFactor(),
        new ClientsHaveOnePurpose(),
        new KeycloakServerHardened(limits.Modes),
        new MachinesGetAudiences(),
        new PasswordsAreSecret(),
        new NoSecretsInClear(),
        new NoSecretOutputsInClear(),
        new PasswordsAreLong(),
        new SecretsNotShared(),
        new ResourcesLog(),
        new DiagnosticSettingsSound(),
        new LogRetention(),
        new AuditTablesComplete(),
        new AuditLogsArchived(),
        new WorkspaceNoLocalAuth(),
        new WorkspaceNoPublicAccess(),
        new WorkspaceNoDailyCap(),
        new ContainerLogsCollected(),
        new ActivityLogKept(),
        new ActivityLogAlerts(),
        new AlertsTellSomebody(),
        new DetectionsOn(),
        new NoInboundFromInternet(),
        new NoPublicAddressOnMachines(),
        new PublicAddressesOnGateways(),
        new PrivateEndpointDns(),
        new PrivateEndpointsGuarded(),
        new NetworkDnsPrivate(),
        new OneWayOut(),
        new NoRouteToInternet(),
        new PeeringsClosed(),
        new FirewallPolicyStrict(limits.Modes),
        new FirewallRulesNarrow(),
        new SecurityGroupsDenyLast(),
        new SubnetSecurityGroup(),
        new SubnetNoDefaultOutbound(),
        new FlowLogsOfNetworks(),
        new StorageAccountClosed(),
        new LogArchiveImmutable(),
        new LogStorageSound(),
        new NoHumanKeyUse(),
        new NoHumanRulers(),
        new RolesSayForWhom(),
        new RoleScopesNarrow(limits.WideRoles),
        new CustomRolesBounded(),
        new IdentitiesUsed(),
        new LighthouseLeastPrivilege(),
        new PolicyExemptionsExpire(clock),
        new PoliciesEnforced(limits.Modes),
        new PolicyParametersNarrow(),
        new InitiativesAssigned(),
        new DeployingPoliciesCanDeploy(),
        new DefenderPlansOn(),
        new DefenderPlansComplete(),
        new SecurityContactTold(),
        new RequiredTags(),
        new StatefulProtected(limits.Modes),
        new StatefulLocked(limits.Modes),
        new ChangesFollowed(),
        new CantonUsersDoNotAdminister(),
        new CantonTokensTravelEncrypted(),
        new KmsDecided(),
        new FarRights(limits.LedgerRights),
        new OneUserForEach(),
        new ApprovedVersions(limits.Charts),
        new SpliceValuesSound(limits.Charts, limits.Modes),
        new ModeWithinLimits(limits.Modes),
        new WaiverAudit(
            new(PolicyControl.CloudSecurityBenchmark, "GS-1"),
            new(PolicyControl.Soc2, "CC8.1"),
            new(PolicyControl.Requirement, "A13")))
    {
        Description = "Guardrails for Canton validator platforms on Azure.",
        ConfigNamespace = ConfigNamespace,
        LeastMode = stack => limits.Modes.For(stack).Least,
        WaiverLimit = limits.Waivers.For,
        Waivers = waivers,
        Clock = clock,
    };
}
