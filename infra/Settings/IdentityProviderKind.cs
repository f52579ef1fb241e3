using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>Which identity provider an environment has.</summary>
internal enum IdentityProviderKind
{
    /// <summary>Keycloak on the cluster (A1).</summary>
    Keycloak,

    /// <summary>Microsoft Entra ID, configured by the customer (A2).</summary>
    Entra,

    /// <summary>Auth0, managed by the program (A3).</summary>
    Auth0,

    /// <summary>Okta, configured by the customer (A4).</summary>
    Okta,

    /// <summary>Any other provider, configured by the customer (A5).</summary>
    Oidc,
}

/// <summary>The providers by the names that settings have for them.</summary>
internal static class IdentityProviderKinds
{
    /// <summary>By name.</summary>
    public static ImmutableSortedDictionary<string, IdentityProviderKind> ByName { get; } =
        Enum.GetValues<IdentityProviderKind>().ToImmutableSortedDictionary(
            kind => kind.ToString().ToLowerInvariant(), kind => kind, StringComparer.Ordinal);
}
