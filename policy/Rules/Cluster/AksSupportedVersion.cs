using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Clusters run a version of Kubernetes that is still mended.</summary>
/// <param name="clock">Tells today.</param>
internal sealed class AksSupportedVersion(TimeProvider clock) : ResourcePolicy
{
    // The first day after support (facts/azure.md, section 3.1). What is newer than these has longer; what is older has ended.
    private static readonly ImmutableSortedDictionary<int, DateOnly> Ends = new Dictionary<int, DateOnly>
    {
        [33] = new(2026, 8, 1),
        [34] = new(2026, 12, 1),
        [35] = new(2027, 4, 1),
        [36] = new(2027, 7, 1),
    }.ToImmutableSortedDictionary();

    private static readonly PropertyPath Version = PropertyPath.Parse("kubernetesVersion");
    private static readonly PropertyPath Plan = PropertyPath.Parse("supportPlan");

    public override string Id => "aks-supported-version";

    public override string Title => "Clusters run a supported version of Kubernetes";

    public override string Rationale =>
        "A version of Kubernetes gets no patches after a year, and Azure helps nobody who runs it. From far behind there is no upgrade in one "
        + "step, only several at once.";

    public override string Remediation =>
        "Set kubernetesVersion to a minor version that is supported, such as 1.35; without a patch number the newest patch is taken.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster, Good: """{"kubernetesVersion": "1.36"}""", Bad: """{"kubernetesVersion": "1.24"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.Soc2, "CC7.1"),
        new(PolicyControl.Requirement, "A7"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [AksTypes.Cluster, AksTypes.ClassicCluster];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var version = resource.Read(Version);
        if (version.State == PropertyState.Missing)
        {
            return [PolicyVerdict.Pass];
        }

        if (resource.Read(Plan).TryGetText(out var plan) && plan == "AKSLongTermSupport")
        {
            return [PolicyVerdict.NotApplicable("Azure supports the cluster's version for longer.")];
        }

        return !version.TryGetText(out var text) ? [PolicyVerdict.Undecided(version.Path)]
            : EndOf(text) is { } end && DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) >= end
                ? [PolicyVerdict.Violation(version.Path, $"{resource} has {version} here, which gets no patches any more.")]
            : [PolicyVerdict.Pass];
    }

    // Null where none is known.
    private static DateOnly? EndOf(string version)
    {
        var parts = version.Split('.');
        return parts.Length < 2 || parts[0] != "1" || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? null
            : Ends.TryGetValue(minor, out var end) ? end
            : minor < Ends.Keys.First() ? DateOnly.MinValue
            : null;
    }
}
