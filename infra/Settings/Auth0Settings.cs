using System.Text.RegularExpressions;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>Auth0, <c>canton-infra:identity.auth0</c> (A3).</summary>
/// <param name="Domain"><c>.domain</c>: the tenant's domain, or one's own that tokens are issued under. No default.</param>
/// <param name="ManagementClientId">
/// <c>.managementClientId</c>: the client that may manage the tenant; docs/identity/auth0.md tells what it needs. No default.
/// </param>
/// <param name="ManagementSecret">
/// <c>canton-infra:auth0ManagementSecret</c>: that client's secret, encrypted. No default.
/// </param>
/// <param name="WalletUserEmail">
/// <c>.walletUserEmail</c>: where the wallet's user gets mail: the way to a password of its own. No default.
/// </param>
/// <param name="AccessTokenMinutes"><c>.accessTokenMinutes</c>: for how long access tokens are good; 10.</param>
/// <param name="ManagesTenant">
/// <c>.managesTenant</c>: whether the tenant's defences and second factors are this environment's; true. Of environments that
/// share a tenant, one may.
/// </param>
internal sealed partial record Auth0Settings(
    string Domain,
    string ManagementClientId,
    Output<string> ManagementSecret,
    string WalletUserEmail,
    int AccessTokenMinutes,
    bool ManagesTenant) : ProviderSettings
{
    /// <inheritdoc/>
    public override bool IsManaged => true;

    /// <summary>Reads them.</summary>
    public static Auth0Settings Read(SettingsReader reader, SettingNode node) => new(
        node.Member("domain").HostName("the domain of the Auth0 tenant"),
        node.Member("managementClientId").Text("the client that may manage the tenant"),
        reader.RequiredSecret("auth0ManagementSecret", "the secret of the client that may manage the tenant"),
        node.Member("walletUserEmail").Text("where the wallet's user gets mail", Mail(), "a mail address"),
        node.Member("accessTokenMinutes").Integer(LeastTokenMinutes, MostTokenMinutes, DefaultTokenMinutes),
        node.Member("managesTenant").Boolean(fallback: true));

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Mail();
}
