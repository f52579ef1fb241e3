namespace CantonInfra.PolicySdk;

/// <summary>How a pack treats violations in a stack as a whole.</summary>
public enum PolicyMode
{
    /// <summary>They stop the deployment. The mode of a stack that does not say, and of a stack that nobody told of.</summary>
    Deny,

    /// <summary>They are shown, except those of policies that are never lowered.</summary>
    Audit,
}
