using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>Where there is an archive that nobody can change, all that tells who did what is in it.</summary>
internal sealed class AuditLogsArchived : StackPolicy
{
    private const string Storage = "storageAccountId";

    private static readonly ImmutableArray<LoggingType> SettingTypes = [LoggingType.Native, LoggingType.Insights];
    private static readonly ResourceTypePattern Account = "azure-native:storage:StorageAccount";
    private static readonly PropertyPath Immutable = PropertyPath.Parse("immutableStorageWithVersioning.enabled");

    // Security groups tell how often their rules count, which is about traffic.
    private static readonly ImmutableArray<ResourceTypePattern> Audited =
        [.. LogCategory.All.Select(each => each.Type).Where(type => !type.ToString().EndsWith("SecurityGroup", StringComparison.Ordinal))];

    public override string Id => "audit-logs-archived";

    public override string Title => "An archive of audit logs has all of them";

    public override string Rationale =>
        "Whoever administers the workspace can purge what it has. What tells on him is the copy that nobody can change; an archive that "
        + "leaves out one vault or the cluster is quiet exactly there.";

    public override string Remediation =>
        "Where diagnostic settings send logs to a storage account with immutable storage, declare one for each vault, cluster, server, "
        + "firewall, workspace and other account of that region, with storageAccountId and the categories that tell who did what.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-6"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A23"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var copies = SettingTypes.SelectMany(type => resources.OfType(type.Type).Select(setting => Read(setting, type, resources)))
            .Where(copy => !copy.Archives.IsEmpty)
            .ToList();
        var archives = copies.SelectMany(copy => copy.Archives).DistinctBy(archive => archive.Urn).ToList();
        return archives.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack sends no logs to an archive of its own that nobody can change."))]
            : resources.Resources
                .Where(resource => resource.IsAny(Audited) && !archives.Exists(archive => archive.Urn == resource.Urn))
                .Select(resource => StackVerdict.On(resource, Judge(resource, copies, archives)));
    }

    private static Copy Read(StackResourceView setting, LoggingType type, StackView resources) => new(
        setting,
        setting.Read(PropertyPath.Root.Then(type.Resource)).State,
        SentLogs.SourcesOf(setting, type, resources),
        [.. resources.SourcesOf(setting, Storage).Where(source => Account.Matches(source.Type) && source.Read(Immutable).ToFlag(whenMissing: false) == true)]);

    private static PolicyVerdict Judge(StackResourceView resource, List<Copy> copies, List<StackResourceView> archives)
    {
        // Azure sends logs to accounts of the same region only.
        if (archives.TrueForAll(archive => IsElsewhere(resource, archive)))
        {
            return PolicyVerdict.NotApplicable("The archive is in another region, where its logs cannot go.");
        }

        var own = copies.Where(copy => copy.Sources.Any(source => source.Urn == resource.Urn)).ToList();
        var missing = LogCategory.Missing(resource, [.. own.SelectMany(copy => SentLogs.Of(copy.Setting))
            .Where(log => log is { Category: not null, IsOn: not false }).Select(log => log.Category!)]);
        return missing.IsEmpty ? PolicyVerdict.Pass
            : own.Exists(copy => SentLogs.Of(copy.Setting).Any(log => log.Category is null || log.IsOn is null))
                || copies.Exists(copy => copy.Sources.IsEmpty && copy.Target == PropertyState.Unknown)
                ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether its logs are among those that are archived")
            : PolicyVerdict.Violation(PropertyPath.Root, $"{resource} does not send {string.Join(" and ", missing)} to {archives[0]}, where the others are archived.");
    }

    private static bool IsElsewhere(StackResourceView resource, StackResourceView archive) =>
        resource.Read("location").TryGetText(out var own) && archive.Read("location").TryGetText(out var other) && !Short(own).Equals(Short(other), StringComparison.OrdinalIgnoreCase);

    private static string Short(string region) => region.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>A setting that sends logs to archives.</summary>
    /// <param name="Setting">The resource.</param>
    /// <param name="Target">Whether it is known whose logs they are.</param>
    /// <param name="Sources">Whose, where the stack has it.</param>
    /// <param name="Archives">The archives.</param>
    private sealed record Copy(
        StackResourceView Setting, PropertyState Target, ImmutableArray<StackResourceView> Sources, ImmutableArray<StackResourceView> Archives);
}
