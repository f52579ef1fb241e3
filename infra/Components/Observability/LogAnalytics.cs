using CantonInfra.Infra.Components.Foundation;
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
}

/// <summary>The Log Analytics workspace that an environment's logs go to (A22).</summary>
internal sealed class LogAnalytics : ComponentResource
{
    // The least that the pricing tier takes; shorter retention is a matter of single tables.
    private const int RetentionInDays = 30;

    /// <summary>Declares the workspace.</summary>
    public LogAnalytics(string name, LogAnalyticsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:observability:LogAnalytics", name, options)
    {
        var workspace = new Workspace(
            "workspace",
            new WorkspaceArgs
            {
                WorkspaceName = args.Azure.Names.LogAnalyticsWorkspace,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Sku = new WorkspaceSkuArgs { Name = WorkspaceSkuNameEnum.PerGB2018 },
                RetentionInDays = RetentionInDays,

                // Agents sign in with identities; workspace keys would be one more secret to lose.
                Features = new WorkspaceFeaturesArgs { DisableLocalAuth = true },
                WorkspaceCapping = args.DailyCapInGB is { } cap
                    ? (Input<WorkspaceCappingArgs>)new WorkspaceCappingArgs { DailyQuotaGb = cap }
                    : null,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        WorkspaceId = workspace.Id;
        CustomerId = workspace.CustomerId;
        RegisterOutputs();
    }

    /// <summary>The id of the workspace.</summary>
    [Output("workspaceId")]
    public Output<string> WorkspaceId { get; private set; }

    /// <summary>The GUID that services know the workspace by.</summary>
    [Output("customerId")]
    public Output<string> CustomerId { get; private set; }

    /// <summary>Takes the logs of a resource.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="resourceId">The resource's id.</param>
    /// <param name="categories">Which of its logs.</param>
    /// <param name="parent">The component of the resource.</param>
    public void Receive(string name, Input<string> resourceId, LogCategories categories, Resource parent) =>
        _ = new DiagnosticSetting(
            name,
            new DiagnosticSettingArgs
            {
                Name = "to-log-analytics",
                ResourceUri = resourceId,
                WorkspaceId = WorkspaceId,

                // Each category in its own table, which can have its own retention and plan.
                LogAnalyticsDestinationType = "Dedicated",
                Logs = categories.Categories
                    .Select(category => new DiagnosticsLogSettingsArgs { Category = category, Enabled = true })
                    .ToArray(),
                Metrics = categories.Metrics
                    .Select(category => new DiagnosticsMetricSettingsArgs { Category = category, Enabled = true })
                    .ToArray(),
            },
            new CustomResourceOptions { Parent = parent });
}
