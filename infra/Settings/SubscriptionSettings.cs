using System.Collections.Immutable;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>What a subscription has once, whatever environments are in it.</summary>
/// <param name="Azure">The subscription.</param>
/// <param name="AllowedLocations"><c>canton-infra:allowedLocations</c>: the regions that Azure Policy allows. No default.</param>
/// <param name="Enforcement"><c>canton-infra:enforcement</c>: what Azure does about others: audit or deny; deny.</param>
internal sealed record SubscriptionSettings(AzureSettings Azure, ImmutableArray<string> AllowedLocations, Enforcement Enforcement)
{
    private static readonly ImmutableSortedDictionary<string, Enforcement> Enforcements = new Dictionary<string, Enforcement>
    {
        ["audit"] = Enforcement.Audit,
        ["deny"] = Enforcement.Deny,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads the settings of a stack.</summary>
    public static SubscriptionSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("allowedLocations");
        var locations = node.Items()
            .Select(item => item.Text("an Azure region", AzureSettings.RegionName(), AzureSettings.RegionForm))
            .ToImmutableArray();
        if (locations.IsEmpty)
        {
            node.Refuse("missing; it must give the regions that Azure Policy allows, a list of at least one.");
        }

        return new SubscriptionSettings(
            AzureSettings.Read(reader),
            locations,
            reader.Key("enforcement").OneOf("what Azure does about other regions", Enforcements, Enforcement.Deny));
    }
}
