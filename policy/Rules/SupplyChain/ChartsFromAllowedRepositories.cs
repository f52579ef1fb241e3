using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>Charts come from publishers that somebody decided to trust.</summary>
internal sealed class ChartsFromAllowedRepositories(SourceLimits limits) : ResourcePolicy
{
    public override string Id => "charts-from-allowed-repositories";

    public override string Title => "Charts come from allowed repositories";

    public override string Rationale =>
        "A chart is installed with the rights of the deployment: whoever publishes it decides over pods, roles and secrets of the cluster. "
        + "A name without a repository means whatever the machine that deploys has configured under it.";

    public override string Remediation =>
        "Name the chart by an oci:// address, or its repository by an https:// address in repositoryOpts.repo, from under 'sources' in "
        + "policy/limits.yaml. Another publisher is a change of limits.yaml, for reviewers to see.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:helm.sh/v3:Release",
        Good: """{"chart": "cert-manager", "version": "v1.18.2", "repositoryOpts": {"repo": "https://charts.jetstack.io"}}""",
        Bad: """{"chart": "cert-manager", "version": "v1.18.2", "repositoryOpts": {"repo": "http://charts.example.com"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DS-2"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Soc2, "CC9.2"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => ChartView.Types;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var chart = new ChartView(resource);
        var limit = limits.For(stack);
        yield return chart.IsLocal switch
        {
            null => PolicyVerdict.Undecided(chart.Chart.Path),
            true => PolicyVerdict.NotApplicable("The chart lies beside the program."),
            false when chart.Repository.State == PropertyState.Missing || chart.IsAddress == true => Judge(resource, chart.Chart, limit),
            false => JudgeRepository(resource, chart, limit),
        };
    }

    // A chart that is not known yet may turn out to be an address, which leaves the repository out.
    private static PolicyVerdict JudgeRepository(ResourceView resource, ChartView chart, SourceLimit limit)
    {
        var verdict = Judge(resource, chart.Repository, limit);
        return verdict is PassVerdict && chart.IsAddress is null ? PolicyVerdict.Undecided(chart.Chart.Path) : verdict;
    }

    private static PolicyVerdict Judge(ResourceView resource, PropertyReading source, SourceLimit limit) =>
        source.State == PropertyState.Missing
            ? PolicyVerdict.Violation(source.Path, $"{resource} names no chart.")
            : !source.TryGetText(out var text) ? PolicyVerdict.Undecided(source.Path)
            : limit.Charts.Any(each => each.Matches(SourcePattern.WithoutScheme(text))) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(
                source.Path, $"{resource} takes its chart from {source}. Allowed are {string.Join(", ", limit.Charts)}: {limit.Reason}.");
}
