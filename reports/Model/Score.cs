namespace CantonInfra.Reports.Model;

/// <summary>A share of what passes in what applies. Undecided, waived, manual and overdue ones apply and do not pass.</summary>
/// <param name="Passed">What passes.</param>
/// <param name="Applicable">What applies.</param>
internal sealed record Score(int Passed, int Applicable)
{
    /// <summary>Whole per cent, rounded down, so that only all is 100; null where nothing applies.</summary>
    public int? Percent => Applicable == 0 ? null : (int)(100L * Passed / Applicable);
}
