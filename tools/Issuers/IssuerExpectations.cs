namespace CantonInfra.Tools.Issuers;

/// <summary>What an issuer is held against.</summary>
/// <param name="Issuer">The issuer, letter by letter as it stands in tokens.</param>
internal sealed record IssuerExpectations(Uri Issuer)
{
    /// <summary>The issuer as it was written; an address would lose or gain a slash.</summary>
    public required string IssuerText { get; init; }

    /// <summary>The audience that tokens must have; null where that is not checked.</summary>
    public string? Audience { get; init; }

    /// <summary>The subject that the machine client's tokens must have; null where any will do.</summary>
    public string? Subject { get; init; }

    /// <summary>The scope that tokens must have; empty where none is needed.</summary>
    public string Scope { get; init; } = "daml_ledger_api";

    /// <summary>Where the discovery document is.</summary>
    public Uri Discovery => new($"{IssuerText.TrimEnd('/')}/.well-known/openid-configuration");
}
