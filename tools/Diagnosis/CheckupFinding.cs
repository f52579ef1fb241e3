namespace CantonInfra.Tools.Diagnosis;

/// <summary>How a part of the tool chain is.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not there, and not needed for all verbs.</summary>
    Absent,

    /// <summary>Not as it must be.</summary>
    Broken,
}

/// <summary>What a check found.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Health">How it is.</param>
/// <param name="State">What was found, such as a version.</param>
/// <param name="Meaning">What follows from it.</param>
internal sealed record CheckupFinding(string Subject, Health Health, string State, string Meaning);
