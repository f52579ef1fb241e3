using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Storage;
using Pulumi;
using Pulumi.AzureNative.Monitor;
using Pulumi.AzureNative.Monitor.Inputs;
using Pulumi.AzureNative.OperationalInsights;
using Pulumi.AzureNative.OperationalInsights.Inputs;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What <see cref="LogAnalytics"/> needs.</summary>
internal sealed record LogAnalyticsArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The most that a day's logs may take, in GB; null for no bound.</summary>
    public double? DailyCapInGB { get; init; }

    /// <summary>For how long tables can be queried, in days, 4 to 730.</summary>
    public required int TableRetentionInDays { get; init; }

    /// <summary>For how long tables that tell who did what are kept, in days; at least as long as they can be queried.</summary>
    public required int AuditRetentionInDays { get; init; }

    /// <summary>Whether agents and people reach the workspace from within the network only.</summary>
    public required bool IsPrivate { get; init; }
}

/// <summary>The Log Analytics workspace that an environment's logs go to, and how long it keeps them (A22).</summary>
internal sealed class LogAnalytics : ComponentResource
{
    // The least that the pricing tier takes; shorter retention is a matter of single tables.
    private const int RetentionInDays = 30;

    private readonly LogAnalyticsArgs _args;
    private readonly List<Receipt> _received = [];
    private LogStorage? _archive;

    /// <summary>Declares the workspace.</summary>
    public LogAnalytics(string name, LogAnalyticsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:observability:LogAnalytics", name, options)
    {
        _args = args;
        var access = args.IsPrivate ? PublicNetworkAccessType.Disabled : PublicNetworkAccessType.Enabled;
        var workspace = new Workspace(
            "workspace",
            new WorkspaceArgs
            {
                WorkspaceName = args.Azure.Names.LogAnalyticsWorkspace,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Sku = new WorkspaceSkuArgs { Name = WorkspaceSkuNameEnum.PerGB2018 },
                RetentionInDays = RetentionInDays,
                Features = new WorkspaceFeaturesArgs
                {
                    // Agents sign in with identities; workspace keys would be one more secret to lose, and forge logs with.
                    DisableLocalAuth = true,

                    // Otherwise Azure may keep what has 30 days for a 31st, and undo a shorter retention.
                    ImmediatePurgeDataOn30Days = args.TableRetentionInDays < RetentionInDays,
                },

                // What resources send by diagnostic settings comes from within Azure in either case.
                PublicNetworkAccessForIngestion = access,
                PublicNetworkAccessForQuery = access,
                WorkspaceCapping = args.DailyCapInGB is { } cap
                    ? (Input<WorkspaceCappingArgs>)new WorkspaceCappingArgs { DailyQuotaGb = cap }
                    : null,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Azure.IsProtected });
        WorkspaceId = workspace.Id;
        WorkspaceName = workspace.Name;
        Keep();
        CustomerId = workspace.CustomerId;
        Receive($"{name}-logs", WorkspaceId, LogCategories.LogAnalyticsWorkspace, this);
        RegisterOutputs();
    }

    /// <summary>The id of the workspace.</summary>
    [Output("workspaceId")]
    public Output<string> WorkspaceId { get; private set; }

    /// <summary>The name of the workspace, known once it is there.</summary>
    public Output<string> WorkspaceName { get; }

    /// <summary>The workspace's region.</summary>
    public string Location => _args.Azure.Location;

    /// <summary>For how long tables can be queried, in days.</summary>
    public int TableRetentionInDays => _args.TableRetentionInDays;

    /// <summary>The GUID that services know the workspace by.</summary>
    [Output("customerId")]
    public Output<string> CustomerId { get; private set; }

    /// <summary>Takes the logs of a resource.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="resourceId">The resource's id.</param>
    /// <param name="categories">Which of its logs.</param>
    /// <param name="parent">The component of the resource.</param>
    /// <param name="location">The resource's region; null for the workspace's.</param>
    public void Receive(
        string name, Input<string> resourceId, LogCategories categories, Resource parent, string? location = null)
    {
        _ = new DiagnosticSetting(
            name,
            new DiagnosticSettingArgs
            {
                Name = "to-log-analytics",
                ResourceUri = resourceId,
                WorkspaceId = WorkspaceId,

                // Each category in its own table, which can have its own retention and plan.
                LogAnalyticsDestinationType = "Dedicated",
                Logs = Logs(categories.Categories),
                Metrics = categories.Metrics
                    .Select(category => new DiagnosticsMetricSettingsArgs { Category = category, Enabled = true })
                    .ToArray(),
            },
            new CustomResourceOptions { Parent = parent });
        var receipt = new Receipt(name, resourceId, categories, parent, location ?? _args.Azure.Location);
        _received.Add(receipt);
        Archive(receipt);
    }

    /// <summary>Sends what auditors ask for to an account as well in which it cannot be changed: all so far, and all to come.</summary>
    /// <param name="archive">The account; it is in the environment's region.</param>
    public void ArchiveTo(LogStorage archive)
    {
        _archive = archive;
        _received.ForEach(Archive);
    }

    private static DiagnosticsLogSettingsArgs[] Logs(ImmutableArray<string> categories) =>
        [.. categories.Select(category => new DiagnosticsLogSettingsArgs { Category = category, Enabled = true })];

    // A setting of its own: the workspace gets more than the archive. What is written into the archive is not, since writing that
    // would be written again, and so on; and Azure sends to accounts of a resource's own region only.
    private void Archive(Receipt receipt)
    {
        if (_archive is null || receipt.Parent == _archive || receipt.Categories.Archived.IsEmpty
            || receipt.Location != _args.Azure.Location)
        {
            return;
        }

        _ = new DiagnosticSetting(
            $"{receipt.Name}-archive",
            new DiagnosticSettingArgs
            {
                Name = "to-archive",
                ResourceUri = receipt.ResourceId,
                StorageAccountId = _archive.Id,
                Logs = Logs(receipt.Categories.Archived),
            },
            new CustomResourceOptions { Parent = receipt.Parent });
    }

    private void Keep()
    {
        foreach (var table in LogTables.All)
        {
            _ = new Table(
                $"table-{table.Name}",
                new TableArgs
                {
                    TableName = table.Name,
                    WorkspaceName = WorkspaceName,
                    ResourceGroupName = _args.ResourceGroupName,
                    Plan = TablePlanEnum.Analytics,

                    // Always both: what a request leaves out goes back to its default.
                    RetentionInDays = _args.TableRetentionInDays,
                    TotalRetentionInDays = table.IsAudit ? _args.AuditRetentionInDays : _args.TableRetentionInDays,
                },

                // Azure's own tables cannot be deleted; they go with the workspace.
                new CustomResourceOptions { Parent = this, RetainOnDelete = true });
        }
    }

    private sealed record Receipt(string Name, Input<string> ResourceId, LogCategories Categories, Resource Parent, string Location);
}
