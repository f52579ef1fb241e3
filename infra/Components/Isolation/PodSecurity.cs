namespace CantonInfra.Infra.Components.Isolation;

/// <summary>A Pod Security Standard.</summary>
internal enum PodSecurity
{
    /// <summary>The strictest: no root, no privileges, a seccomp profile.</summary>
    Restricted,

    /// <summary>Known ways to gain privileges are closed; for charts whose pods say less than 'restricted' asks for.</summary>
    Baseline,

    /// <summary>None: for what sets up nodes themselves, which <c>policy/limits.yaml</c> has to name.</summary>
    Privileged,
}
