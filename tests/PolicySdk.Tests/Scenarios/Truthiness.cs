using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk.Tests.Scenarios;

/// <summary>The rule that the public programs revolve around: a flag must have a value.</summary>
internal static class Truthiness
{
    public static readonly PropertyPath Path = PropertyPath.Parse("value");

    public static TestRule MustBe(bool value, EnforcementLevel level = EnforcementLevel.Mandatory) =>
        new(value ? "truthiness" : "falsiness", (resource, _) => [Judge(resource, value)]) { TestedLevel = level };

    public static PolicyVerdict Judge(ResourceView resource, bool value) => resource.Read(Path).ToFlag(whenMissing: false) switch
    {
        null => PolicyVerdict.Undecided(Path),
        { } found when found == value => PolicyVerdict.Pass,
        _ => PolicyVerdict.Violation(Path, $"{resource} must be {value}."),
    };
}
