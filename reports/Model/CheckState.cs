namespace CantonInfra.Reports.Model;

/// <summary>What a rule said of one subject. The order is that of how much attention it needs, most first.</summary>
internal enum CheckState
{
    /// <summary>The rule itself failed, so nothing is known.</summary>
    Fault,

    /// <summary>The rule is violated.</summary>
    Fail,

    /// <summary>The rule could not judge: a value is not known before a deployment, or the rule is turned off. Never a pass.</summary>
    Undecided,

    /// <summary>The rule is violated, and a waiver permits it for a time.</summary>
    Waived,

    /// <summary>The rule is kept.</summary>
    Pass,

    /// <summary>The rule is about other things.</summary>
    NotApplicable,
}
