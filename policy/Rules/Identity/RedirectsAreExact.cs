using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Sign-ins return to addresses that are written out.</summary>
internal sealed class RedirectsAreExact : ResourcePolicy
{
    private static readonly ImmutableArray<PropertyPath> OfKeycloak =
        [.. new[] { "validRedirectUris[*]", "validPostLogoutRedirectUris[*]", "webOrigins[*]" }.Select(PropertyPath.Parse)];

    private static readonly ImmutableArray<PropertyPath> OfAuth0 =
        [.. new[] { "callbacks[*]", "allowedLogoutUrls[*]", "webOrigins[*]", "allowedOrigins[*]" }.Select(PropertyPath.Parse)];

    public override string Id => "oidc-redirect-uris-exact";

    public override string Title => "Sign-ins return only to https addresses without wildcards";

    public override string Rationale =>
        "The provider sends the code to whatever address the list allows. With a wildcard, any page below it "
        + "that can be made to pass on its address, or any subdomain that somebody else gets, receives codes; "
        + "over http everybody on the way does.";

    public override string Remediation =>
        "List each address in full, with https and without '*' or '+': redirect URIs, those after a sign-out, "
        + "and web origins.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakClient,
        Good: """{"validRedirectUris": ["https://wallet.example.com"]}""",
        Bad: """{"validRedirectUris": ["https://wallet.example.com/*"]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A3"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakClient, IdentityTypes.Auth0Client];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var lists = resource.Is(IdentityTypes.Auth0Client) ? OfAuth0 : OfKeycloak;
        return lists.SelectMany(resource.Select).Where(reading => reading.State != PropertyState.Missing).Select(reading => Judge(resource, reading));
    }

    private static PolicyVerdict Judge(ResourceView client, PropertyReading address)
    {
        if (!address.TryGetText(out var text))
        {
            return PolicyVerdict.Undecided(address.Path);
        }

        var isExact = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !text.Contains('*', StringComparison.Ordinal) && !text.Contains('+', StringComparison.Ordinal);
        return isExact
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(address.Path, $"{client} has {address} here, which is no single https address.");
    }
}
