namespace CantonInfra.Infra.Components.Observability;

/// <summary>How much of what the API server of a cluster is asked for is logged.</summary>
internal enum KubeAudit
{
    /// <summary>Everything: who read a secret is in it.</summary>
    All,

    /// <summary>All but what only reads, which is most of it.</summary>
    WithoutReads,
}
