using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>A diagnostic setting is one that Azure takes and that sends something somewhere.</summary>
internal sealed class DiagnosticSettingsSound : ResourcePolicy
{
    private static readonly ImmutableArray<PropertyPath> Destinations =
    [
        PropertyPath.Parse("workspaceId"), PropertyPath.Parse("storageAccountId"), PropertyPath.Parse("eventHubAuthorizationRuleId"),
        PropertyPath.Parse("marketplacePartnerId"), PropertyPath.Parse("serviceBusRuleId"),
    ];

    private static readonly ImmutableArray<PropertyPath> Lists = [PropertyPath.Parse("logs"), PropertyPath.Parse("metrics")];
    private static readonly PropertyPath Entries = PropertyPath.Parse("logs[*]");

    public override string Id => "diagnostic-settings-sound";

    public override string Title => "Diagnostic settings send something somewhere and have nothing that Azure refuses";

    public override string Rationale =>
        "A setting without a destination or with everything off looks like logging and is none. Retention in a setting was switched "
        + "off in 2025, and a setting that names both categories and groups of them is refused: the deployment stops half-way.";

    public override string Remediation =>
        "Give the setting a destination and at least one enabled log or metric, name either categories or category groups, and leave "
        + "retentionPolicy out: workspaces keep logs by table, storage accounts by a management policy.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        "azure-native:monitor:DiagnosticSetting",
        Good: """{"workspaceId": "/w", "logs": [{"category": "AuditEvent", "enabled": true}]}""",
        Bad: """{"workspaceId": "/w", "logs": [{"categoryGroup": "audit", "enabled": true, "retentionPolicy": {"enabled": true, "days": 30}}]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [LoggingType.Native.Type, LoggingType.Insights.Type];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        [HasDestination(resource), HasContent(resource), .. Retentions(resource), .. Mixture(resource)];

    // That one is named is enough: what is not known in a preview is the id of something that is yet to be.
    private static PolicyVerdict HasDestination(ResourceView setting) =>
        Destinations.All(path => setting.Read(path).State == PropertyState.Missing)
            ? PolicyVerdict.Violation(PropertyPath.Root, $"{setting} has no destination, so it sends nothing.")
            : PolicyVerdict.Pass;

    private static PolicyVerdict HasContent(ResourceView setting)
    {
        var flags = Lists.SelectMany(list => setting.Select(PropertyPath.Parse($"{list}[*].enabled")))
            .Select(reading => (reading.Path, IsOn: reading.ToFlag(whenMissing: false)))
            .ToList();
        return flags.Any(flag => flag.IsOn == true) ? PolicyVerdict.Pass
            : flags.Where(flag => flag.IsOn is null).Select(flag => flag.Path).FirstOrDefault() is { } unclear ? PolicyVerdict.Undecided(unclear)
            : PolicyVerdict.Violation(PropertyPath.Root, $"{setting} has no log and no metric that is enabled, so it sends nothing.");
    }

    private static IEnumerable<PolicyVerdict> Retentions(ResourceView setting) => Lists
        .SelectMany(list => setting.Select(PropertyPath.Parse($"{list}[*].retentionPolicy")))
        .Where(reading => reading.State != PropertyState.Missing)
        .Select(reading => reading.State == PropertyState.Unknown
            ? PolicyVerdict.Undecided(reading.Path)
            : PolicyVerdict.Violation(reading.Path, $"{setting} has a retention here, which Azure no longer takes."));

    private static IEnumerable<PolicyVerdict> Mixture(ResourceView setting)
    {
        var categories = setting.Select(PropertyPath.Parse($"{Entries}.category")).ToList();
        var groups = setting.Select(PropertyPath.Parse($"{Entries}.categoryGroup")).ToList();
        return categories.Any(reading => reading.State == PropertyState.Known)
            && groups.Where(reading => reading.State == PropertyState.Known).Select(reading => (PropertyReading?)reading).FirstOrDefault() is { } group
            ? [PolicyVerdict.Violation(group.Path, $"{setting} names the group {group} here besides single categories, which Azure refuses.")]
            : [];
    }
}
