using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Policy.Rules.Observability;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Storage;

/// <summary>Archives of logs cannot be changed, and are not deleted before their time.</summary>
internal sealed class LogArchiveImmutable : StackPolicy
{
    private static readonly ResourceTypePattern BlobService = "azure-native:storage:BlobServiceProperties";
    private static readonly ResourceTypePattern ContainerPolicy = "azure-native:storage:BlobContainerImmutabilityPolicy";
    private static readonly ResourceTypePattern Lifecycle = "azure-native:storage:ManagementPolicy";

    private static readonly PropertyPath Enabled = PropertyPath.Parse("immutableStorageWithVersioning.enabled");
    private static readonly PropertyPath State = PropertyPath.Parse("immutableStorageWithVersioning.immutabilityPolicy.state");
    private static readonly PropertyPath Period =
        PropertyPath.Parse("immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays");

    private static readonly PropertyPath Versioning = PropertyPath.Parse("isVersioningEnabled");

    // Days are counted from the last change, and for versions from when they were made.
    private static readonly ImmutableArray<PropertyPath> Deletions =
    [
        PropertyPath.Parse("policy.rules[*].definition.actions.baseBlob.delete.daysAfterModificationGreaterThan"),
        PropertyPath.Parse("policy.rules[*].definition.actions.baseBlob.delete.daysAfterCreationGreaterThan"),
        PropertyPath.Parse("policy.rules[*].definition.actions.version.delete.daysAfterCreationGreaterThan"),
    ];

    private static readonly PolicySetting<double> Days = PolicySetting.Number(
        "days", "For how many days at least nobody can change or delete what is in an archive of logs.", 90);

    public override string Id => "log-archive-immutable";

    public override string Title => "Nobody can change or delete archived logs before their time";

    public override string Rationale =>
        "Logs in a workspace can be purged by whoever administers it. A copy that Azure lets nobody change, its owner included, is what "
        + "is left to tell what happened, and what an auditor believes.";

    public override string Remediation =>
        "On a storage account that diagnostic settings write to, enable immutableStorageWithVersioning with a policy that is Unlocked or "
        + "Locked and holds for 90 days or more, keep versions on, and let a lifecycle policy delete nothing earlier. "
        + "The same goes for an account with a container of participants' identities on the production network.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicySetting> Settings { get; } = [Days];

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-6"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Soc2, "C1.1"),
        new(PolicyControl.Requirement, "A23"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack) => LogStorages.Archives(resources)
        .Concat(TestNetwork.Is(stack) ? [] : LogStorages.Identities(resources))
        .DistinctBy(account => account.Urn)
        .SelectMany(account => Judge(account, resources, stack.Get(Days)));

    private static IEnumerable<StackVerdict> Judge(StackResourceView account, StackView resources, double least)
    {
        // A policy on the container does the same.
        if (!LogStorages.PartsOf(account, ContainerPolicy, resources).Any())
        {
            yield return StackVerdict.On(account, OfAccount(account, least));
            foreach (var service in LogStorages.PartsOf(account, BlobService, resources))
            {
                yield return StackVerdict.On(service, service.Read(Versioning).ToFlag(whenMissing: false) switch
                {
                    null => PolicyVerdict.Undecided(Versioning),
                    true => PolicyVerdict.Pass,
                    false => PolicyVerdict.Violation(Versioning, $"{service} keeps no versions, so what is overwritten in {account} is gone."),
                });
            }
        }

        var period = account.Read(Period).Value is NumberValue days ? days.Value : least;
        foreach (var policy in LogStorages.PartsOf(account, Lifecycle, resources))
        {
            foreach (var deletion in Deletions.SelectMany(path => policy.Select(path)))
            {
                yield return StackVerdict.On(policy, OfDeletion(policy, account, deletion, period));
            }
        }
    }

    private static PolicyVerdict OfAccount(StackResourceView account, double least)
    {
        var enabled = account.Read(Enabled);
        if (enabled.ToFlag(whenMissing: false) is not { } isOn)
        {
            return PolicyVerdict.Undecided(enabled.Path);
        }

        if (!isOn)
        {
            return PolicyVerdict.Violation(enabled.Path, $"{account} keeps logs that can be changed and deleted.");
        }

        var state = account.Read(State);
        if (state.State == PropertyState.Unknown)
        {
            return PolicyVerdict.Undecided(state.Path);
        }

        if (!state.TryGetText(out var text) || text is not ("Locked" or "Unlocked"))
        {
            return PolicyVerdict.Violation(state.Path, $"{account} has {state} here, so no policy is in force and its logs can be changed.");
        }

        var period = account.Read(Period);
        return period.State == PropertyState.Unknown ? PolicyVerdict.Undecided(period.Path)
            : period.Value is NumberValue days && days.Value >= least ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(period.Path, string.Create(
                CultureInfo.InvariantCulture, $"{account} holds logs fast for {period} days; the least is {least}."));
    }

    private static PolicyVerdict OfDeletion(StackResourceView policy, StackResourceView account, PropertyReading days, double least) =>
        days.State == PropertyState.Missing ? PolicyVerdict.Pass
        : days.Value is not NumberValue number ? PolicyVerdict.Undecided(days.Path)
        : number.Value >= least ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(days.Path, string.Create(
            CultureInfo.InvariantCulture, $"{policy} deletes from {account} after {days} days, before the {least} that it must keep."));
}
