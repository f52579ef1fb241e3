namespace CantonInfra.Canton.Ledger;

/// <summary>Gets tokens of a machine client for those who want to look at one.</summary>
public static class MachineTokens
{
    /// <summary>A token by client credentials.</summary>
    /// <param name="credentials">The client.</param>
    /// <param name="retries">How failures that pass are met.</param>
    /// <param name="secrets">Learns the secret and the token.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LedgerException">There is none to be had; the message says why.</exception>
    public static async Task<string> RequestAsync(
        ClientCredentials credentials, RetryPolicy retries, KnownSecrets secrets, TimeProvider clock, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var tokens = new TokenSource(credentials, new Transmission(client, retries, clock, Random.Shared.NextDouble), secrets, clock);
        return await tokens.GetAsync(rejected: null, cancellation);
    }
}
