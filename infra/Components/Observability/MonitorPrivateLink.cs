using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Network;
using Pulumi;
using Pulumi.AzureNative.Monitor;
using Pulumi.AzureNative.Monitor.Inputs;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What <see cref="MonitorPrivateLink"/> needs.</summary>
internal sealed record MonitorPrivateLinkArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }
}

/// <summary>The way from the network to Azure Monitor that the internet is not a part of.</summary>
/// <remarks>
/// Names of Azure Monitor are shared by all its customers: networks that resolve the same zones can have one such scope among them.
/// </remarks>
internal sealed class MonitorPrivateLink : ComponentResource
{
    private const string GlobalLocation = "global";

    private static readonly ImmutableArray<(string Name, string Domain)> Zones =
    [
        ("monitor-zone", "privatelink.monitor.azure.com"),
        ("oms-zone", "privatelink.oms.opinsights.azure.com"),
        ("ods-zone", "privatelink.ods.opinsights.azure.com"),
        ("agents-zone", "privatelink.agentsvc.azure-automation.net"),
    ];

    private readonly string _name;
    private readonly MonitorPrivateLinkArgs _args;
    private readonly PrivateLinkScope _scope;
    private Resource? _last;

    /// <summary>Declares the scope.</summary>
    public MonitorPrivateLink(string name, MonitorPrivateLinkArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:observability:MonitorPrivateLink", name, options)
    {
        _name = name;
        _args = args;
        _scope = new PrivateLinkScope(
            name,
            new PrivateLinkScopeArgs
            {
                ScopeName = args.Azure.Names.MonitorPrivateLinkScope,
                ResourceGroupName = args.ResourceGroupName,
                Location = GlobalLocation,

                // Open would let pods send what they know to anybody's workspace.
                AccessModeSettings = new AccessModeSettingsArgs
                {
                    IngestionAccessMode = AccessMode.PrivateOnly,
                    QueryAccessMode = AccessMode.PrivateOnly,
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    /// <summary>Makes a resource of Azure Monitor one that is reached this way.</summary>
    /// <param name="name">What it is, a part of its name within the scope.</param>
    /// <param name="resourceId">The id of a workspace or data collection endpoint.</param>
    public void Include(string name, Input<string> resourceId) => _last = new PrivateLinkScopedResource(
        $"{_name}-{name}",
        new PrivateLinkScopedResourceArgs
        {
            Name = name,
            LinkedResourceId = resourceId,
            ScopeName = _scope.Name,
            ResourceGroupName = _args.ResourceGroupName,
        },

        // The scope takes one change at a time.
        new CustomResourceOptions { Parent = this, DependsOn = _last is { } before ? [before] : [] });

    /// <summary>Lets the network reach what is included so far and later, by a private endpoint.</summary>
    public void AllowFrom(EnvironmentNetwork network) => network.Connect(
        $"{_name}-link",
        "monitor",
        _scope.Id,
        "azuremonitor",
        [.. Zones.Select(zone => network.Zone(zone.Name, zone.Domain)), network.BlobZone],
        this);
}
