using CantonInfra.Engine.Plans;

namespace CantonInfra.Conformance.Tests.Twins;

/// <summary>
/// The differences that the official .NET and Node SDKs have between them on the wire, taken out of plans before twins are
/// compared. Whatever is not listed here must be equal.
/// </summary>
internal static class LegitimateDifferences
{
    /// <summary>A plan without what the two official SDKs may differ in.</summary>
    public static Plan Normalize(Plan plan) => plan;
}
