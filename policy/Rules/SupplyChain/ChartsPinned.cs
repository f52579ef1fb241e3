using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>A chart is installed in the version that was tested.</summary>
internal sealed partial class ChartsPinned : ResourcePolicy
{
    public override string Id => "charts-pinned";

    public override string Title => "Charts are installed in one exact version";

    public override string Rationale =>
        "Without a version, or with a range, a deployment installs what was published last: a preview shows one chart and the update "
        + "installs another, and the networks of a ledger are no longer upgraded in their order.";

    public override string Remediation => "Set version to one version in full, such as 0.6.11, without ranges, stars or operators.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:helm.sh/v3:Release",
        Good: """{"chart": "oci://ghcr.io/digital-asset/decentralized-canton-sync/helm/splice-validator", "version": "0.6.11"}""",
        Bad: """{"chart": "oci://ghcr.io/digital-asset/decentralized-canton-sync/helm/splice-validator", "version": "^0.6"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DS-2"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => ChartView.Types;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var chart = new ChartView(resource);
        yield return chart.IsLocal switch
        {
            null => PolicyVerdict.Undecided(chart.Chart.Path),
            true => PolicyVerdict.NotApplicable("The chart lies beside the program."),
            false => Judge(resource, chart.Version),
        };
    }

    private static PolicyVerdict Judge(ResourceView resource, PropertyReading version) =>
        version.State == PropertyState.Missing
            ? PolicyVerdict.Violation(version.Path, $"{resource} names no version, so the newest that is published is installed.")
            : !version.TryGetText(out var text) ? PolicyVerdict.Undecided(version.Path)
            : Exact().IsMatch(text) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(version.Path, $"{resource} has {version} here, which is not one version but many.");

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();
}
