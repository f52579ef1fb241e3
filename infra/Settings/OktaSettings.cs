using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>Okta as docs/identity/okta.md sets it up, <c>canton-infra:identity.okta</c> (A4).</summary>
/// <param name="Domain"><c>.domain</c>: the organization's domain, such as example.okta.com. No default.</param>
/// <param name="AuthorizationServerId">
/// <c>.authorizationServerId</c>: the authorization server; its audience is ledgerApiAudience; default.
/// </param>
/// <param name="Clients">The applications.</param>
internal sealed record OktaSettings(string Domain, string AuthorizationServerId, PreconfiguredClients Clients) : ProviderSettings
{
    /// <summary>Reads them.</summary>
    public static OktaSettings Read(
        SettingsReader reader, SettingNode node, ImmutableArray<string> validators, ServiceSettings services) => new(
        node.Member("domain").HostName("the domain of the Okta organization"),
        node.Member("authorizationServerId").Text("the authorization server", "default"),
        PreconfiguredClientSettings.Read(reader, node, ClientIdForm.TextAndSubject, validators, services));
}
