namespace CantonInfra.Infra.Components.Governance;

/// <summary>What Azure Policy does where a definition's condition holds; the names are Azure's.</summary>
internal enum PolicyEffect
{
    /// <summary>Reports the resource.</summary>
    Audit,

    /// <summary>Refuses the request.</summary>
    Deny,

    /// <summary>Reports the resource where something that belongs to it is missing.</summary>
    AuditIfNotExists,

    /// <summary>Deploys what is missing.</summary>
    DeployIfNotExists,

    /// <summary>Does nothing.</summary>
    Disabled,
}
