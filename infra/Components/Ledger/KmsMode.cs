namespace CantonInfra.Infra.Components.Ledger;

/// <summary>Where a validator's own keys are (A16, A17).</summary>
internal enum KmsMode
{
    /// <summary>In its database, encrypted with the database's key.</summary>
    Off,

    /// <summary>In its database, each encrypted with a key that never leaves the service.</summary>
    Envelope,

    /// <summary>In the service, which signs and decrypts for it.</summary>
    External,
}
