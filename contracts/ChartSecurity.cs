namespace CantonInfra.Contracts;

/// <summary>What pods say of their own privileges.</summary>
/// <param name="RunsAsNonRoot">Whether <c>runAsNonRoot</c> is set; a user's number alone does not count.</param>
/// <param name="HasSeccompProfile">Whether a seccomp profile is set.</param>
/// <param name="DeniesEscalation">Whether <c>allowPrivilegeEscalation</c> is false in every container.</param>
/// <param name="DropsCapabilities">Whether every container drops all capabilities.</param>
/// <param name="ReadsOnly">Whether every container's file system is read-only.</param>
public sealed record ChartSecurity(
    bool RunsAsNonRoot, bool HasSeccompProfile, bool DeniesEscalation, bool DropsCapabilities, bool ReadsOnly = false)
{
    /// <summary>Pods that say nothing.</summary>
    public static readonly ChartSecurity None = new(false, false, false, false);

    /// <summary>Pods that say all that the Pod Security Standard 'restricted' asks for.</summary>
    public static readonly ChartSecurity Restricted = new(true, true, true, true);

    /// <summary>Whether a namespace that enforces 'restricted' admits the pods.</summary>
    public bool FitsRestricted => RunsAsNonRoot && HasSeccompProfile && DeniesEscalation && DropsCapabilities;
}
