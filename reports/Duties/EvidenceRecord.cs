using System.Collections.Immutable;

namespace CantonInfra.Reports.Duties;

/// <summary>That a duty was done.</summary>
/// <param name="File">The file, from the project's root.</param>
/// <param name="Duty">The duty's id.</param>
/// <param name="Stacks">The stacks that it was done for.</param>
/// <param name="PerformedOn">The day, in UTC.</param>
/// <param name="PerformedBy">Who did it.</param>
/// <param name="Artefact">What proves it: a name or address where an auditor finds it.</param>
/// <param name="Sha256">The artefact's hash, 64 hexadecimal digits in lower case.</param>
/// <param name="ValidForDays">For how many days after that day it counts.</param>
internal sealed record EvidenceRecord(
    string File,
    string Duty,
    ImmutableArray<string> Stacks,
    DateOnly PerformedOn,
    string PerformedBy,
    string Artefact,
    string Sha256,
    int ValidForDays)
{
    /// <summary>The last day on which it counts.</summary>
    public DateOnly ValidUntil => PerformedOn.AddDays(ValidForDays);
}
