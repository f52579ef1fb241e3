using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>What can log, logs to a workspace.</summary>
internal sealed class ResourcesLog : StackPolicy
{
    private static readonly ImmutableArray<LoggingType> SettingTypes =
        [LoggingType.Native, LoggingType.Insights, LoggingType.Classic];

    private static readonly ResourceTypePattern BlobService = "azure-native:storage:BlobServiceProperties";

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
        "azure:network/firewall:Firewall",
        "azure:network/networkSecurityGroup:NetworkSecurityGroup",
        "azure:postgresql/flexibleServer:FlexibleServer",
    ];

    public override string Id => "resources-log";

    public override string Title => "Everything that can log sends its logs to a workspace";

    public override string Rationale =>
        "What a resource does not log nobody can look into afterwards: who read a key, who asked the cluster for a secret, what a "
        + "database was asked. Azure logs nothing of this by itself; each resource needs a diagnostic setting.";

    public override string Remediation =>
        "Declare a DiagnosticSetting whose resourceUri is the id of the resource, for a storage account of its blob service, and whose "
        + "workspaceId is that of a Log Analytics workspace, with at least one log enabled.";

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
            return PolicyVerdict.Pass;
        }

        var perhaps = concerned.Where(each => each.Answer != false && each.setting.Sends != false).Select(each => each.setting.Setting).ToList();
        return perhaps.Count == 0
            ? PolicyVerdict.Violation(PropertyPath.Root, $"{resource} has no diagnostic setting that sends logs to a Log Analytics workspace.")
            : PolicyVerdict.Undecided(
                PropertyPath.Root,
                $"not known yet whether {string.Join(", ", perhaps.Select(setting => setting.ToString()).Distinct())} sends its logs to a workspace");
    }

    private static Sender Read(StackResourceView setting, LoggingType type, StackView resources)
    {
        var sources = resources.SourcesOf(setting, type.Resource);
        return new Sender(
            setting,
            setting.Read(PropertyPath.Root.Then(type.Resource)),

            // The blob service of an account logs, and its id may come from a resource of its own.
            [.. sources, .. sources.Where(source => BlobService.Matches(source.Type)).SelectMany(service => resources.SourcesOf(service, "accountName"))],
            Both(IsGiven(setting, type.Workspace, resources), HasLog(setting, type.Logs)));
    }

    // What comes from a resource of the stack will be there, also where it is not known yet.
    private static bool? IsGiven(StackResourceView setting, string property, StackView resources)
    {
        var reading = setting.Read(PropertyPath.Root.Then(property));
        return reading.State == PropertyState.Unknown && !resources.SourcesOf(setting, property).IsEmpty ? true : reading.IsTextGiven();
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
        public bool? IsOf(StackResourceView resource) =>
            Sources.Any(source => source.Urn == resource.Urn) ? true
            : !Sources.IsEmpty || Target.State is PropertyState.Known or PropertyState.Missing ? false
            : null;
    }
}
