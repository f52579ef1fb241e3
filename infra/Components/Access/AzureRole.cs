namespace CantonInfra.Infra.Components.Access;

/// <summary>A built-in role of Azure.</summary>
/// <param name="Name">The role's name in Azure.</param>
/// <param name="Id">The role's GUID, the same in every tenant.</param>
internal sealed record AzureRole(string Name, string Id)
{
    /// <summary>The resource id of the role's definition, as role assignments name it.</summary>
    public string DefinitionId(string subscriptionId) =>
        $"/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/{Id}";
}
