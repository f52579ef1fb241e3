namespace CantonInfra.Infra.Components.Keys;

/// <summary>What guards the keys of a vault.</summary>
internal enum KeyProtection
{
    /// <summary>Hardware: a premium vault.</summary>
    Hsm,

    /// <summary>Software: a standard vault, for environments that hold nothing of worth.</summary>
    Software,
}
