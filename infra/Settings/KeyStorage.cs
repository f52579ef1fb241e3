namespace CantonInfra.Infra.Settings;

/// <summary>Where a validator's own keys are.</summary>
internal enum KeyStorage
{
    /// <summary>In its database, encrypted with the database's key.</summary>
    Database,

    /// <summary>In a vault, which signs and decrypts for the validator and never gives them out.</summary>
    Vault,
}
