using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Storage;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="FlowLogs"/> needs.</summary>
internal sealed record FlowLogsArgs
{
    /// <summary>The environment, with the network's region as its location.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the identity that writes.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>What the flows are of, a part of the identity's name in Azure.</summary>
    public required string Purpose { get; init; }

    /// <summary>The id of the virtual network.</summary>
    public required Input<string> VirtualNetworkId { get; init; }

    /// <summary>Where they are kept: an account of the network's region that nothing else writes to and that allows changes.</summary>
    public required LogStorage Storage { get; init; }

    /// <summary>Where they are analyzed.</summary>
    public required LogAnalytics Logs { get; init; }

    /// <summary>For how long they are kept, in days.</summary>
    public required int RetentionInDays { get; init; }

    /// <summary>How often they are analyzed: every 10 or every 60 minutes.</summary>
    public required int AnalysisIntervalInMinutes { get; init; }
}

/// <summary>Who talked to whom in the network, flow by flow, and its analysis (A24).</summary>
internal sealed class FlowLogs : ComponentResource
{
    // Azure makes one watcher per region as soon as there is a network, under these names; a second one cannot be made.
    private const string WatcherResourceGroup = "NetworkWatcherRG";
    private const int FormatVersion = 2;

    /// <summary>Declares the flow log.</summary>
    public FlowLogs(string name, FlowLogsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:FlowLogs", name, options)
    {
        // The account has no keys to sign in with, so the watcher writes as an identity.
        var identity = new ManagedIdentity(
            $"{name}-identity", args.Purpose, args.Azure, args.IdentityResourceGroupName, this);
        var writer = args.Storage.GrantWriter("flows", identity);
        _ = new FlowLog(
            name,
            new FlowLogArgs
            {
                FlowLogName = args.Azure.Names.FlowLog,
                NetworkWatcherName = $"NetworkWatcher_{args.Azure.Location}",
                ResourceGroupName = WatcherResourceGroup,
                Location = args.Azure.Location,
                TargetResourceId = args.VirtualNetworkId,
                StorageId = args.Storage.Id,
                Identity = new Pulumi.AzureNative.Network.Inputs.ManagedServiceIdentityArgs
                {
                    Type = ResourceIdentityType.UserAssigned,
                    UserAssignedIdentities = { identity.Id },
                },
                Enabled = true,
                Format = new FlowLogFormatParametersArgs { Type = FlowLogFormatType.JSON, Version = FormatVersion },
                RetentionPolicy = new RetentionPolicyParametersArgs { Enabled = true, Days = args.RetentionInDays },
                FlowAnalyticsConfiguration = new TrafficAnalyticsPropertiesArgs
                {
                    NetworkWatcherFlowAnalyticsConfiguration = new TrafficAnalyticsConfigurationPropertiesArgs
                    {
                        Enabled = true,
                        TrafficAnalyticsInterval = args.AnalysisIntervalInMinutes,
                        WorkspaceId = args.Logs.CustomerId,
                        WorkspaceRegion = args.Logs.Location,
                        WorkspaceResourceId = args.Logs.WorkspaceId,
                    },
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this, DependsOn = { writer } });
        RegisterOutputs();
    }
}
