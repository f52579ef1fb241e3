using System.Collections.Immutable;
using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Runner;
using CantonInfra.Infra.Components.Services;
using CantonInfra.Infra.Components.Storage;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>One environment: composes the components from its settings and connects them.</summary>
internal sealed class EnvironmentStack
{
    // From when the archive may delete until it does.
    private const int ArchiveGraceInDays = 30;
    private const int LedgerApiPort = 5001;
    private const int JsonApiPort = 7575;

    private readonly EnvironmentSettings _settings;
    private readonly AzureEnvironment _azure;
    private readonly ResourceGroups _groups;
    private readonly EnvironmentLocks _locks = new();
    private readonly EnvironmentNetwork _network;
    private readonly ConnectionPlan _connections;
    private readonly LogAnalytics _logs;
    private readonly Alerting _alerts;
    private readonly ClusterMonitoring _monitoring;
    private readonly KeyVault _keys;
    private readonly KeyVault _secrets;
    private readonly DiskEncryption _disks;
    private readonly EnvironmentDatabases _databases;
    private readonly EnvironmentConnections _flows;
    private readonly AksCluster _cluster;
    private readonly EnvironmentIngress _ingress;
    private readonly List<TrustZoneNamespace> _namespaces = [];
    private readonly SortedDictionary<string, KeyVault> _vaults = new(StringComparer.Ordinal);

