namespace CantonInfra.Infra.Components.Governance;

/// <summary>A policy definition that Azure brings along.</summary>
/// <param name="Name">Its name in Azure.</param>
/// <param name="Id">Its GUID, the same in every tenant.</param>
/// <remarks>GUIDs: the repository Azure/azure-policy at f4a50ba, 2026-04-29 (facts/azure.md, section 8.2).</remarks>
internal sealed record BuiltInPolicy(string Name, string Id)
{
    /// <summary>Where resources may be; resource groups are not judged by it.</summary>
    public static readonly BuiltInPolicy AllowedLocations = new("Allowed locations", "e56962a6-4747-49cd-b67b-bf8b01975c4c");

    /// <summary>Where resource groups may be.</summary>
    public static readonly BuiltInPolicy AllowedLocationsForResourceGroups =
        new("Allowed locations for resource groups", "e765b5de-1225-4ba3-bd56-1ac6695af988");

    /// <summary>The definition's resource id.</summary>
    public string DefinitionId => $"/providers/Microsoft.Authorization/policyDefinitions/{Id}";
}
