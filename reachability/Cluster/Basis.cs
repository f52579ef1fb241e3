namespace CantonInfra.Reachability.Cluster;

/// <summary>How it is known that there are such pods.</summary>
public enum Basis
{
    /// <summary>The plan says so.</summary>
    Plan,

    /// <summary>The contract of a chart says so, of a release in the plan.</summary>
    Contract,

    /// <summary>Only the declaration of a connection says so: others deploy the pods, or Azure does.</summary>
    Declaration,

    /// <summary>Nobody says so: they stand for pods that anybody might run.</summary>
    Assumption,
}
