namespace CantonInfra.Infra.Components.Ingress;

/// <summary>The digests of the images that gateways and certificates come of; null where an image goes by the tag of its chart.</summary>
/// <param name="EnvoyGateway">The controller of gateways.</param>
/// <param name="EnvoyProxy">The proxies, which gateways are.</param>
/// <param name="CertManager">The controller of certificates.</param>
/// <param name="CertManagerWebhook">What checks certificates for the API server.</param>
/// <param name="CertManagerCaInjector">What tells the API server whom to believe.</param>
/// <param name="CertManagerStartupApiCheck">What waits for these when they are installed.</param>
internal sealed record IngressImages(
    string? EnvoyGateway,
    string? EnvoyProxy,
    string? CertManager,
    string? CertManagerWebhook,
    string? CertManagerCaInjector,
    string? CertManagerStartupApiCheck)
{
    /// <summary>By tags alone.</summary>
    public static readonly IngressImages ByTag = new(null, null, null, null, null, null);
}
