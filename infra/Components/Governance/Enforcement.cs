namespace CantonInfra.Infra.Components.Governance;

/// <summary>What Azure does about a resource that a policy is against.</summary>
internal enum Enforcement
{
    /// <summary>Reports it.</summary>
    Audit,

    /// <summary>Refuses it.</summary>
    Deny,
}
