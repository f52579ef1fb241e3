using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>What each part of an environment stands on.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Azure">Where it is, and how things are named there.</param>
/// <param name="Groups">The resource groups.</param>
/// <param name="Network">The network.</param>
/// <param name="Locks">What is locked.</param>
internal sealed record EnvironmentFoundation(
    EnvironmentSettings Settings, AzureEnvironment Azure, ResourceGroups Groups, EnvironmentNetwork Network, EnvironmentLocks Locks)
{
    /// <summary>Declares it.</summary>
    public static EnvironmentFoundation Declare(EnvironmentSettings settings)
    {
        var azure = new AzureEnvironment
        {
            Names = new ResourceNames(settings.Name, settings.Azure.SubscriptionId),
            Location = settings.Azure.Location,
            SubscriptionId = settings.Azure.SubscriptionId,
            TenantId = settings.Azure.TenantId,
            Tags = ResourceTags.Create(settings.Name, settings.Owner, settings.CostCenter),
            IsProtected = settings.DeletionProtection,
        };
        var groups = new ResourceGroups("groups", new ResourceGroupsArgs { Azure = azure });
        var locks = new EnvironmentLocks();
        var network = new EnvironmentNetwork("network", new EnvironmentNetworkArgs
        {
            Azure = azure,
            ResourceGroupName = groups.Network,
            AddressSpace = settings.Network.AddressSpace,
            Egress = settings.Network.Egress.Plan with
            {
                AllowedHosts = EnvironmentIdentity.AddHosts(settings, settings.Network.Egress.AllowedHosts),
            },
        });
        locks.CoverStateful("egress-address", network.EgressAddressId, network);
        return new EnvironmentFoundation(settings, azure, groups, network, locks);
    }
}
