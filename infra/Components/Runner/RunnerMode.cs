namespace CantonInfra.Infra.Components.Runner;

/// <summary>Where deployments run, since API server, databases and vaults answer inside the network only (A10).</summary>
internal enum RunnerMode
{
    /// <summary>On a machine of the environment's own.</summary>
    Managed,

    /// <summary>On a machine that there is already, which the network lets in.</summary>
    Existing,

    /// <summary>Somewhere that this program knows nothing of.</summary>
    None,
}
