namespace CantonInfra.Infra.Components.Foundation;

/// <summary>The names of an environment's resources: the abbreviation of the type, the system, the environment, a purpose.</summary>
/// <param name="Environment">The environment's name.</param>
internal sealed record ResourceNames(string Environment)
{
    private const string System = "canton";

    /// <summary>A resource group's name.</summary>
    /// <param name="purpose">What the group holds, such as <c>net</c>.</param>
    public string ResourceGroup(string purpose) => $"rg-{System}-{Environment}-{purpose}";

    /// <summary>The virtual network's name.</summary>
    public string VirtualNetwork => $"vnet-{System}-{Environment}";

    /// <summary>The Log Analytics workspace's name, which requirement A22 fixes.</summary>
    public string LogAnalyticsWorkspace => $"law-{System}-{Environment}-law";
}
