namespace CantonInfra.Canton.Ledger;

/// <summary>Where a participant's JSON Ledger API is and how to be let in.</summary>
/// <param name="ApiUrl">Its address, with the path prefix if it has one.</param>
/// <param name="Credentials">How to get tokens.</param>
public sealed record LedgerConnection(Uri ApiUrl, LedgerCredentials Credentials)
{
    /// <summary>How failures that pass are met.</summary>
    public RetryPolicy Retries { get; init; } = RetryPolicy.Default;

    /// <summary>Whether a token may travel to that address: over TLS, or within the machine.</summary>
    public static bool IsConfidential(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.IsLoopback;
}

/// <summary>How to get tokens.</summary>
public abstract record LedgerCredentials
{
    private protected LedgerCredentials()
    {
    }
}

/// <summary>A token that somebody else got.</summary>
/// <param name="Token">The token.</param>
public sealed record GivenToken(string Token) : LedgerCredentials
{
    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => nameof(GivenToken);
}

/// <summary>Tokens by the OAuth grant 'client credentials'.</summary>
/// <param name="TokenUrl">The identity provider's token endpoint.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ClientSecret">Its secret.</param>
public sealed record ClientCredentials(Uri TokenUrl, string ClientId, string ClientSecret) : LedgerCredentials
{
    /// <summary>The parameter <c>audience</c>, which Auth0 needs and Entra ID refuses; not sent where it is null.</summary>
    public string? Audience { get; init; }

    /// <summary>The parameter <c>scope</c>; not sent where it is null.</summary>
    public string? Scope { get; init; }

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => $"{nameof(ClientCredentials)} of {ClientId} from {TokenUrl}";
}
