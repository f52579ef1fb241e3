namespace CantonInfra.Contracts;

/// <summary>What keeps pods running.</summary>
public enum WorkloadKind
{
    /// <summary>A Deployment.</summary>
    Deployment,

    /// <summary>A StatefulSet.</summary>
    StatefulSet,

    /// <summary>A DaemonSet.</summary>
    DaemonSet,

    /// <summary>A Job: its pods end.</summary>
    Job,

    /// <summary>A CronJob: its pods come at their time, and end.</summary>
    CronJob,
}
