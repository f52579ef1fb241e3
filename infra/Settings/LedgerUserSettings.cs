using System.Collections.Immutable;
using CantonInfra.Canton.Rights;

namespace CantonInfra.Infra.Settings;

/// <summary>The Canton users of the services, <c>canton-infra:ledgerUsers</c> (B2, B3).</summary>
/// <param name="ApiUrl">
/// <c>.apiUrl</c>: the address of the participant's JSON Ledger API as deployments reach it, HTTPS without a path. None where users
/// are not managed here: then none is declared.
/// </param>
/// <param name="Extras">
/// <c>.extras</c>: a list of what the services' own code needs beyond the table of rights: party-allocation, user-registration;
/// none. Each is a right that docs/canton-users.md gives the reason for.
/// </param>
internal sealed record LedgerUserSettings(Uri? ApiUrl, ImmutableArray<string> Extras)
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="services">The services.</param>
    public static LedgerUserSettings Read(SettingsReader reader, ServiceSettings services)
    {
        var node = reader.Structure("ledgerUsers");
        var url = node.Member("apiUrl");
        var extrasNode = node.Member("extras");
        ImmutableArray<string> extras = [.. extrasNode.Items().Select(Extra)];
        var needsParty = services.Enabled
            .Select(service => ServiceRights.Find(service.Service.Name)).OfType<ServiceRights>().Any(service => service.NeedsParty(extras));

        // The relayer's own setting says what is missing where the relayer is enabled.
        if (!url.IsMissing && needsParty && services.Relayer is { IsEnabled: false, PartyHint: "" })
        {
            extrasNode.Refuse("gives a right for the relayer's party; set canton-infra:services.relayer.partyHint.");
        }

        return new LedgerUserSettings(
            url.IsMissing ? null : url.HttpsServer("the address of the participant's JSON Ledger API"), extras);
    }

    private static string Extra(SettingNode node)
    {
        var name = node.Text("what services get beyond the table of rights");
        if (name.Length > 0 && !ServiceRights.Extras.Contains(name, StringComparer.Ordinal))
        {
            node.Refuse($"'{name}' is not one of: {string.Join(", ", ServiceRights.Extras)}.{NearestName.Hint(name, ServiceRights.Extras)}");
        }

        return name;
    }
}
