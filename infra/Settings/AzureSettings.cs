using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary>Where in Azure a stack is.</summary>
/// <param name="Location"><c>azure-native:location</c>: the Azure region of all regional resources.</param>
/// <param name="SubscriptionId"><c>azure-native:subscriptionId</c>: the subscription, a GUID.</param>
/// <param name="TenantId"><c>azure-native:tenantId</c>: the Entra tenant, a GUID.</param>
internal sealed partial record AzureSettings(string Location, string SubscriptionId, string TenantId)
{
    /// <summary>The key of the region.</summary>
    public const string LocationKey = "azure-native:location";

    /// <summary>Reads them.</summary>
    public static AzureSettings Read(SettingsReader reader) => new(
        reader.KeyOf(LocationKey).Text("the Azure region", RegionName(), RegionForm),
        reader.KeyOf("azure-native:subscriptionId").Guid("the Azure subscription"),
        reader.KeyOf("azure-native:tenantId").Guid("the Entra tenant"));

    /// <summary>The form of a region's name, in words.</summary>
    public const string RegionForm = "the short name of an Azure region, such as centralus";

    /// <summary>The form of a region's name.</summary>
    [GeneratedRegex("^[a-z]+[0-9]?$")]
    public static partial Regex RegionName();
}
