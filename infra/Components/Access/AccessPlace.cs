namespace CantonInfra.Infra.Components.Access;

/// <summary>Where people have roles.</summary>
internal enum AccessPlace
{
    /// <summary>Every resource group of the environment.</summary>
    Groups,

    /// <summary>The resource group of logs and alerts.</summary>
    Alerts,

    /// <summary>The Log Analytics workspace.</summary>
    Logs,

    /// <summary>The vaults.</summary>
    Vaults,

    /// <summary>The cluster.</summary>
    Cluster,

    /// <summary>Every namespace of the environment in the cluster.</summary>
    Namespaces,
}
