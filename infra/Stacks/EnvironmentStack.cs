using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>One environment: composes the components from its settings.</summary>
internal sealed class EnvironmentStack
{
    /// <summary>Declares the environment.</summary>
    public EnvironmentStack(EnvironmentSettings settings)
    {
        var names = new ResourceNames(settings.Name);
        var tags = ResourceTags.Create(settings.Name, settings.Owner, settings.CostCenter);

        var groups = new ResourceGroups("groups", new ResourceGroupsArgs
        {
            Names = names,
            Location = settings.Location,
            Tags = tags,
        });
        var logs = new LogAnalytics("logs", new LogAnalyticsArgs
        {
            Names = names,
            ResourceGroupName = groups.Observability,
            Location = settings.Location,
            Tags = tags,
        });
        var network = new EnvironmentNetwork("network", new EnvironmentNetworkArgs
        {
            Names = names,
            ResourceGroupName = groups.Network,
            Location = settings.Location,
            AddressSpace = settings.AddressSpace,
            Tags = tags,
        });

        Outputs = new Dictionary<string, object?>
        {
            ["location"] = settings.Location,
            ["logAnalyticsWorkspaceId"] = logs.WorkspaceId,
            ["virtualNetworkId"] = network.VirtualNetworkId,
        };
    }

    /// <summary>The stack's outputs by name.</summary>
    public IDictionary<string, object?> Outputs { get; }
}
