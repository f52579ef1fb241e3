using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>What is declared to tell of something is on and tells somebody.</summary>
internal sealed class AlertsTellSomebody : StackPolicy
{
    private const string Off = "it tells of nothing";

    // Where rules of their own add receivers to alerts, an alert names none.
    private static readonly ResourceTypePattern ProcessingRule = "azure-native:alertsmanagement:AlertProcessingRule*";
    private static readonly ResourceTypePattern ClassicProcessingRule = "azure:monitoring/alertProcessingRuleActionGroup:AlertProcessingRuleActionGroup";

    private static readonly PropertyPath Kind = PropertyPath.Parse("kind");
    private static readonly PropertyPath Rules = PropertyPath.Parse("rules[*]");
    private static readonly PropertyPath Notifications = PropertyPath.Parse("notifications[*]");
    private static readonly ImmutableArray<string> Contacts = ["contactEmails", "contactGroups", "contactRoles"];

    private static readonly ImmutableArray<Switch> Switches =
    [
        .. new[]
        {
            "azure-native:monitor:ActionGroup", "azure-native:insights:ActionGroup", "azure:monitoring/actionGroup:ActionGroup",
            "azure-native:monitor:MetricAlert", "azure-native:insights:MetricAlert", "azure:monitoring/metricAlert:MetricAlert",
            "azure-native:monitor:ActivityLogAlert", "azure-native:insights:ActivityLogAlert",
            "azure:monitoring/activityLogAlert:ActivityLogAlert", "azure-native:monitor:ScheduledQueryRule",
            "azure-native:insights:ScheduledQueryRule", "azure:monitoring/scheduledQueryRulesAlertV2:ScheduledQueryRulesAlertV2",
            "azure-native:alertsmanagement:PrometheusRuleGroup",
        }.Select(type => Switch.On(type, "enabled", Off, byDefault: true)),
        Switch.On("azure-native:alertsmanagement:PrometheusRuleGroup", "rules[*].enabled", Off, byDefault: true),
        Switch.On("azure-native:security:Automation", "isEnabled", "nothing that Defender for Cloud finds is handed on", byDefault: true),
        Switch.On("azure-native:consumption:Budget", "notifications[*].enabled", Off, byDefault: true),
        Switch.On("azure:consumption/budgetSubscription:BudgetSubscription", "notifications[*].enabled", Off, byDefault: true),
        Switch.On("azure:consumption/budgetResourceGroup:BudgetResourceGroup", "notifications[*].enabled", Off, byDefault: true),
    ];

