namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What a participant reaches its keys by.</summary>
internal enum KmsProvider
{
    /// <summary>A driver of the operator's own, such as one for Azure Key Vault, in an image of the operator's own.</summary>
    Driver,

    /// <summary>The key management service of Amazon.</summary>
    Aws,

    /// <summary>The key management service of Google.</summary>
    Gcp,
}
