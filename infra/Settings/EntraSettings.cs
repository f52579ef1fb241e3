using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>Microsoft Entra ID as docs/identity/entra.md sets it up, <c>canton-infra:identity.entra</c> (A2).</summary>
/// <param name="Authority">
/// <c>.authority</c>: the cloud's address for sign-ins, HTTPS without a path; https://login.microsoftonline.com.
/// </param>
/// <param name="TenantId"><c>.tenantId</c>: the tenant. No default.</param>
/// <param name="LedgerClientId">
/// <c>.ledgerClientId</c>: the registration that stands for the ledger API; with it, tokens are asked for. No default.
/// </param>
/// <param name="Clients">The registrations.</param>
internal sealed record EntraSettings(Uri Authority, string TenantId, string LedgerClientId, PreconfiguredClients Clients)
    : ProviderSettings
{
    private static readonly Uri PublicCloud = new("https://login.microsoftonline.com");

    /// <summary>Reads them.</summary>
    public static EntraSettings Read(
        SettingsReader reader, SettingNode node, ImmutableArray<string> validators, ServiceSettings services)
    {
        var authority = node.Member("authority");
        return new EntraSettings(
            authority.HttpsServer("the cloud's address for sign-ins", PublicCloud) ?? PublicCloud,
            node.Member("tenantId").Guid("the Entra tenant"),
            node.Member("ledgerClientId").Guid("the registration that stands for the ledger API"),
            PreconfiguredClientSettings.Read(reader, node, ClientIdForm.Guid, validators, services));
    }
}
