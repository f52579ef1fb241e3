namespace CantonInfra.PolicySdk;

/// <summary>What a violation of a policy does.</summary>
public enum EnforcementLevel
{
    /// <summary>It is shown.</summary>
    Advisory,

    /// <summary>It stops the deployment.</summary>
    Mandatory,

    /// <summary>It is mended where the policy can; where it cannot, it stops the deployment.</summary>
    Remediate,

    /// <summary>The policy is not asked.</summary>
    Disabled,
}