    /// <summary>Declares the environment.</summary>
    public EnvironmentStack(EnvironmentSettings settings)
    {
        _settings = settings;
        _azure = new AzureEnvironment
        {
            Names = new ResourceNames(settings.Name, settings.Azure.SubscriptionId),
            Location = settings.Azure.Location,
            SubscriptionId = settings.Azure.SubscriptionId,
            TenantId = settings.Azure.TenantId,
            Tags = ResourceTags.Create(settings.Name, settings.Owner, settings.CostCenter),
            IsProtected = settings.DeletionProtection,
        };
        _groups = new ResourceGroups("groups", new ResourceGroupsArgs { Azure = _azure });
        _logs = _locks.Cover(new LogAnalytics("logs", new LogAnalyticsArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Observability,
            DailyCapInGB = settings.Observability.DailyCapGB,
            TableRetentionInDays = settings.Observability.TableRetentionDays,
            AuditRetentionInDays = settings.Observability.AuditRetentionDays,
            IsPrivate = settings.Observability.PrivateIngestion,
        }));
        _network = new EnvironmentNetwork("network", new EnvironmentNetworkArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Network,
            AddressSpace = settings.Network.AddressSpace,
            Egress = settings.Network.Egress.Plan with
            {
                AllowedHosts = EnvironmentIdentity.AddHosts(settings, settings.Network.Egress.AllowedHosts),
            },
        });
        _connections = new ConnectionPlan(_network);
        _locks.CoverStateful("egress-address", _network.EgressAddressId, _network);
        _alerts = _locks.Cover(Alerts());
        _monitoring = _locks.Cover(Monitoring());
        _network.LogTo(_logs);
        _network.AlertTo(_alerts);

        // Two vaults: who may use a key for encryption has no business with passwords.
        var hsm = Hsm();
        _keys = Vault("keys", "cmk", hsm);
        _secrets = Vault("secrets", "app");
        var flows = FlowStorage();
        DeclareFlowLogs(flows);
        _disks = _locks.Cover(new DiskEncryption("disks", new DiskEncryptionArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            Purpose = "aks",
            Key = _keys.AddEncryptionKey("cmk-des"),
        }));
        var runner = Runner();
        _cluster = Cluster();
        var archive = settings.Observability.Archive ? Archive() : null;
        if (archive is not null)
        {
            _logs.ArchiveTo(archive);
            _locks.CoverStateful("archive", archive.Id, archive);
        }

        if (settings.Observability.Sentinel)
        {
            _ = _locks.Cover(new Sentinel("sentinel", new SentinelArgs
            {
                Azure = _azure,
                ResourceGroupName = _groups.Observability,
                Logs = _logs,

                // Where the ledger's workloads and their sign-ins are; people have no business in their pods.
                GuardedNamespaces = [.. settings.Ledger.Validators.Select(validator => validator.Name), "keycloak"],
            }));

            // What its rules ask of the activity log they ask of this workspace; the subscription's own has no Sentinel.
            _ = _locks.Cover(new ActivityLog("sentinel-activity-log", new ActivityLogArgs
            {
                SettingName = $"canton-activity-log-{settings.Name}",
                Logs = _logs,
                IsProtected = settings.DeletionProtection,
            }));
        }

        runner?.DeployTo(_cluster);

        _databases = new EnvironmentDatabases(new EnvironmentDatabasesArgs
        {
            Settings = settings,
            Azure = _azure,
            Groups = _groups,
            Network = _network,
            Keys = _keys,
            Secrets = _secrets,
            Logs = _logs,
            Locks = _locks,
            Alerts = _alerts,
        });
        _flows = new EnvironmentConnections(_connections, settings, _databases);
        _ingress = Ingress();
        var identity = EnvironmentIdentity.Declare(settings, ConnectToKeycloak);
        EnvironmentIdentity.WarnOfServices(identity, settings.Services);
        var identities = Identities();
        var validators = new EnvironmentValidators(new EnvironmentValidatorsArgs
        {
            Settings = settings,
            Azure = _azure,
            Groups = _groups,
            Databases = _databases,
            Identity = identity,
            Secrets = _secrets,
            Identities = identities,
            Locks = _locks,
            OidcIssuerUrl = _cluster.OidcIssuerUrl,
            Connections = _flows,
            NamespaceOf = name => Namespace(name, TrustZone.DataPlane, PodSecurity.Baseline),
            KeyVaultOfCanton = () => Vault("canton-keys", "canton"),
        });
        foreach (var (name, validator) in validators.ByName)
        {
            _ingress.Publish(name, validator.Namespace);
        }

        _ = new ScrapeJobs("scrape-jobs", new ScrapeJobsArgs
        {
            Kubernetes = _cluster.Kubernetes,
            Jobs =
            [
                new ScrapeJob(
                    "canton", [.. validators.ByName.Keys], [Validator.ParticipantName, Validator.AppService], "metrics"),
            ],
        });
        var services = settings.Services.Enabled.ToImmutableSortedDictionary(
            service => service.Service.Name, service => Service(service, identity), StringComparer.Ordinal);
        var rights = EnvironmentLedgerUsers.Declare(settings, identity, validators.ByName[settings.Services.Validator].Secrets,
            services.ToImmutableSortedDictionary(service => service.Key, service => service.Value.Client, StringComparer.Ordinal));
        _ = _locks.Cover(new NoPublicAddresses("no-public-addresses", new NoPublicAddressesArgs
        {
            Azure = _azure,
            Purposes = [ResourceGroups.SecurityPurpose, ResourceGroups.DataPurpose, ResourceGroups.ClusterPurpose],
            Groups = _groups,
            Enforcement = settings.Enforcement,
        }));
        var access = _locks.CoverGrants(new EnvironmentAccess(
            _azure, _groups, _logs, _vaults.ToImmutableSortedDictionary(StringComparer.Ordinal), _cluster, _namespaces).Grant(settings));

        _connections.Declare();
        _locks.Declare(new DeletionLocksArgs { Azure = _azure, Extent = settings.Locks }, _groups);

        Outputs = new Dictionary<string, object?>
        {
            ["access"] = access.Table.AddRange(EnvironmentIdentity.HumanAccess(settings)),
            ["clusterId"] = _cluster.Id,
            ["dnsNameServers"] = _ingress.NameServers,
            ["databaseServers"] = _databases.ServerNames,
            ["egressIpAddress"] = _network.EgressIpAddress,
            ["identity"] = EnvironmentIdentity.Describe(identity),
            ["identitiesBackups"] = validators.ByName.Keys.ToImmutableDictionary(name => name, identities.AddressOf),
            ["keyManagement"] = validators.KeyManagement,
            ["ingressIpAddress"] = _ingress.IpAddress,
            ["keyVault"] = _keys.AzureName,
            ["ledgerApiUsers"] = services
                .Select(service => (Name: service.Key, service.Value.Client.Subject))
                .Concat(validators.ByName.Select(validator => (Name: validator.Key, Subject: validator.Value.Secrets.LedgerApiUser)))
                .ToImmutableDictionary(user => user.Name, user => user.Subject),
            ["ledgerDatabaseHost"] = _databases.LedgerHost,
            ["ledgerDatabases"] = settings.Ledger.Validators.ToImmutableDictionary(
                validator => validator.Name, validator => validator.Databases.All),
            ["location"] = settings.Azure.Location,
            ["logAnalyticsWorkspaceId"] = _logs.WorkspaceId,
            ["oidcIssuerUrl"] = _cluster.OidcIssuerUrl,
            ["recoveryObjectives"] = _databases.RecoveryObjectives.ToOutput(),
            ["rightsAtStart"] = services.ToImmutableDictionary(service => service.Key, service => service.Value.RightsAtStart),
            ["secretVault"] = _secrets.AzureName,
            ["serversPendingRestart"] = _databases.ServersPendingRestart,
            ["virtualNetworkId"] = _network.VirtualNetworkId,
            ["walletUsers"] = validators.ByName.ToImmutableDictionary(
                validator => validator.Key, validator => validator.Value.Secrets.WalletUsers),
        };
        if (_databases.Keycloak is { } keycloak)
        {
            Outputs["keycloakDatabaseHost"] = keycloak.Host;
        }

        if (!rights.IsEmpty)
        {
            Outputs["ledgerRights"] = rights;
        }
    }

    /// <summary>The stack's outputs by name.</summary>
    public IDictionary<string, object?> Outputs { get; }

    private Alerting Alerts() => new("alerts", new AlertingArgs
    {
        Azure = _azure,
        ResourceGroupName = _groups.Observability,
        WatchedGroups = [_groups.Network, _groups.Observability, _groups.Security, _groups.Data, _groups.Cluster],
        Logs = _logs,
        Email = _settings.Alerts.Email,
    });

    private ClusterMonitoring Monitoring()
    {
        var isPrivate = _settings.Observability.PrivateIngestion;
        var monitoring = new ClusterMonitoring("monitoring", new ClusterMonitoringArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Observability,
            Logs = _logs,
            IsPrivate = isPrivate,
        });
        if (isPrivate)
        {
            monitoring.AllowFrom(_network);
            var link = new MonitorPrivateLink(
                "monitor",
                new MonitorPrivateLinkArgs { Azure = _azure, ResourceGroupName = _groups.Observability },
                new ComponentResourceOptions { Parent = monitoring });
            link.Include("workspace", _logs.WorkspaceId);
            link.Include("collection", monitoring.EndpointId);
            if (_settings.Observability.SubscriptionWorkspaceId is { } subscription)
            {
                link.Include("subscription", subscription);
            }

            link.AllowFrom(_network);
        }

        return monitoring;
    }

    // Nobody can delete from it what auditors ask for, until they no longer do.
    private LogStorage Archive()
    {
        var archive = new LogStorage("archive", new LogStorageArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Observability,
            IdentityResourceGroupName = _groups.Security,
            Purpose = "arch",
            Redundancy = StorageRedundancy.GeoZone,
            Key = _keys.AddEncryptionKey("cmk-archive"),
            AppendOnlyInDays = _settings.Observability.AuditRetentionDays,
            DeleteAfterInDays = _settings.Observability.AuditRetentionDays + ArchiveGraceInDays,
        });
        archive.AllowFrom(_network);
        archive.LogTo(_logs);
        return archive;
    }

    private ManagedHsmPool? Hsm()
    {
        if (_settings.Keys.ManagedHsm is not { } settings)
        {
            return null;
        }

        var hsm = new ManagedHsmPool("hsm", new ManagedHsmPoolArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            AdminObjectIds = settings.AdminObjectIds,
            SoftDeleteRetentionInDays = _settings.Keys.SoftDeleteRetentionDays,
        });
        hsm.AllowFrom(_network);
        hsm.LogTo(_logs);
        _locks.CoverStateful("hsm", hsm.Id, hsm);
        return hsm;
    }

    private KeyVault Vault(string name, string purpose, ManagedHsmPool? hsm = null)
    {
        var vault = new KeyVault(name, new KeyVaultArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            Purpose = purpose,
            Protection = _settings.Keys.Protection,
            SoftDeleteRetentionInDays = _settings.Keys.SoftDeleteRetentionDays,
            Generations = _settings.Keys.Generations,
            Hsm = hsm,
            HsmKeys = _settings.Keys.ManagedHsm?.Keys ?? ImmutableSortedDictionary<string, HsmKeyUri>.Empty,
        });
        vault.AllowFrom(_network);
        vault.LogTo(_logs);
        vault.AlertTo(_alerts);
        _locks.CoverStateful(name, vault.Id, vault);
        _vaults.Add(name, vault);
        return vault;
    }

    // An account of their own: flow logs are rewritten every minute, which an append-only one does not take.
    private LogStorage FlowStorage()
    {
        var storage = new LogStorage("flows", new LogStorageArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Observability,
            IdentityResourceGroupName = _groups.Security,
            Purpose = "flow",
            Redundancy = StorageRedundancy.Zone,
            Key = _keys.AddEncryptionKey("cmk-flows"),
            KeepsOverwritten = false,
        });
        storage.AllowFrom(_network);
        storage.LogTo(_logs);
        _locks.CoverStateful("flows", storage.Id, storage);
        return storage;
    }

    private void DeclareFlowLogs(LogStorage storage) => _locks.Cover(new FlowLogs("flow-logs", new FlowLogsArgs
    {
        Azure = _azure,
        IdentityResourceGroupName = _groups.Security,
        Network = _network,
        Storage = storage,
        Logs = _logs,
        RetentionInDays = _settings.Network.FlowLogs.RetentionDays,
        AnalysisIntervalInMinutes = _settings.Network.FlowLogs.AnalyticsIntervalMinutes,
    }));

    // Before the cluster, so that what lets it in is there when the cluster is.
    private DeploymentRunner? Runner()
    {
        if (_settings.Runner.AddressPrefix is { } existing)
        {
            _network.AdmitDeployment(existing);
        }

        return _settings.Runner.Mode != RunnerMode.Managed ? null : _locks.Cover(new DeploymentRunner("runner", new DeploymentRunnerArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.AddRunner(),
            IdentityResourceGroupName = _groups.Security,
            Network = _network,
            Disks = _disks,
            VmSize = _settings.Runner.VmSize,
            Zone = _settings.Cluster.Zones[0],
            SshPublicKey = _settings.Runner.SshPublicKey,
            AllowedHosts = EnvironmentIdentity.AddHosts(_settings, _settings.Runner.AllowedHosts),
        }));
    }

    // What has private keys in it, in an account of its own: nobody who reads logs has business there.
    private IdentitiesStorage Identities()
    {
        var backups = _settings.Ledger.Backups;
        var identities = new IdentitiesStorage("identities-storage", new IdentitiesStorageArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Data,
            IdentityResourceGroupName = _groups.Security,
            Key = _keys.AddEncryptionKey("cmk-identities"),
            RetentionInDays = backups.RetentionDays,
            IsAppendOnly = backups.IsAppendOnly,
            IntervalInHours = backups.IntervalHours,
            Validators = [.. _settings.Ledger.Validators.Select(validator => validator.Name)],
        });
        identities.Account.AllowFrom(_network);
        identities.Account.LogTo(_logs);
        identities.AlertTo(_alerts);
        _locks.CoverStateful("identities", identities.Account.Id, identities);
        return identities;
    }

    private AksCluster Cluster()
    {
        var cluster = _locks.Cover(new AksCluster("cluster", new AksClusterArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Cluster,
            IdentityResourceGroupName = _groups.Security,
            Network = _network,
            Disks = _disks,
            Logs = _logs,
            KubernetesVersion = _settings.Cluster.KubernetesVersion,
            Tier = _settings.Cluster.Tier,
            Zones = _settings.Cluster.Zones,
            SystemPool = _settings.Cluster.SystemPool,
            UserPool = _settings.Cluster.UserPool,
            MaintenanceDay = _settings.MaintenanceDay,
            AdminGroupObjectIds = _settings.Cluster.AdminGroupObjectIds,
            EtcdKey = _settings.Cluster.HasEtcdKey ? Vault("etcd-keys", "kms").AddEtcdKey(KeySettings.EtcdKey) : null,
            AuthorizedIpRanges = _settings.Cluster.AuthorizedIpRanges,
            Upgrades = _settings.Cluster.Upgrades,
            NodeUpgrades = _settings.Cluster.NodeUpgrades,
            NotAllowedDates = _settings.Cluster.NotAllowedDates,
        }));
        cluster.LogTo(_logs, _settings.Observability.KubeAudit);
        cluster.ReportTo(_monitoring);
        cluster.AlertTo(_alerts, _monitoring);
        return cluster;
    }

    // The Service that the participant's chart makes, by its full name in the cluster.
    private string Participant => $"participant.{_settings.Services.Validator}.svc.cluster.local";

    private EnvironmentIngress Ingress() => new(new EnvironmentIngressArgs
    {
        Settings = _settings,
        Azure = _azure,
        Groups = _groups,
        Network = _network,
        Cluster = _cluster,
        Connections = _flows,
        Locks = _locks,
        Gateways = Namespace(EnvoyGateway.NamespaceName, TrustZone.ControlPlane, PodSecurity.Restricted, loadBalancers: 2),
        Certificates = Namespace(CertManager.Name, TrustZone.ControlPlane, PodSecurity.Restricted),
    });

    private TrustZoneNamespace Namespace(string name, TrustZone zone, PodSecurity podSecurity, int loadBalancers = 0)
    {
        var home = new TrustZoneNamespace(name, new TrustZoneNamespaceArgs
        {
            Kubernetes = _cluster.Kubernetes,
            Zone = zone,
            PodSecurity = podSecurity,
            LoadBalancers = loadBalancers,
        });
        _namespaces.Add(home);
        _connections.AddNamespace(home);
        return home;
    }

    private Pulumi.Keycloak.Provider ConnectToKeycloak(KeycloakSettings settings)
    {
        var database = _databases.Keycloak!;
        var keycloak = Namespace("keycloak", TrustZone.ControlPlane, PodSecurity.Restricted);
        _flows.AddKeycloak(keycloak, _databases.KeycloakNetworks);
        keycloak.AddServiceAccount("keycloak");
        var secret = keycloak.AddSecret(KeycloakServer.DatabaseSecret, ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add("host", database.Host)
            .Add("username", Output.Create(database.Account.Name))
            .Add("password", database.Account.Password));
        var server = new KeycloakServer("keycloak-server", new KeycloakServerArgs
        {
            Namespace = keycloak,
            Image = settings.Image,
            Replicas = settings.Replicas,
            Url = settings.Url,
            AdminUrl = settings.AdminUrl,
            ChecksDatabaseName = _settings.Data.Replica is null,
            Needs = [secret],
        });
        return new KeycloakAdministration("keycloak-admin", new KeycloakAdministrationArgs
        {
            Url = settings.AdminUrl,
            Vault = _secrets,
            Namespace = keycloak,
            Needs = [.. server.Ready, .. _ingress.Publish(settings, keycloak)],
        }).Connection;
    }

    private MiddlewareService Service(CantonServiceSettings settings, IIdentityProvider identity)
    {
        var service = settings.Service;
        var home = Namespace(service.Name, TrustZone.Applications, PodSecurity.Restricted);
        _flows.AddService(service, home);
        return _locks.Cover(new MiddlewareService(service.Name, new MiddlewareServiceArgs
        {
            Azure = _azure,
            IdentityResourceGroupName = _groups.Security,
            TokenIssuer = _cluster.OidcIssuerUrl,
            Service = service,
            Identity = identity,
            TokenRequest = _settings.Services.TokenRequest,
            SecretGeneration = settings.SecretGeneration,
            Vault = _secrets,
            Namespace = home,
            LedgerApi = $"{Participant}:{LedgerApiPort}",
            Image = settings.Image,
            RightsCheck = _settings.Services.RightsImage is { } image
                ? new RightsCheck(
                    image,
                    new Uri($"http://{Participant}:{JsonApiPort}"),
                    _settings.Services.Relayer.PartyHint is { Length: > 0 } party ? party : null,
                    _settings.LedgerUsers.Extras)
                : null,
        }));
    }
}
