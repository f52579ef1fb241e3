using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>How much a namespace is trusted with (C1).</summary>
internal enum TrustZone
{
    /// <summary>Identities and administration.</summary>
    ControlPlane,

    /// <summary>The ledger and its data.</summary>
    DataPlane,

    /// <summary>Services that use the ledger.</summary>
    Applications,
}

/// <summary>The trust zones as labels of namespaces.</summary>
internal static class TrustZones
{
    /// <summary>The labels by zone.</summary>
    public static ImmutableDictionary<TrustZone, string> Labels { get; } = new Dictionary<TrustZone, string>
    {
        [TrustZone.ControlPlane] = "control-plane",
        [TrustZone.DataPlane] = "data-plane",
        [TrustZone.Applications] = "applications",
    }.ToImmutableDictionary();
}
