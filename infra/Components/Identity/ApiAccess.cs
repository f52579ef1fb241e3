namespace CantonInfra.Infra.Components.Identity;

/// <summary>How tokens for an API are asked for, and what they say.</summary>
/// <param name="Audience">The <c>aud</c> of its tokens.</param>
/// <param name="Scope">The scope to ask for.</param>
internal sealed record ApiAccess(string Audience, string Scope)
{
    /// <summary>The scope that Canton knows its ledger API by.</summary>
    public const string LedgerScope = "daml_ledger_api";
}
