using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>What a subscription has once, so that two environments in it never fight over it.</summary>
internal sealed class SubscriptionStack
{
    /// <summary>Declares it.</summary>
    public SubscriptionStack(SubscriptionSettings settings)
    {
        _ = new AllowedLocations("locations", new AllowedLocationsArgs
        {
            SubscriptionId = settings.Azure.SubscriptionId,
            Locations = settings.AllowedLocations,
            Enforcement = settings.Enforcement,
        });
        Outputs = new Dictionary<string, object?> { ["subscriptionId"] = settings.Azure.SubscriptionId };
    }

    /// <summary>The stack's outputs by name.</summary>
    public IDictionary<string, object?> Outputs { get; }
}
