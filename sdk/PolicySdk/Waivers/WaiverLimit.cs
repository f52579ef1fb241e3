namespace CantonInfra.PolicySdk;

/// <summary>How far ahead the last day of a waiver may be.</summary>
/// <param name="MaximumDays">Days after the day on which it is judged; 1 at least.</param>
/// <param name="Reason">Why; shown with waivers that exceed it.</param>
public sealed record WaiverLimit(int MaximumDays, string Reason);
