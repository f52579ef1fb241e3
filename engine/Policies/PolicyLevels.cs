using CantonInfra.Protocol.Wire;

namespace CantonInfra.Engine.Policies;

/// <summary>The protocol's levels and severities in this engine's terms.</summary>
internal static class PolicyLevels
{
    public static PolicyLevel Of(EnforcementLevel level) => level switch
    {
        EnforcementLevel.Advisory => PolicyLevel.Advisory,
        EnforcementLevel.Disabled => PolicyLevel.Disabled,
        EnforcementLevel.Remediate => PolicyLevel.Remediate,
        _ => PolicyLevel.Mandatory,
    };

    public static string Text(PolicySeverity severity) => severity switch
    {
        PolicySeverity.Low => "low",
        PolicySeverity.Medium => "medium",
        PolicySeverity.High => "high",
        PolicySeverity.Critical => "critical",
        _ => "",
    };
}
