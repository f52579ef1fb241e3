namespace CantonInfra.Infra.Components.Identity;

/// <summary>Where a provider's endpoints are expected, for previews, which ask nobody.</summary>
/// <param name="Token">Where clients get tokens; null where nothing tells.</param>
/// <param name="Jwks">Where the keys are; null where nothing tells.</param>
internal sealed record ExpectedEndpoints(string? Token, string? Jwks);
