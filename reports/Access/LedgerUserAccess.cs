using CantonInfra.Canton.Rights;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Access;

/// <summary>
/// Who may do what on the ledger: the Canton users that a plan declares, with the reasons of the output <c>ledgerRights</c>; where it
/// declares none, what each service is to have by the table; and the user that a participant makes its administrator.
/// </summary>
internal static class LedgerUserAccess
{
    private const string Plane = "Ledger";
    private const string Participant = "participant";

    /// <summary>What a plan grants.</summary>
    public static IEnumerable<AccessRow> Of(PlanIndex plan)
    {
        var users = Users(plan).ToList();
        return users.Concat(users.Count == 0 ? Targets(plan) : []).Concat(Releases(plan));
    }

    private static AccessRow Row(string who, string role, string scope, string why, bool isPerson = false) => new(Plane, isPerson, who, "", role, scope, why);

    private static IEnumerable<AccessRow> Users(PlanIndex plan) =>
        from resource in plan.Plan.Resources
        where resource.Type.StartsWith("canton:", StringComparison.Ordinal) && resource.IsCustom
        let rights = PlanIndex.Value(resource, "rights") as ListValue
        where rights is not null || resource.Inputs.Entries.ContainsKey("rights")
        let who = AccessReview.Or(PlanIndex.Text(resource, "userId"), $"user of {resource.Name}")
        let reasons = ReasonsOf(plan, resource.Name)
        from right in rights?.Items ?? [PropertyValue.Unknown]
        let text = PlanIndex.Plain(right) is { } known ? Right(known) : AccessReview.Unknown
        select Row(who, text, AccessReview.Or(PlanIndex.Text(resource, "participant"), Participant), reasons.GetValueOrDefault(text, ""));

    // A service is known by its name or by that of its client, which ends with it.
    private static Dictionary<string, string> ReasonsOf(PlanIndex plan, string service)
    {
        var rights = PlanIndex.Plain(plan.Plan.Outputs["ledgerRights"]) as MapValue ?? MapValue.Empty;
        var (_, reasons) = rights.Entries.FirstOrDefault(entry => entry.Key == service || entry.Key.EndsWith($"-{service}", StringComparison.Ordinal));
        return PlanIndex.Plain(reasons) is MapValue map
            ? map.Entries.Where(entry => PlanIndex.Plain(entry.Value) is StringValue)
                .ToDictionary(entry => entry.Key, entry => ((StringValue)PlanIndex.Plain(entry.Value)!).Value, StringComparer.Ordinal)
            : [];
    }

    private static string Right(PropertyValue right) => right switch
    {
        StringValue text => text.Value,
        MapValue map => map.Entries.ContainsKey("party")
            ? $"{PlanIndex.Member(map, "kind")}={AccessReview.Or(PlanIndex.Member(map, "party"), AccessReview.Unknown)}"
            : PlanIndex.Member(map, "kind"),
        _ => PropertyJson.ToText(right),
    };

    private static IEnumerable<AccessRow> Targets(PlanIndex plan) =>
        from user in (PlanIndex.Plain(plan.Plan.Outputs["ledgerApiUsers"]) as MapValue ?? MapValue.Empty).Entries
        let service = ServiceRights.Find(user.Key)
        where service is not null
        from need in service.NeedsWith([])
        select Row(
            (PlanIndex.Plain(user.Value) as StringValue)?.Value ?? $"user of {user.Key}",
            $"to be granted: {need.Kind}{(LedgerRight.NamesParty(need.Kind) ? " of the operator's party" : "")}",
            Participant,
            $"{need.Reason}; this stack declares no users (canton-infra:ledgerUsers), so the verb 'rights' grants and shows it");

    private static IEnumerable<AccessRow> Releases(PlanIndex plan)
    {
        foreach (var release in plan.OfType("kubernetes:helm.sh/v3:Release"))
        {
            var scope = $"{PlanIndex.Text(release, "namespace")}/{AccessReview.Or(PlanIndex.Text(release, "name"), release.Name)}";
            if (PlanIndex.Value(release, "values", "participantAdminUserNameFrom") is not null)
            {
                yield return Row(
                    $"ledger API user of the validator of {PlanIndex.Text(release, "namespace")}", "ParticipantAdmin", $"participant {scope}",
                    "the participant makes it its administrator at its first start; the validator app works as it");
            }

            if (PlanIndex.Plain(release.Inputs["values"]) is MapValue values && values.Entries.TryGetValue("validatorWalletUsers", out var wallets))
            {
                foreach (var who in PlanIndex.Texts(wallets).DefaultIfEmpty(AccessReview.Unknown))
                {
                    yield return Row(who, "uses the validator's own wallet", $"validator {scope}", "the operator's wallet user", isPerson: true);
                }
            }
        }
    }
}
