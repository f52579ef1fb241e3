namespace CantonInfra.Infra.Components.Ledger;

/// <summary>The digests of a release's images, such as <c>sha256:…</c>; an image whose digest is not given is known by its tag only.</summary>
/// <param name="Participant">Of <c>canton-participant</c>.</param>
/// <param name="ValidatorApp">Of <c>validator-app</c>.</param>
/// <param name="WalletWebUi">Of <c>wallet-web-ui</c>.</param>
/// <param name="AnsWebUi">Of <c>ans-web-ui</c>.</param>
internal sealed record ChartImages(string? Participant, string? ValidatorApp, string? WalletWebUi, string? AnsWebUi)
{
    /// <summary>Tags only.</summary>
    public static readonly ChartImages ByTag = new(null, null, null, null);
}
