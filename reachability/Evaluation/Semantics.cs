namespace CantonInfra.Reachability.Evaluation;

/// <summary>Whose reading of network policies applies.</summary>
public enum Semantics
{
    /// <summary>The Kubernetes documentation's: addresses of a rule may be those of pods and nodes.</summary>
    Kubernetes,

    /// <summary>Cilium's: pods and nodes are told by who they are, and addresses of a rule never mean them (docs/decisions/0040).</summary>
    Cilium,
}
