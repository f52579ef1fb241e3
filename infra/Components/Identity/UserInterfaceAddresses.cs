namespace CantonInfra.Infra.Components.Identity;

/// <summary>Where a validator's user interfaces are: what sign-ins may return to, exactly (A1).</summary>
/// <param name="Wallet">The wallet's origin.</param>
/// <param name="NameService">The name service's origin.</param>
internal sealed record UserInterfaceAddresses(string Wallet, string NameService)
{
    /// <summary>The addresses that the validator's charts have by convention.</summary>
    /// <param name="validator">The validator's name.</param>
    /// <param name="host">The host that the environment's addresses are below.</param>
    public static UserInterfaceAddresses Of(string validator, string host) =>
        new($"https://wallet.{validator}.{host}", $"https://cns.{validator}.{host}");
}
