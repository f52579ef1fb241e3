namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>Finds one kind of danger.</summary>
internal interface IDangerDetector
{
    /// <summary>The dangers of a difference.</summary>
    IEnumerable<Danger> Find(PlanDifference difference);
}
