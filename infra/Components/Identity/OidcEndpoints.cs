using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>Where a provider's endpoints are.</summary>
/// <param name="Token">Where clients get tokens.</param>
/// <param name="Jwks">Where the keys are.</param>
internal sealed record OidcEndpoints(Output<string> Token, Output<string> Jwks);
