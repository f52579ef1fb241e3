using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>The identity provider of an environment, <c>canton-infra:identity</c> (A1 to A5).</summary>
/// <param name="Host">
/// <c>.host</c>: the host that the user interfaces are below: wallet.&lt;validator&gt;.&lt;host&gt; and
/// cns.&lt;validator&gt;.&lt;host&gt;; sign-ins may return there and nowhere else. No default.
/// </param>
/// <param name="LedgerApiAudience">
/// <c>.ledgerApiAudience</c>: the audience of tokens for the ledger API; https://ledger-api.&lt;stack&gt;.canton, so that tokens
/// of one network are of no use in another; with Entra the ledgerClientId, which tokens of version 2 have.
/// </param>
/// <param name="ValidatorApiAudience">
/// <c>.validatorApiAudience</c>: the audience of tokens for the validator's API; https://validator-api.&lt;stack&gt;.canton; with
/// Entra and Okta, whose tokens have one audience, that of the ledger API.
/// </param>
/// <param name="Provider">
/// <c>.provider</c>: which provider it is; Keycloak and Auth0 are managed by the program, the others by the customer; keycloak.
/// Settings of a provider that is not chosen are refused.
/// </param>
internal sealed record IdentitySettings(
    string Host, string LedgerApiAudience, string ValidatorApiAudience, ProviderSettings Provider)
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="validators">The names of the environment's validators.</param>
    /// <param name="services">The environment's services.</param>
    public static IdentitySettings Read(
        SettingsReader reader, string stack, ImmutableArray<string> validators, ServiceSettings services)
    {
        var node = reader.Structure("identity");
        var host = node.Member("host").HostName("the host that the user interfaces are below");
        var kind = node.Member("provider").OneOf(
            "the identity provider", IdentityProviderKinds.ByName, IdentityProviderKind.Keycloak);
        var provider = ReadProvider(reader, node, kind, host, validators, services);
        RefuseOthers(node, kind);
        var ledger = node.Member("ledgerApiAudience").Text(
            "the audience of tokens for the ledger API",
            provider is EntraSettings entra ? entra.LedgerClientId : $"https://ledger-api.{stack}.canton");
        var validatorNode = node.Member("validatorApiAudience");
        var hasOneAudience = kind is IdentityProviderKind.Entra or IdentityProviderKind.Okta;
        var validator = validatorNode.Text(
            "the audience of tokens for the validator's API", hasOneAudience ? ledger : $"https://validator-api.{stack}.canton");
        if (hasOneAudience && validator != ledger)
        {
            validatorNode.Refuse($"'{validator}' is not the audience of the ledger API, '{ledger}'; tokens of this provider have one"
                + " audience, so leave it out.");
        }

        return new IdentitySettings(host, ledger, validator, provider);
    }

    private static ProviderSettings ReadProvider(
        SettingsReader reader,
        SettingNode node,
        IdentityProviderKind kind,
        string host,
        ImmutableArray<string> validators,
        ServiceSettings services)
    {
        var own = node.Member(NameOf(kind));
        return kind switch
        {
            IdentityProviderKind.Auth0 => Auth0Settings.Read(reader, own),
            IdentityProviderKind.Entra => EntraSettings.Read(reader, own, validators, services),
            IdentityProviderKind.Okta => OktaSettings.Read(reader, own, validators, services),
            IdentityProviderKind.Oidc => OidcSettings.Read(reader, own, validators, services),
            _ => KeycloakSettings.Read(own, host),
        };
    }

    private static void RefuseOthers(SettingNode node, IdentityProviderKind kind)
    {
        foreach (var name in IdentityProviderKinds.ByName.Keys.Where(name => name != NameOf(kind)))
        {
            if (node.Member(name) is { IsMissing: false } other)
            {
                other.Refuse($"is of no use, since canton-infra:identity.provider is {NameOf(kind)}; leave it out.");
            }
        }
    }

    private static string NameOf(IdentityProviderKind kind) =>
        IdentityProviderKinds.ByName.First(entry => entry.Value == kind).Key;
}
