using System.Collections.Immutable;

namespace CantonInfra.Reports.Duties;

/// <summary>Something that no program can do or see, and that somebody must do and record.</summary>
/// <param name="Id">Its id, as evidence names it.</param>
/// <param name="Title">What is to be done, in a few words.</param>
/// <param name="Instruction">How, and what counts as evidence.</param>
/// <param name="Period">How often it is to be done, in words.</param>
/// <param name="MostDays">For how many days evidence of it can count at most.</param>
/// <param name="StackKind">The kind of stack that it is for: environment or subscription.</param>
/// <param name="Page">The page that tells more, from the project's root; empty where none does.</param>
/// <param name="Controls">The controls that it helps to fulfil, as <c>framework:id</c>.</param>
internal sealed record ManualDuty(
    string Id,
    string Title,
    string Instruction,
    string Period,
    int MostDays,
    string StackKind,
    string Page,
    ImmutableArray<string> Controls);
