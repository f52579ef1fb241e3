using System.Collections.Immutable;
using CantonInfra.Reports.Access;
using CantonInfra.Reports.Connections;
using CantonInfra.Reports.Internet;
using CantonInfra.Reports.Recovery;
using CantonInfra.Reports.Topology;

namespace CantonInfra.Reports.Model;

/// <summary>What is known of one stack. Everything is in a stable order.</summary>
internal sealed record StackReport
{
    /// <summary>The stack's name.</summary>
    public required string Name { get; init; }

    /// <summary>environment, subscription, or empty where the stack says nothing.</summary>
    public required string Kind { get; init; }

    /// <summary>The packs that judged it, as <c>name version</c>.</summary>
    public required ImmutableArray<string> Packs { get; init; }

    /// <summary>The rules by pack and id.</summary>
    public required ImmutableArray<RuleReport> Rules { get; init; }

    /// <summary>The checks that neither pass nor are not applicable: by severity, rule and resource.</summary>
    public required ImmutableArray<Check> Checks { get; init; }

    /// <summary>The controls by framework and id.</summary>
    public required ImmutableArray<ControlReport> Controls { get; init; }

    /// <summary>The resources in the plan's order.</summary>
    public required ImmutableArray<ResourceReport> Resources { get; init; }

    /// <summary>What people must do, and what is recorded of it.</summary>
    public required ImmutableArray<DutyReport> Duties { get; init; }

    /// <summary>Who may do what.</summary>
    public required ImmutableArray<AccessRow> Access { get; init; }

    /// <summary>What is promised for a disaster, and what the servers are set to.</summary>
    public required RecoveryReport Recovery { get; init; }

    /// <summary>Which data is in which region.</summary>
    public required ImmutableArray<DataStore> Residency { get; init; }

    /// <summary>What the platform covers and what the customer must do.</summary>
    public required ImmutableArray<ResponsibilityReport> Responsibility { get; init; }

    /// <summary>The stack as nested boxes.</summary>
    public required Box Topology { get; init; }

    /// <summary>What the internet reaches, and what goes out to it.</summary>
    public required InternetReport Internet { get; init; }

    /// <summary>Who connects to whom.</summary>
    public required ConnectionReport Connections { get; init; }

    /// <summary>All checks.</summary>
    public CheckCounts Counts => Rules.Aggregate(CheckCounts.None, (sum, rule) => sum + rule.Counts);

    /// <summary>The frameworks that controls are of, in the order of the controls.</summary>
    public IEnumerable<string> Frameworks => Controls.Select(control => control.Framework).Distinct(StringComparer.Ordinal);

    /// <summary>The share of applicable controls of a framework that pass.</summary>
    public Score ScoreOf(string framework)
    {
        var controls = Controls.Where(control => control.Framework == framework).ToList();
        return new Score(
            controls.Count(control => control.Status == ControlStatus.Pass),
            controls.Count(control => control.Status != ControlStatus.NotApplicable));
    }
}

/// <summary>A rule and how its checks ended.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Id">The rule's id.</param>
/// <param name="Title">What must hold.</param>
/// <param name="Severity">low, medium, high or critical; empty where none is given.</param>
/// <param name="Level">advisory, mandatory, remediate or disabled.</param>
/// <param name="Rationale">Why it must hold; empty where the pack has no catalogue.</param>
/// <param name="Remediation">What to do about a violation; empty where the pack has no catalogue.</param>
/// <param name="Controls">The controls that it helps to fulfil, as <c>framework:id</c>.</param>
/// <param name="Counts">How its checks ended.</param>
/// <param name="Passed">The resources that keep it, as positions in the stack's resources.</param>
internal sealed record RuleReport(
    string Pack,
    string Id,
    string Title,
    string Severity,
    string Level,
    string Rationale,
    string Remediation,
    ImmutableArray<string> Controls,
    CheckCounts Counts,
    ImmutableArray<int> Passed);

/// <summary>One rule on one subject, where that neither passed nor was not applicable.</summary>
/// <param name="Rule">The rule's position in the stack's rules.</param>
/// <param name="Resource">The subject's position in the stack's resources.</param>
/// <param name="State">What the rule said.</param>
/// <param name="IsMandatory">Whether it stops a deployment.</param>
/// <param name="Notes">What is wrong, undecided or waived, and how to mend it; secrets are masked.</param>
/// <param name="File">The file to change, from the project's root; empty where none is known.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Fingerprint">The same in every run for the same rule and subject.</param>
internal sealed record Check(
    int Rule,
    int Resource,
    CheckState State,
    bool IsMandatory,
    ImmutableArray<string> Notes,
    string File,
    int Line,
    string Fingerprint);

/// <summary>A control and how it stands.</summary>
/// <param name="Framework">The framework: soc2, mcsb, requirement, or another that rules name.</param>
/// <param name="Id">The control's id there.</param>
/// <param name="Title">What it is about, in a few words; empty where it is not known here.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Rules">Its rules, as positions in the stack's rules.</param>
/// <param name="Duties">Its duties, by id.</param>
/// <param name="Counts">How the checks of its rules ended.</param>
internal sealed record ControlReport(
    string Framework,
    string Id,
    string Title,
    ControlStatus Status,
    ImmutableArray<int> Rules,
    ImmutableArray<string> Duties,
    CheckCounts Counts);

/// <summary>A resource of the plan.</summary>
/// <param name="Urn">Its URN.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Name">Its logical name.</param>
/// <param name="Kind">custom, component, read or defaultProvider.</param>
/// <param name="Parent">The parent's position; -1 for none.</param>
/// <param name="Dependencies">Positions of what it depends on.</param>
/// <param name="Region">Its Azure region; empty where it names none.</param>
/// <param name="IsProtected">Whether deleting it is refused.</param>
/// <param name="Properties">Its properties as JSON, secrets and unknowns as marks.</param>
/// <param name="Counts">How the checks on it ended; not applicable ones are not counted.</param>
/// <param name="File">The file that declares it, from the project's root; empty where none is known.</param>
/// <param name="Line">The line there, from 1.</param>
internal sealed record ResourceReport(
    string Urn,
    string Type,
    string Name,
    string Kind,
    int Parent,
    ImmutableArray<int> Dependencies,
    string Region,
    bool IsProtected,
    string Properties,
    CheckCounts Counts,
    string File,
    int Line);

/// <summary>A duty of people in this stack.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Status">Pass while evidence is in force, overdue afterwards, manual where there is none.</param>
/// <param name="Evidence">The latest evidence; null where there is none.</param>
/// <param name="DaysLeft">Days after today for which the evidence counts; negative when it is overdue; 0 without evidence.</param>
internal sealed record DutyReport(Duties.ManualDuty Duty, ControlStatus Status, Duties.EvidenceRecord? Evidence, int DaysLeft);

/// <summary>An area of the shared responsibility, and how its requirements stand.</summary>
/// <param name="Area">The area.</param>
/// <param name="Status">How the checks of the area's requirements end together: the platform's part.</param>
/// <param name="Duties">The duties of the area that are of this stack, by id.</param>
/// <param name="CustomerStatus">How these duties stand together; not applicable where there is none.</param>
internal sealed record ResponsibilityReport(
    Controls.ResponsibilityArea Area, ControlStatus Status, ImmutableArray<string> Duties, ControlStatus CustomerStatus);
