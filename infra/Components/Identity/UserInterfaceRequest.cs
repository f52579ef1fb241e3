using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>A validator whose user interfaces need clients.</summary>
/// <param name="Validator">The validator's name.</param>
/// <param name="Suffix">What stands behind names that validators share; null for the first.</param>
/// <param name="Addresses">Where the user interfaces are.</param>
/// <param name="Parent">The component that uses them.</param>
internal sealed record UserInterfaceRequest(
    string Validator, string? Suffix, UserInterfaceAddresses Addresses, Resource Parent)
{
    /// <summary>The client of the user interface for wallets.</summary>
    public string WalletClient => Named("wallet-web-ui");

    /// <summary>The client of the user interface for the name service.</summary>
    public string NameServiceClient => Named("cns-ui");

    /// <summary>The first user of the wallet (A1).</summary>
    public string WalletUser => $"{Validator}_walletuser";

    private string Named(string shared) => Suffix is null ? shared : $"{shared}-{Suffix}";
}
