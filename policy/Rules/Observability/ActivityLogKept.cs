using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>What is done to the resources of a subscription is kept for longer than Azure does.</summary>
internal sealed class ActivityLogKept : StackPolicy
{
    private static readonly ResourceTypePattern Setting = "azure-native:monitor:SubscriptionDiagnosticSetting";
    private static readonly ResourceTypePattern Insights = "azure-native:insights:SubscriptionDiagnosticSetting";
    private static readonly ResourceTypePattern Plan = "azure-native:security:Pricing";
    private static readonly ResourceTypePattern Workspace = "azure-native:operationalinsights:Workspace";
    private static readonly ResourceTypePattern Account = "azure-native:storage:StorageAccount";
    private static readonly ResourceTypePattern Detection = "azure-native:securityinsights:ScheduledAlertRule";

    private static readonly PropertyPath Logs = PropertyPath.Parse("logs[*]");
    private static readonly PropertyPath Query = PropertyPath.Parse("query");
    private static readonly PropertyPath Immutable = PropertyPath.Parse("immutableStorageWithVersioning.enabled");
    private static readonly PropertyPath WorkspaceId = PropertyPath.Parse("workspaceId");
    private static readonly PropertyPath StorageId = PropertyPath.Parse("storageAccountId");

    private static readonly ImmutableArray<PropertyPath> Destinations =
    [
        WorkspaceId, StorageId, PropertyPath.Parse("eventHubAuthorizationRuleId"), PropertyPath.Parse("marketplacePartnerId"),
    ];

    // Who changed what, what was refused by policy, and what Defender said.
    private static readonly ImmutableArray<string> Needed = ["Administrative", "Alert", "Policy", "Security"];

    public override string Id => "activity-log-kept";

    public override string Title => "The activity log of a subscription is kept, with all that tells who changed what";

    public override string Rationale =>
        "Azure drops the activity log after 90 days. Afterwards nobody can tell who removed a lock, opened a network or gave a role, "
        + "unless a setting of the subscription sends the log to where it stays.";

    public override string Remediation =>
        "Declare a SubscriptionDiagnosticSetting with the categories Administrative, Alert, Policy and Security enabled, and with a "
        + "workspace; where the stack has a storage account whose blobs cannot be changed, with that too.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.CloudSecurityBenchmark, "LT-6"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A21"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var settings = resources.OfType(Setting).Concat(resources.OfType(Insights)).ToList();
        if (settings.Count == 0)
        {
            return Missing(resources) is { } violation ? [violation] : [];
        }

        var archives = resources.OfType(Account).Where(account => account.Read(Immutable).ToFlag(whenMissing: false) == true).ToList();
        return settings.SelectMany(setting => (IEnumerable<StackVerdict>)
        [
            .. Categories(setting).Select(verdict => StackVerdict.On(setting, verdict)),
            StackVerdict.On(setting, HasDestination(setting)),
            .. KeepsSubscription(resources) && archives.Count > 0 && setting.Read(StorageId).State == PropertyState.Missing
                ? [StackVerdict.On(setting, PolicyVerdict.Violation(
                    StorageId, $"{setting} does not send the log to {archives[0]}, whose blobs nobody can change, so it can be lost with its workspace."))]
                : Array.Empty<StackVerdict>(),
        ]);
    }

    // Who turns on Defender's plans and has a workspace for it keeps the subscription; a detection that reads the log needs it.
    private static StackVerdict? Missing(StackView resources)
    {
        const string none = "no SubscriptionDiagnosticSetting, so the activity log is gone after 90 days";
        if (KeepsSubscription(resources))
        {
            var workspace = resources.OfType(Workspace).First();
            return StackVerdict.On(workspace, PolicyVerdict.Violation(
                PropertyPath.Root, $"{workspace} gets no activity log: the stack turns on Defender for Cloud and has {none}."));
        }

        var reader = resources.OfType(Detection)
            .FirstOrDefault(rule => rule.Read(Query).TryGetText(out var query) && query.Contains("AzureActivity", StringComparison.Ordinal));
        var source = reader is null ? null : resources.SourcesOf(reader, "workspaceName").FirstOrDefault(each => Workspace.Matches(each.Type));
        return source is null ? null : StackVerdict.On(source, PolicyVerdict.Violation(
            PropertyPath.Root, $"{source} gets no activity log, which {reader} looks at: the stack has {none}."));
    }

    private static bool KeepsSubscription(StackView resources) => resources.OfType(Plan).Any() && resources.OfType(Workspace).Any();

    private static IEnumerable<PolicyVerdict> Categories(StackResourceView setting)
    {
        var entries = setting.Select(Logs).ToList();
        var unknown = entries.Where(entry => entry.State == PropertyState.Unknown || entry.Value is MapValue { ContainsUnknowns: true }).ToList();
        var on = entries.Select(entry => entry.Value).OfType<MapValue>()
            .Where(entry => (entry["enabled"]?.Unwrapped as BoolValue)?.Value == true)
            .Select(entry => (entry["categoryGroup"] ?? entry["category"])?.Unwrapped as StringValue)
            .Select(name => name?.Value ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = on.Contains("allLogs") ? [] : Needed.Where(category => !on.Contains(category)).ToList();
        yield return missing.Count == 0 ? PolicyVerdict.Pass
            : unknown.Count > 0 ? PolicyVerdict.Undecided(unknown[0].Path)
            : PolicyVerdict.Violation(
                PropertyPath.Parse("logs"), $"{setting} does not keep {string.Join(", ", missing)} of the activity log.");
    }

    private static PolicyVerdict HasDestination(StackResourceView setting) =>
        Destinations.All(path => setting.Read(path).State == PropertyState.Missing)
            ? PolicyVerdict.Violation(PropertyPath.Root, $"{setting} has no destination, so it keeps nothing.")
            : setting.Read(WorkspaceId).State == PropertyState.Missing && setting.Read(StorageId).State != PropertyState.Missing
                ? PolicyVerdict.Violation(WorkspaceId, $"{setting} has no workspace, so nobody can ask the log anything.")
                : PolicyVerdict.Pass;
}
