namespace CantonInfra.Infra.Components.Governance;

/// <summary>Who assigns a standard.</summary>
internal enum StandardAssignment
{
    /// <summary>The program does.</summary>
    Assigned,

    /// <summary>It is assigned already: a second assignment would count every finding twice.</summary>
    Existing,
}
