namespace CantonInfra.Infra.Components.Data;

/// <summary>A version of TLS.</summary>
internal enum TlsVersion
{
    /// <summary>1.2, the oldest that is in order.</summary>
    Tls12,

    /// <summary>1.3.</summary>
    Tls13,
}
