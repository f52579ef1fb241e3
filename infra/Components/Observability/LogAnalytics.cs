using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.OperationalInsights;
using Pulumi.AzureNative.OperationalInsights.Inputs;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What <see cref="LogAnalytics"/> needs.</summary>
internal sealed record LogAnalyticsArgs
{
    /// <summary>The names.</summary>
    public required ResourceNames Names { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The Azure region.</summary>
    public required string Location { get; init; }

    /// <summary>The tags.</summary>
    public required ImmutableDictionary<string, string> Tags { get; init; }
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
                WorkspaceName = args.Names.LogAnalyticsWorkspace,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Location,
                Sku = new WorkspaceSkuArgs { Name = WorkspaceSkuNameEnum.PerGB2018 },
                RetentionInDays = RetentionInDays,

                // Agents sign in with identities; workspace keys would be one more secret to lose.
                Features = new WorkspaceFeaturesArgs { DisableLocalAuth = true },
                Tags = args.Tags,
            },
            new CustomResourceOptions { Parent = this });
        WorkspaceId = workspace.Id;
        RegisterOutputs();
    }

    /// <summary>The id of the workspace.</summary>
    [Output("workspaceId")]
    public Output<string> WorkspaceId { get; private set; }
}
