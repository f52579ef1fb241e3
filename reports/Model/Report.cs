using System.Collections.Immutable;
using CantonInfra.Reports.Licences;
using CantonInfra.Reports.Rules;

namespace CantonInfra.Reports.Model;

/// <summary>All that any writer writes: what previews, policies and evidence say of some stacks on a day.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="AsOf">The day, in UTC: what waivers and evidence are measured against.</param>
/// <param name="Version">The version of the program that made it.</param>
/// <param name="Stacks">The stacks, in the order of their names.</param>
/// <param name="Waivers">The waivers of all packs: by rule and subject.</param>
/// <param name="Licences">What is shipped with the tool and the packs, and under which licences.</param>
internal sealed record Report(
    string Project,
    DateOnly AsOf,
    string Version,
    ImmutableArray<StackReport> Stacks,
    ImmutableArray<WaiverReport> Waivers,
    ImmutableArray<ShippedPackage> Licences)
{
    /// <summary>The checks of all stacks.</summary>
    public CheckCounts Counts => Stacks.Aggregate(CheckCounts.None, (sum, stack) => sum + stack.Counts);

    /// <summary>Evidence that is overdue, over all stacks.</summary>
    public int OverdueDuties => Stacks.Sum(stack => stack.Duties.Count(duty => duty.Status == ControlStatus.Overdue));

    /// <summary>Whether a mandatory rule is violated in some stack.</summary>
    public bool HasMandatory => Stacks.Any(stack => stack.Checks.Any(check => check.IsMandatory));
}

/// <summary>A waiver, how long it holds and what needs it.</summary>
/// <param name="Entry">The waiver.</param>
/// <param name="DaysLeft">Days after today on which it holds; negative when it has expired.</param>
/// <param name="Uses">How many checks it permits, in the stacks of the report.</param>
internal sealed record WaiverReport(WaiverEntry Entry, int DaysLeft, int Uses);
