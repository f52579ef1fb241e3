namespace CantonInfra.Reports.Model;

/// <summary>How a control stands. The order is that of how much attention it needs, most first.</summary>
internal enum ControlStatus
{
    /// <summary>A rule of the control is violated or failed itself.</summary>
    Fail,

    /// <summary>Evidence of a duty of the control is older than it may be.</summary>
    Overdue,

    /// <summary>A rule of the control could not judge.</summary>
    Undecided,

    /// <summary>A duty of the control is a person's to do, and no evidence of it is there.</summary>
    Manual,

    /// <summary>What a rule of the control forbids is there and permitted for a time.</summary>
    Waived,

    /// <summary>Rules of the control are kept, and evidence of its duties is in force.</summary>
    Pass,

    /// <summary>No rule of the control is about anything in the stack.</summary>
    NotApplicable,
}
