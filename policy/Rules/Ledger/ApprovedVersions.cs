using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>A network runs the versions of the ledger's charts that are approved for it.</summary>
internal sealed class ApprovedVersions(ChartLimits limits) : ResourcePolicy
{
    public override string Id => "splice-versions-approved";

    public override string Title => "A network runs versions of Splice that are approved for it";

    public override string Rationale =>
        "The members of a network run one version, and a version goes through the test networks first. One that is ahead does not agree with the "
        + "others, and one that nobody tried is tried with money.";

    public override string Remediation =>
        "Pin the version of the chart to one that policy/limits.yaml names for the network, under charts; add one there when it runs on the network "
        + "before it.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.CloudSecurityBenchmark, "DS-6"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart", "kubernetes:helm.sh/v3:Chart"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var chart = resource.Read("chart");
        if (!chart.TryGetText(out var name))
        {
            return [chart.State == PropertyState.Missing ? PolicyVerdict.Pass : PolicyVerdict.Undecided(chart.Path)];
        }

        if (!limits.Has(name))
        {
            return [PolicyVerdict.NotApplicable("The chart is none of the ledger's.")];
        }

        var version = resource.Read("version");
        if (version.State == PropertyState.Missing)
        {
            return [PolicyVerdict.Violation(version.Path, $"{resource} names no version, so it runs whatever is the newest.")];
        }

        if (!version.TryGetText(out var text))
        {
            return [PolicyVerdict.Undecided(version.Path)];
        }

        return [JudgeVersion(resource, version, text, stack)];
    }

    private PolicyVerdict JudgeVersion(ResourceView release, PropertyReading version, string text, StackContext stack)
    {
        // A program that does not say which network it is for only has to pin.
        var network = limits.Of(StackNetwork.NameOf(stack) ?? stack.StackName);
        if (!ChartLimits.TryRead(text, out var number))
        {
            return PolicyVerdict.Violation(version.Path, $"{release} has {version} here, which is not one version but many.");
        }

        return network is null || network.Versions.Contains(number)
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(
                version.Path, $"{release} has {version} here; {network.Network} may run {string.Join(", ", network.Versions)} (policy/limits.yaml).");
    }
}
