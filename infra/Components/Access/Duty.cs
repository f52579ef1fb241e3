namespace CantonInfra.Infra.Components.Access;

/// <summary>What people are there for (A6). Nobody changes anything by hand: deployments do.</summary>
internal enum Duty
{
    /// <summary>Answers for the environment: also configures alerts.</summary>
    Admin,

    /// <summary>Keeps it running: restarts and scales workloads.</summary>
    Operator,

    /// <summary>Sees how it is set up and what happened.</summary>
    Auditor,
}
