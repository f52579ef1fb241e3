using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Canton.Rights;
using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>The Canton users of the services, <c>canton-infra:ledgerUsers</c>.</summary>
/// <param name="ApiUrl">
/// <c>.apiUrl</c>: the address of the participant's JSON Ledger API as deployments reach it, HTTPS without a path. None where users
/// are not managed here: then none is declared.
/// </param>
/// <param name="OperatorParty">
/// <c>.operatorParty</c>: the bridge operator's party, in full or by a hint that matches exactly one party of the participant (B3).
/// No default where a service has a right for it.
/// </param>
/// <param name="Extras">
/// <c>.extras</c>: a list of what the services' own code needs beyond the table of rights: party-allocation, user-registration;
/// none. Each is a right that docs/canton-users.md gives the reason for.
/// </param>
/// <param name="UntouchableUsers">
/// <c>.untouchableUsers</c>: a list of ids of Canton users that a deployment refuses to change, as the autopilot's (B1, B6); none.
/// </param>
internal sealed partial record LedgerUserSettings(
    Uri? ApiUrl, string? OperatorParty, ImmutableArray<string> Extras, ImmutableArray<string> UntouchableUsers)
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="services">The services that the environment has.</param>
    public static LedgerUserSettings Read(SettingsReader reader, ImmutableArray<CantonService> services)
    {
        var node = reader.Structure("ledgerUsers");
        var url = node.Member("apiUrl");
        var party = node.Member("operatorParty");
        ImmutableArray<string> extras = [.. node.Member("extras").Items().Select(Extra)];
        var needsParty = !url.IsMissing && services
            .Select(service => ServiceRights.Find(service.Name)).OfType<ServiceRights>().Any(service => service.NeedsParty(extras));
        return new LedgerUserSettings(
            url.IsMissing ? null : url.HttpsServer("the address of the participant's JSON Ledger API"),
            needsParty || !party.IsMissing
                ? party.Text("the bridge operator's party", PartyForm(), "a party (hint::fingerprint) or its hint: letters, digits, '-', '_' and ':'")
                : null,
            extras,
            [.. node.Member("untouchableUsers").Items().Select(item => item.Text("a Canton user's id"))]);
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

    /// <summary>The form of a party or of its hint.</summary>
    [GeneratedRegex("^[A-Za-z0-9:_-]{1,255}$")]
    private static partial Regex PartyForm();
}
