using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>What can log, logs to a workspace.</summary>
internal sealed class ResourcesLog : StackPolicy
{
    private static readonly ImmutableArray<LoggingType> SettingTypes =
        [LoggingType.Native, LoggingType.Insights, LoggingType.Classic];

    private static readonly ImmutableArray<ResourceTypePattern> Workspaces =
        ["azure-native:operationalinsights:Workspace", "azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace"];

    private static readonly ImmutableArray<string> WorkspaceNames = ["workspaceName", "name"];

    private static readonly ImmutableArray<ResourceTypePattern> Loggable =
    [
        "azure-native:containerregistry:Registry",
        "azure-native:containerservice:ManagedCluster",
        "azure-native:dataprotection:BackupVault",
        "azure-native:dbforpostgresql:Server",
        "azure-native:keyvault:ManagedHsm",
        "azure-native:keyvault:Vault",
        "azure-native:network:ApplicationGateway",
        "azure-native:network:AzureFirewall",
        "azure-native:network:NetworkSecurityGroup",
        "azure-native:network:PublicIPAddress",
        "azure-native:network:VirtualNetwork",
        "azure-native:operationalinsights:Workspace",
        "azure-native:storage:StorageAccount",
        "azure:containerservice/kubernetesCluster:KubernetesCluster",
        "azure:containerservice/registry:Registry",
        "azure:keyvault/keyVault:KeyVault",
        "azure:network/applicationGateway:ApplicationGateway",
        "azure:network/firewall:Firewall",
        "azure:network/networkSecurityGroup:NetworkSecurityGroup",
        "azure:network/publicIp:PublicIp",
        "azure:network/virtualNetwork:VirtualNetwork",
        "azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace",
        "azure:storage/account:Account",
        "azure:postgresql/flexibleServer:FlexibleServer",
    ];

    public override string Id => "resources-log";

    public override string Title => "Everything that can log sends its logs to a workspace";

    public override string Rationale =>
        "What a resource does not log nobody can look into afterwards: who read a key, who asked the cluster for a secret, what a "
        + "database was asked. Azure logs nothing of this by itself; each resource needs a diagnostic setting.";

    public override string Remediation =>
        "Declare a DiagnosticSetting whose resourceUri is the id of the resource, for a storage account of its blob service, and whose "
        + "workspaceId is that of a Log Analytics workspace, the stack's own where it has one, with the categories that tell who did what "
        + "enabled, or the group audit or allLogs.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A21"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var settings = resources.Resources
            .SelectMany(resource => SettingTypes.Where(type => type.Type.Matches(resource.Type)).Select(type => Read(resource, type, resources)))
            .ToList();
        var loggable = resources.Resources.Where(resource => Loggable.Any(type => type.Matches(resource.Type))).ToList();
        return loggable.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares nothing that can log."))]
            : loggable.Select(resource => StackVerdict.On(resource, Judge(resource, settings)));
    }

    private static PolicyVerdict Judge(StackResourceView resource, List<Sender> settings)
    {
        var concerned = settings.Select(setting => (setting, Answer: setting.IsOf(resource))).ToList();
        if (concerned.Any(each => each.Answer == true && each.setting.Sends == true))
        {
            return JudgeCategories(resource, concerned.Where(each => each is { Answer: true, setting.Sends: true }).Select(each => each.setting).ToList());
        }

        var perhaps = concerned.Where(each => each.Answer != false && each.setting.Sends != false).Select(each => each.setting.Setting).ToList();
        return perhaps.Count == 0
            ? PolicyVerdict.Violation(PropertyPath.Root, $"{resource} has no diagnostic setting that sends logs to a Log Analytics workspace.")
            : PolicyVerdict.Undecided(
                PropertyPath.Root,
                $"not known yet whether {string.Join(", ", perhaps.Select(setting => setting.ToString()).Distinct())} sends its logs to a workspace");
    }

    private static PolicyVerdict JudgeCategories(StackResourceView resource, List<Sender> senders)
    {
        var missing = LogCategory.Missing(resource, [.. senders.SelectMany(sender => sender.Categories)]);
        return missing.IsEmpty ? PolicyVerdict.Pass
            : senders.Find(sender => sender.HasUnknown) is { } unclear
                ? PolicyVerdict.Undecided(PropertyPath.Root, $"not known yet which logs {unclear.Setting} sends")
            : PolicyVerdict.Violation(PropertyPath.Root, $"{resource} sends logs to a workspace without {string.Join(" and ", missing)}.");
    }

    private static Sender Read(StackResourceView setting, LoggingType type, StackView resources) => new(
        setting,
        setting.Read(PropertyPath.Root.Then(type.Resource)),
        SentLogs.SourcesOf(setting, type, resources),
        Both(Both(IsGiven(setting, type.Workspace, resources), IsOwn(setting, type.Workspace, resources)), HasLog(setting, type.Logs)))
    {
        Categories = [.. from entry in SentLogs.Of(setting) where entry.IsOn != false && entry.Category is not null select entry.Category],
        HasUnknown = SentLogs.Of(setting).Any(entry => entry.IsOn is null || entry.Category is null),
    };

    // What comes from a resource of the stack will be there, also where it is not known yet.
    private static bool? IsGiven(StackResourceView setting, string property, StackView resources)
    {
        var reading = setting.Read(PropertyPath.Root.Then(property));
        return reading.State == PropertyState.Unknown && !resources.SourcesOf(setting, property).IsEmpty ? true : reading.IsTextGiven();
    }

    // Where the stack has a workspace, logs that go elsewhere are not where people look.
    private static bool? IsOwn(StackResourceView setting, string property, StackView resources)
    {
        var own = resources.Resources.Where(resource => resource.IsAny(Workspaces)).ToList();
        var reading = setting.Read(PropertyPath.Root.Then(property));
        return own.Count == 0 || !resources.SourcesOf(setting, property).IsEmpty || !reading.TryGetText(out var id)
            || own.Exists(workspace => WorkspaceNames.Any(name => workspace.Read(name).TryGetText(out var text)
                && text.Equals(id[(id.LastIndexOf('/') + 1)..], StringComparison.OrdinalIgnoreCase)));
    }

    private static bool? HasLog(StackResourceView setting, PropertyPath? logs)
    {
        if (logs is null)
        {
            return true;
        }

        var flags = setting.Select(logs).Select(reading => reading.ToFlag(whenMissing: false)).ToList();
        return flags.Contains(true) ? true : flags.Contains(null) ? null : false;
    }

    private static bool? Both(bool? one, bool? other) => one == false || other == false ? false : one is null || other is null ? null : true;

    /// <summary>A diagnostic setting.</summary>
    /// <param name="Setting">The resource.</param>
    /// <param name="Target">The id of what logs.</param>
    /// <param name="Sources">Where that comes from.</param>
    /// <param name="Sends">Whether it sends logs to a workspace.</param>
    private sealed record Sender(StackResourceView Setting, PropertyReading Target, ImmutableArray<StackResourceView> Sources, bool? Sends)
    {
        /// <summary>The categories and groups of categories that it sends.</summary>
        public required ImmutableHashSet<string> Categories { get; init; }

        /// <summary>Whether it may send others.</summary>
        public required bool HasUnknown { get; init; }

        public bool? IsOf(StackResourceView resource) =>
            Sources.Any(source => source.Urn == resource.Urn) ? true
            : !Sources.IsEmpty || Target.State is PropertyState.Known or PropertyState.Missing ? false
            : null;
    }
}
