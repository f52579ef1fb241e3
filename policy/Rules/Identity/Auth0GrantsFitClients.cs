using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>An application has the grants of its kind and no more.</summary>
internal sealed class Auth0GrantsFitClients : ResourcePolicy
{
    private static readonly PropertyPath EachGrant = PropertyPath.Parse("grantTypes[*]");
    private static readonly ImmutableArray<string> OfPages = ["authorization_code", "refresh_token"];

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> Allowed =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty
            .Add("native", OfPages)
            .Add("non_interactive", ["client_credentials"])
            .Add("spa", OfPages);

    public override string Id => "auth0-client-grants";

    public override string Title => "Applications in Auth0 have the grants of their kind alone";

    public override string Rationale =>
        "An application without a list gets several grants, the implicit one among them. A page with "
        + "client_credentials would need a secret that it cannot keep; a machine with authorization_code can be "
        + "used to sign people in.";

    public override string Remediation =>
        "Set grantTypes: [authorization_code, refresh_token] for appType spa and native, [client_credentials] "
        + "for non_interactive.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.Auth0Client,
        Good: """{"appType": "non_interactive", "grantTypes": ["client_credentials"]}""",
        Bad: """{"appType": "spa", "grantTypes": ["client_credentials"]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A3"),
        new(PolicyControl.Requirement, "B1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.Auth0Client];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var kind = resource.Read("appType");
        var grants = resource.Read("grantTypes");
        if (kind.State == PropertyState.Unknown)
        {
            return [PolicyVerdict.Undecided(kind.Path)];
        }

        if (!kind.TryGetText(out var type) || !Allowed.TryGetValue(type, out var allowed))
        {
            return [PolicyVerdict.NotApplicable("the application is of a kind that may have several grants")];
        }

        return grants.IsNothing() == true
            ? [PolicyVerdict.Violation(grants.Path, $"{resource} lists no grants and gets those that Auth0 gives by default.")]
            : resource.Select(EachGrant).Select(grant => Judge(resource, type, grant, allowed));
    }

    private static PolicyVerdict Judge(ResourceView client, string type, PropertyReading grant, ImmutableArray<string> allowed) =>
        !grant.TryGetText(out var text)
            ? PolicyVerdict.Undecided(grant.Path)
            : allowed.Contains(text, StringComparer.Ordinal)
                ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(
                    grant.Path, $"{client} is of the kind {type} and has {grant} here; allowed are: {string.Join(", ", allowed)}.");
}
