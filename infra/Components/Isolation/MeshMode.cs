namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Whether pods connect to each other through a service mesh (A9).</summary>
internal enum MeshMode
{
    /// <summary>They do not: network policies alone say who connects.</summary>
    Off,

    /// <summary>They do, through sidecars of Istio.</summary>
    Istio,
}
