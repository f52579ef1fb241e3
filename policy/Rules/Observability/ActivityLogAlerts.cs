using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>Where changes are watched, changes of what guards the stack are.</summary>
internal sealed class ActivityLogAlerts : StackPolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Alerts =
        ["azure-native:monitor:ActivityLogAlert", "azure-native:insights:ActivityLogAlert"];

    // Fewer are somebody's who wants to know of one thing.
    private const int KeepsWatch = 3;

    private static readonly PropertyPath Enabled = PropertyPath.Parse("enabled");
    private static readonly PropertyPath Conditions = PropertyPath.Parse("condition.allOf");

    // What a stack has of guards, and the operations that take them away (CIS Azure Foundations, 6.2).
    private static readonly ImmutableArray<(ResourceTypePattern Guard, ImmutableArray<string> Operations)> Watched =
    [
        ("azure-native:authorization:PolicyAssignment",
            ["Microsoft.Authorization/policyAssignments/write", "Microsoft.Authorization/policyAssignments/delete"]),
        ("azure-native:authorization:RoleAssignment", ["Microsoft.Authorization/roleAssignments/write"]),
        ("azure-native:dbforpostgresql:Server", ["Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/write"]),
        ("azure-native:keyvault:Vault", ["Microsoft.KeyVault/vaults/delete"]),
        ("azure-native:monitor:DiagnosticSetting", ["Microsoft.Insights/diagnosticSettings/delete"]),
        ("azure-native:network:NetworkSecurityGroup",
        [
            "Microsoft.Network/networkSecurityGroups/write", "Microsoft.Network/networkSecurityGroups/delete",
            "Microsoft.Network/networkSecurityGroups/securityRules/write",
        ]),
        ("azure-native:*",
        [
            "Microsoft.Authorization/locks/delete", "Microsoft.Security/securitySolutions/write",
            "Microsoft.Security/securitySolutions/delete",
        ]),
    ];

    public override string Id => "activity-log-alerts";

    public override string Title => "Somebody is told when a guard is taken away";

    public override string Rationale =>
        "Whoever prepares an attack takes guards away first: a lock, a policy, a setting that logs, a rule that closes a network. The "
        + "activity log has it at once; without an alert it is read when it is too late.";

    public override string Remediation =>
        "Beside the activity log alerts of the stack, declare one for each operation that the message names, with the category "
        + "Administrative, on and with no status but Succeeded.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-1"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        // Who watches nothing does it elsewhere, for instance once for a subscription.
        var alerts = resources.Resources.Where(resource => Alerts.Any(type => type.Matches(resource.Type))).ToList();
        var known = alerts.Select(Told).ToList();
        var operations = known.OfType<string>().Where(operation => operation.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (operations.Count + known.Count(told => told is null) < KeepsWatch)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack does not keep watch over operations."))];
        }

        var missing = Watched
            .Where(entry => resources.OfType(entry.Guard).Any())
            .SelectMany(entry => entry.Operations)
            .Where(operation => !operations.Contains(operation))
            .ToList();
        return missing.Count == 0 ? []
            : known.Contains(null) ? [StackVerdict.OnStack(PolicyVerdict.Undecided(PropertyPath.Root, "not known yet which operations some alerts tell of"))]
            : missing.Select(operation => StackVerdict.OnStack(PolicyVerdict.Violation(
                PropertyPath.Root, $"No activity log alert of the stack tells of {operation}, which takes a guard away.")));
    }

    // Empty where it tells of no operation that was done; null where that is not known.
    private static string? Told(StackResourceView alert)
    {
        if (alert.Read(Enabled).ToFlag(whenMissing: true) is not { } isOn || alert.Read(Conditions) is { State: PropertyState.Unknown })
        {
            return null;
        }

        if (alert.Read(Conditions).Value is not ListValue list)
        {
            return "";
        }

        var conditions = list.Items.Select(item => item.Unwrapped).OfType<MapValue>()
            .Select(condition => (Field: Text(condition["field"]), Value: Text(condition["equals"]))).ToList();
        if (conditions.Any(condition => condition.Field is null || condition.Value is null))
        {
            return conditions.Any(condition => condition.Field == "operationName") ? null : "";
        }

        return isOn && Fits("category", "Administrative") && Fits("status", "Succeeded")
            ? conditions.Where(condition => condition.Field == "operationName").Select(condition => condition.Value).FirstOrDefault() ?? ""
            : "";

        bool Fits(string field, string value) => conditions.Where(condition => condition.Field == field)
            .All(condition => condition.Value!.Equals(value, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Text(PropertyValue? value) => (value?.Unwrapped as StringValue)?.Value;
}
