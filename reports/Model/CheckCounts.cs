namespace CantonInfra.Reports.Model;

/// <summary>How many checks ended how. One check is one rule on one subject.</summary>
internal sealed record CheckCounts(int Pass, int Fail, int Undecided, int Waived, int Fault, int NotApplicable)
{
    /// <summary>None.</summary>
    public static CheckCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Those that said something: all but the not applicable ones.</summary>
    public int Applicable => Pass + Fail + Undecided + Waived + Fault;

    /// <summary>The share of applicable checks that pass.</summary>
    public Score Score => new(Pass, Applicable);

    /// <summary>Both together.</summary>
    public static CheckCounts operator +(CheckCounts left, CheckCounts right) => new(
        left.Pass + right.Pass,
        left.Fail + right.Fail,
        left.Undecided + right.Undecided,
        left.Waived + right.Waived,
        left.Fault + right.Fault,
        left.NotApplicable + right.NotApplicable);

    /// <summary>The number of one state.</summary>
    public int Of(CheckState state) => state switch
    {
        CheckState.Pass => Pass,
        CheckState.Fail => Fail,
        CheckState.Undecided => Undecided,
        CheckState.Waived => Waived,
        CheckState.Fault => Fault,
        _ => NotApplicable,
    };

    /// <summary>The worst state that there is: what all of it comes to.</summary>
    public CheckState Worst => Enum.GetValues<CheckState>().FirstOrDefault(state => Of(state) > 0, CheckState.NotApplicable);
}
