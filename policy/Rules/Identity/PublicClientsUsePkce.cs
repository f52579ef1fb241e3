using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Whoever gets hold of a code on its way to a page cannot redeem it.</summary>
internal sealed class PublicClientsUsePkce : ResourcePolicy
{
    public override string Id => "oidc-public-client-pkce";

    public override string Title => "Public clients use PKCE and have no secret";

    public override string Rationale =>
        "A page in a browser keeps no secret: whoever reads its code has it. What binds an authorization code "
        + "to the page that asked for it is PKCE; without it, a code that leaks by a log or another app on the "
        + "machine is a token for the wallet.";

    public override string Remediation =>
        "Set pkceCodeChallengeMethod to S256 and remove clientSecret. In Auth0, give the single-page "
        + "application ClientCredentials with authenticationMethod 'none'.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakClient,
        Good: """{"accessType": "PUBLIC", "standardFlowEnabled": true, "pkceCodeChallengeMethod": "S256"}""",
        Bad: """{"accessType": "PUBLIC", "standardFlowEnabled": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakClient];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var access = resource.Read("accessType");
        if (!access.TryGetText(out var type))
        {
            return [PolicyVerdict.Undecided(access.Path)];
        }

        return type == "PUBLIC" ? [Pkce(resource), Secret(resource)] : [PolicyVerdict.NotApplicable("the client is not public")];
    }

    private static PolicyVerdict Pkce(ResourceView client)
    {
        var flow = client.Read("standardFlowEnabled").ToFlag(whenMissing: false);
        var method = client.Read("pkceCodeChallengeMethod");
        return (flow, method.State) switch
        {
            (false, _) => PolicyVerdict.Pass,
            (_, PropertyState.Unknown) => PolicyVerdict.Undecided(method.Path),
            _ when method.TryGetText(out var text) && text == "S256" => PolicyVerdict.Pass,
            (null, _) => PolicyVerdict.Undecided(PropertyPath.Parse("standardFlowEnabled")),
            _ => PolicyVerdict.Violation(method.Path, $"{client} has {method} here, so that a stolen code is as good as a token; it must be S256."),
        };
    }

    private static PolicyVerdict Secret(ResourceView client)
    {
        var secret = client.Read("clientSecret");
        return secret.State == PropertyState.Missing
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(secret.Path, $"{client} is public and has a secret, which its page would have to publish.");
    }
}