    // Where each type lists whom it tells, below the resource.
    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Actions)> Alerts =
    [
        ("azure-native:monitor:MetricAlert", PropertyPath.Parse("actions")),
        ("azure-native:insights:MetricAlert", PropertyPath.Parse("actions")),
        ("azure:monitoring/metricAlert:MetricAlert", PropertyPath.Parse("actions")),
        ("azure-native:monitor:ActivityLogAlert", PropertyPath.Parse("actions.actionGroups")),
        ("azure-native:insights:ActivityLogAlert", PropertyPath.Parse("actions.actionGroups")),
        ("azure:monitoring/activityLogAlert:ActivityLogAlert", PropertyPath.Parse("actions")),
        ("azure-native:monitor:ScheduledQueryRule", PropertyPath.Parse("actions.actionGroups")),
        ("azure-native:insights:ScheduledQueryRule", PropertyPath.Parse("actions.actionGroups")),
        ("azure:monitoring/scheduledQueryRulesAlertV2:ScheduledQueryRulesAlertV2", PropertyPath.Parse("action.actionGroups")),
        ("azure-native:security:Automation", PropertyPath.Parse("actions")),
    ];

    private static readonly ImmutableArray<ResourceTypePattern> Budgets =
    [
        "azure-native:consumption:Budget", "azure:consumption/budgetSubscription:BudgetSubscription",
        "azure:consumption/budgetResourceGroup:BudgetResourceGroup",
    ];

    private static readonly ImmutableArray<ResourceTypePattern> Groups =
        ["azure-native:monitor:ActionGroup", "azure-native:insights:ActionGroup", "azure:monitoring/actionGroup:ActionGroup"];

    private static readonly ResourceTypePattern Prometheus = "azure-native:alertsmanagement:PrometheusRuleGroup";

    public override string Id => "alerts-tell-somebody";

    public override string Title => "Alerts are on and tell somebody";

    public override string Rationale =>
        "An alert that is off, or that names nobody, looks like a control and is none: the condition comes and goes unseen. The same holds "
        + "for a group without receivers and a budget without contacts.";

    public override string Remediation =>
        "Leave enabled unset or true, name an action group in each alert, give each action group a receiver and each notification of a "
        + "budget a contact. Alerts may name none where an alert processing rule of the stack adds action groups.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IR-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Soc2, "CC7.3"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var isAdded = resources.OfType(ProcessingRule).Concat(resources.OfType(ClassicProcessingRule)).Any();
        return resources.Resources.SelectMany(resource => Judge(resource, isAdded).Select(verdict => StackVerdict.On(resource, verdict)));
    }

    private static IEnumerable<PolicyVerdict> Judge(ResourceView resource, bool isAdded) =>
    [
        .. Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)),
        .. Alerts.Where(each => !isAdded && each.Type.Matches(resource.Type) && !IsMetric(resource))
            .Select(each => IsGiven(resource, resource.Read(each.Actions), "names no action group, so nobody is told")),
        .. Prometheus.Matches(resource.Type) && !isAdded ? OfPrometheus(resource) : [],
        .. Groups.Any(type => type.Matches(resource.Type)) ? [OfGroup(resource)] : Array.Empty<PolicyVerdict>(),
        .. Budgets.Any(type => type.Matches(resource.Type)) ? OfBudget(resource) : [],
    ];

    // A rule that turns logs into a metric tells nobody; an alert on that metric does.
    private static bool IsMetric(ResourceView resource) =>
        resource.Read(Kind).TryGetText(out var kind) && kind.Equals("LogToMetric", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<PolicyVerdict> OfPrometheus(ResourceView group)
    {
        var rules = group.Select(Rules).ToList();
        if (rules.Count == 0)
        {
            return [PolicyVerdict.Violation(PropertyPath.Parse("rules"), $"{group} has no rules, so {Off}.")];
        }

        // What only records a value for others has no alert.
        return rules.Where(rule => rule.Value is not MapValue map || map["record"] is null)
            .Select(rule => group.Read(rule.Path.Then("actions")))
            .Select(actions => IsGiven(group, actions, "has an alert that names no action group, so nobody is told"));
    }

    private static PolicyVerdict OfGroup(ResourceView group)
    {
        var receivers = group.Properties.Entries.Keys.Where(name => name.EndsWith("Receivers", StringComparison.Ordinal))
            .Select(name => group.Read(PropertyPath.Root.Then(name))).ToList();
        return receivers.Any(list => list.IsNothing() == false) ? PolicyVerdict.Pass
            : receivers.Where(list => list.IsNothing() is null).Select(list => list.Path).FirstOrDefault() is { } unknown
                ? PolicyVerdict.Undecided(unknown)
                : PolicyVerdict.Violation(PropertyPath.Root, $"{group} has no receiver, so whatever names it tells nobody.");
    }

    private static IEnumerable<PolicyVerdict> OfBudget(ResourceView budget)
    {
        var notifications = budget.Select(Notifications).ToList();
        return notifications.Count == 0
            ? [PolicyVerdict.Violation(PropertyPath.Parse("notifications"), $"{budget} has no notification, so {Off}.")]
            : notifications.Select(notification =>
            {
                var contacts = Contacts.Select(name => budget.Read(notification.Path.Then(name))).ToList();
                return contacts.Any(list => list.IsNothing() == false) ? PolicyVerdict.Pass
                    : contacts.Any(list => list.IsNothing() is null) ? PolicyVerdict.Undecided(notification.Path)
                    : PolicyVerdict.Violation(notification.Path, $"{budget} has a notification without a contact, so nobody is told.");
            });
    }

    private static PolicyVerdict IsGiven(ResourceView resource, PropertyReading list, string otherwise)
    {
        if (list.IsNothing() is not { } isNothing)
        {
            return PolicyVerdict.Undecided(list.Path);
        }

        // An action that names no group does nothing.
        var isEmpty = isNothing || (list.Value is ListValue items && items.Items.All(
            item => item.Unwrapped is MapValue action && action["actionGroupId"] is null && action["workspaceResourceId"] is null
                && action["eventHubResourceId"] is null && action["logicAppResourceId"] is null));
        return isEmpty ? PolicyVerdict.Violation(list.Path, $"{resource} {otherwise}.") : PolicyVerdict.Pass;
    }
}
