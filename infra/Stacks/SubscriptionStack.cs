using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Storage;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>What a subscription has once, so that two environments in it never fight over it.</summary>
internal sealed class SubscriptionStack
{
    // The strictest that Azure takes: who deletes the archive's key has three months to be found out.
    private const int SoftDeleteRetentionInDays = 90;

    // Queries look back a month; for a year it is there for whoever investigates.
    private const int TableRetentionInDays = 30;
    private const int AuditRetentionInDays = 365;

    private readonly SubscriptionSettings _settings;
    private readonly AzureEnvironment _azure;
    private readonly SubscriptionGroup _group;

    /// <summary>Declares it.</summary>
    public SubscriptionStack(SubscriptionSettings settings)
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
        _group = new SubscriptionGroup("group", new SubscriptionGroupArgs { Azure = _azure });
        var logs = Logs();
        var archive = Archive(logs);
        _ = new ActivityLog("activity-log", new ActivityLogArgs
        {
            Logs = logs,
            Archive = archive,
            IsProtected = settings.DeletionProtection,
        });
        _ = new DefenderForCloud("defender", new DefenderForCloudArgs
        {
            Azure = _azure,
            ResourceGroupName = _group.ResourceGroupName,
            WorkspaceId = logs.WorkspaceId,
            FreePlans = settings.Defender.FreePlans,
            MalwareScanCapInGB = settings.Defender.MalwareScanCapGB,
            ContactEmails = settings.Defender.ContactEmails,
            ContactPhone = settings.Defender.ContactPhone,
        });
        Policies(logs);
        Delegation();
        _ = new SpendingBudget("budget", new SpendingBudgetArgs
        {
            SubscriptionId = settings.Azure.SubscriptionId,
            Amount = settings.Budget.Amount,
            StartDate = settings.Budget.StartDate,
            ContactEmails = settings.Budget.ContactEmails,
            Thresholds = settings.Budget.Thresholds,
        });
        Outputs = new Dictionary<string, object?>
        {
            ["activityLogArchive"] = archive.AzureName,
            ["logAnalyticsWorkspaceId"] = logs.WorkspaceId,
            ["resourceGroup"] = _group.AzureName,
            ["subscriptionId"] = settings.Azure.SubscriptionId,
        };
    }

    /// <summary>The stack's outputs by name.</summary>
    public IDictionary<string, object?> Outputs { get; }

    private LogAnalytics Logs() => new("logs", new LogAnalyticsArgs
    {
        Azure = _azure,
        ResourceGroupName = _group.ResourceGroupName,
        TableRetentionInDays = TableRetentionInDays,
        AuditRetentionInDays = AuditRetentionInDays,

        // A subscription has no network of its own: an environment's reaches it by canton-infra:observability.subscriptionWorkspaceId.
        IsPrivate = true,
    });

    private LogStorage Archive(LogAnalytics logs)
    {
        var vault = new KeyVault("keys", new KeyVaultArgs
        {
            Azure = _azure,
            ResourceGroupName = _group.ResourceGroupName,
            Purpose = "cmk",
            Protection = _settings.ActivityLog.KeyProtection,
            SoftDeleteRetentionInDays = SoftDeleteRetentionInDays,
        });
        vault.LogTo(logs);
        var archive = new LogStorage("archive", new LogStorageArgs
        {
            Azure = _azure,
            ResourceGroupName = _group.ResourceGroupName,
            IdentityResourceGroupName = _group.ResourceGroupName,
            Purpose = "actv",
            Redundancy = _settings.ActivityLog.Redundancy,
            Key = vault.AddEncryptionKey("cmk-archive"),
            AppendOnlyInDays = _settings.ActivityLog.ArchiveDays,
        });
        archive.LogTo(logs);
        var locks = new DeletionLocks("locks", new DeletionLocksArgs { Azure = _azure, Extent = _settings.Locks });
        locks.Cover("keys", vault.Id, vault, archive);
        locks.Cover("archive", archive.Id, archive);
        locks.Cover("logs", logs.WorkspaceId, logs);
        return archive;
    }

    private void Policies(LogAnalytics logs)
    {
        var guardrails = new GuardrailInitiative("guardrails", new GuardrailInitiativeArgs
        {
            SubscriptionId = _settings.Azure.SubscriptionId,
            Locations = _settings.AllowedLocations,
            Containers = _settings.Containers.Limits,
            Enforcement = group => _settings.Guardrails.Groups.GetValueOrDefault(group, _settings.Enforcement),
            ExcludedResourceGroups =
            [
                .. _settings.Environments.Select(name => new ResourceNames(name, _settings.Azure.SubscriptionId).ClusterNodes),
                .. _settings.Guardrails.ExcludedResourceGroups,
            ],
            NodeNamespaces = _settings.Guardrails.NodeNamespaces,
            IsProtected = _settings.DeletionProtection,
        });
        var standards = new RegulatoryStandards("standards", new RegulatoryStandardsArgs
        {
            Azure = _azure,
            ResourceGroupName = _group.ResourceGroupName,
            Benchmark = _settings.Guardrails.Benchmark,
            Soc2 = _settings.Guardrails.Soc2,
            Containers = _settings.Containers.Limits,
        });
        if (_settings.Guardrails.DeploysVaultDiagnostics)
        {
            _ = new DeployedDiagnostics("vault-diagnostics", new DeployedDiagnosticsArgs
            {
                Azure = _azure,
                ResourceGroupName = _group.ResourceGroupName,
                WorkspaceId = logs.WorkspaceId,
                ExcludedResourceGroup = _group.AzureName,
            });
        }

        _ = new PolicyExemptions("exemptions", new PolicyExemptionsArgs
        {
            Exemptions = [.. _settings.Exemptions.Select(exemption => exemption.Exemption)],
            AssignmentId = assignment => assignment switch
            {
                AssignedPolicies.Benchmark => standards.BenchmarkAssignmentId,
                AssignedPolicies.Soc2 => standards.Soc2AssignmentId,
                _ => guardrails.AssignmentId,
            },
        });
    }

    private void Delegation()
    {
        if (_settings.Lighthouse is { } lighthouse)
        {
            _ = new LighthouseDelegation("lighthouse", new LighthouseDelegationArgs
            {
                SubscriptionId = _settings.Azure.SubscriptionId,
                ManagingTenantId = lighthouse.ManagingTenantId,
                Groups = lighthouse.Groups,
            });
        }
    }
}
