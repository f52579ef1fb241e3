namespace CantonInfra.Infra.Components.Governance;

/// <summary>An assignment that exemptions are from.</summary>
internal enum AssignedPolicies
{
    /// <summary>Our own initiative.</summary>
    Guardrails,

    /// <summary>The Microsoft cloud security benchmark.</summary>
    Benchmark,

    /// <summary>SOC 2 Type 2.</summary>
    Soc2,
}
