using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Storage;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>What is known of an environment while it runs and afterwards: logs, metrics, alerts, detections (A13–A15, A24).</summary>
internal sealed class EnvironmentObservability
{
    // From when the archive may delete until it does.
    private const int ArchiveGraceInDays = 30;

    private readonly EnvironmentFoundation _base;

    /// <summary>Declares the workspace, who is told, and where the cluster's metrics go; the network's come with it.</summary>
    public EnvironmentObservability(EnvironmentFoundation foundation)
    {
        _base = foundation;
        var settings = foundation.Settings.Observability;
        Logs = foundation.Locks.Cover(new LogAnalytics("logs", new LogAnalyticsArgs
        {
            Azure = foundation.Azure,
            ResourceGroupName = foundation.Groups.Observability,
            DailyCapInGB = settings.DailyCapGB,
            TableRetentionInDays = settings.TableRetentionDays,
            AuditRetentionInDays = settings.AuditRetentionDays,
            IsPrivate = settings.PrivateIngestion,
        }));
        Alerts = foundation.Locks.Cover(new Alerting("alerts", new AlertingArgs
        {
            Azure = foundation.Azure,
            ResourceGroupName = foundation.Groups.Observability,
            WatchedGroups =
            [
                foundation.Groups.Network, foundation.Groups.Observability, foundation.Groups.Security, foundation.Groups.Data,
                foundation.Groups.Cluster,
            ],
            Logs = Logs,
            Email = foundation.Settings.Alerts.Email,
        }));
        Monitoring = foundation.Locks.Cover(new ClusterMonitoring("monitoring", new ClusterMonitoringArgs
        {
            Azure = foundation.Azure,
            ResourceGroupName = foundation.Groups.Observability,
            Logs = Logs,
            IsPrivate = settings.PrivateIngestion,
        }));
        if (settings.PrivateIngestion)
        {
            LinkPrivately();
        }

        foundation.Network.LogTo(Logs);
        foundation.Network.AlertTo(Alerts);
    }

    /// <summary>Where logs go.</summary>
    public LogAnalytics Logs { get; }

    /// <summary>Who is told when something is wrong.</summary>
    public Alerting Alerts { get; }

    /// <summary>Where the cluster's metrics and logs of containers go.</summary>
    public ClusterMonitoring Monitoring { get; }

    /// <summary>Keeps the network's flows and, where the settings ask for it, an archive of logs; both encrypted with keys of a vault.</summary>
    public void KeepIn(EnvironmentVaults vaults)
    {
        KeepFlows(new WatchedNetwork
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Observability,
            IdentityResourceGroupName = _base.Groups.Security,
            StoragePurpose = "flow",
            Key = vaults.Keys.AddEncryptionKey("cmk-flows"),
            Id = _base.Network.VirtualNetworkId,
        });
        if (_base.Settings.Observability.Archive)
        {
            var archive = Archive(vaults);
            Logs.ArchiveTo(archive);
            _base.Locks.CoverStateful("archive", archive.Id, archive);
        }
    }

    /// <summary>Keeps the flows of a network, in an account of its region and encrypted with a key (A24).</summary>
    /// <param name="network">The network.</param>
    public void KeepFlows(WatchedNetwork network)
    {
        // An account of their own: flow logs are rewritten every minute, which an append-only one does not take.
        var storage = new LogStorage($"{network.Prefix}flows", new LogStorageArgs
        {
            Azure = network.Azure,
            ResourceGroupName = network.ResourceGroupName,
            IdentityResourceGroupName = network.IdentityResourceGroupName,
            Purpose = network.StoragePurpose,
            Redundancy = StorageRedundancy.Zone,
            Key = network.Key,
            KeepsOverwritten = false,
        });
        storage.AllowFrom(_base.Network);
        storage.LogTo(Logs);
        _base.Locks.CoverStateful($"{network.Prefix}flows", storage.Id, storage);
        _base.Locks.Cover(new FlowLogs($"{network.Prefix}flow-logs", new FlowLogsArgs
        {
            Azure = network.Azure,
            IdentityResourceGroupName = network.IdentityResourceGroupName,
            Purpose = $"{network.Prefix}flow-logs",
            VirtualNetworkId = network.Id,
            Storage = storage,
            Logs = Logs,
            RetentionInDays = _base.Settings.Network.FlowLogs.RetentionDays,
            AnalysisIntervalInMinutes = _base.Settings.Network.FlowLogs.AnalyticsIntervalMinutes,
        }));
    }

    /// <summary>Detects attacks, where the settings ask for it.</summary>
    public void Detect()
    {
        if (!_base.Settings.Observability.Sentinel)
        {
            return;
        }

        _ = _base.Locks.Cover(new Sentinel("sentinel", new SentinelArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Observability,
            Logs = Logs,

            // Where the ledger's workloads and their sign-ins are; people have no business in their pods.
            GuardedNamespaces = [.. _base.Settings.Ledger.Validators.Select(validator => validator.Name), EnvironmentKeycloak.NamespaceName],
        }));

        // What its rules ask of the activity log they ask of this workspace; the subscription's own has no Sentinel.
        _ = _base.Locks.Cover(new ActivityLog("sentinel-activity-log", new ActivityLogArgs
        {
            SettingName = $"canton-activity-log-{_base.Settings.Name}",
            Logs = Logs,
            IsProtected = _base.Settings.DeletionProtection,
        }));
    }

    private void LinkPrivately()
    {
        Monitoring.AllowFrom(_base.Network);
        var link = new MonitorPrivateLink(
            "monitor",
            new MonitorPrivateLinkArgs { Azure = _base.Azure, ResourceGroupName = _base.Groups.Observability },
            new ComponentResourceOptions { Parent = Monitoring });
        link.Include("workspace", Logs.WorkspaceId);
        link.Include("collection", Monitoring.EndpointId);
        if (_base.Settings.Observability.SubscriptionWorkspaceId is { } subscription)
        {
            link.Include("subscription", subscription);
        }

        link.AllowFrom(_base.Network);
    }

    // Nobody can delete from it what auditors ask for, until they no longer do.
    private LogStorage Archive(EnvironmentVaults vaults)
    {
        var archive = new LogStorage("archive", new LogStorageArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Observability,
            IdentityResourceGroupName = _base.Groups.Security,
            Purpose = "arch",
            Redundancy = StorageRedundancy.GeoZone,
            Key = vaults.Keys.AddEncryptionKey("cmk-archive"),
            AppendOnlyInDays = _base.Settings.Observability.AuditRetentionDays,
            DeleteAfterInDays = _base.Settings.Observability.AuditRetentionDays + ArchiveGraceInDays,
        });
        archive.AllowFrom(_base.Network);
        archive.LogTo(Logs);
        return archive;
    }
}
