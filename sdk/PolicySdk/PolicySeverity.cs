namespace CantonInfra.PolicySdk;

/// <summary>How bad a violation is.</summary>
public enum PolicySeverity
{
    /// <summary>Untidy.</summary>
    Low,

    /// <summary>Weakens a defence.</summary>
    Medium,

    /// <summary>Opens a way in, or breaks a duty.</summary>
    High,

    /// <summary>Keys, funds or residency of data are at stake.</summary>
    Critical,
}
