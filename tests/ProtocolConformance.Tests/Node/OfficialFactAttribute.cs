namespace CantonInfra.ProtocolConformance.Tests.Node;

/// <summary>A test against the official packages: skipped by name where they cannot be installed, but never in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfficialFactAttribute : FactAttribute
{
    public OfficialFactAttribute() => Skip = Skipping.Reason;
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfficialTheoryAttribute : TheoryAttribute
{
    public OfficialTheoryAttribute() => Skip = Skipping.Reason;
}

internal static class Skipping
{
    public static string? Reason { get; } = Environment.GetEnvironmentVariable("CI") == "true" ? null : OfficialPackages.Missing;
}
