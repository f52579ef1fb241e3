using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>A participant with keys outside says since which decision.</summary>
/// <remarks>
/// What the decision was before is not in a plan: that it never changes is for a comparison of plans. A participant of somebody else's
/// program says it the same way, by the annotation.
/// </remarks>
internal sealed class KmsDecided : ResourcePolicy
{
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Chart = "splice-participant";
    private const string Day = "yyyy-MM-dd";

    private static readonly PropertyPath Kms = PropertyPath.Parse("values.kms");

    private static readonly PropertyPath Variables = PropertyPath.Parse("values.additionalEnvVars[*].value");

    private static readonly PropertyPath Decision = PropertyPath.Parse("values.pod.annotations[\"canton-infra/kms-decided-at\"]");

    public override string Id => "kms-decided";

    public override string Title => "Participants with keys outside were decided to have them";

    public override string Rationale =>
        "Where a participant's keys are is decided before its first start and never after: its root key cannot be moved, so one that is "
        + "switched starts as another node without anything that it owned.";

    public override string Remediation =>
        "Write the day of the decision into the pods' annotation canton-infra/kms-decided-at (setting kms.decidedAt of the validator). "
        + "Leave values.kms out for a participant that exists without.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        Release,
        Good: """{"chart": "splice-participant", "values": {"kms": {"type": "driver"}, "pod": {"annotations": {"canton-infra/kms-decided-at": "2026-01-31"}}}}""",
        Bad: """{"chart": "splice-participant", "values": {"kms": {"type": "driver"}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-6"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A17"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Release];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var chart = resource.Read("chart");
        if (chart.State == PropertyState.Unknown)
        {
            return [PolicyVerdict.Undecided(chart.Path)];
        }

        if (!chart.TryGetText(out var name) || name[(name.LastIndexOf('/') + 1)..] != Chart)
        {
            return [PolicyVerdict.NotApplicable("The chart is another.")];
        }

        // The chart's own key, or its configuration written out.
        var kms = resource.Read(Kms);
        var variables = resource.Select(Variables).ToList();
        if (kms.State == PropertyState.Missing && !variables.Any(IsKms))
        {
            var unknown = variables.Where(variable => variable.State == PropertyState.Unknown).ToList();
            return [unknown.Count == 0 ? PolicyVerdict.Pass : PolicyVerdict.Undecided(unknown[0].Path)];
        }

        var decision = resource.Read(Decision);
        return
        [
            kms.State == PropertyState.Unknown ? PolicyVerdict.Undecided(kms.Path)
                : decision.State == PropertyState.Unknown ? PolicyVerdict.Undecided(decision.Path)
                : decision.TryGetText(out var day) && DateOnly.TryParseExact(day, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                    ? PolicyVerdict.Pass
                    : PolicyVerdict.Violation(decision.Path, $"{resource} has its keys outside and says no day on which that was decided."),
        ];
    }

    private static bool IsKms(PropertyReading variable) =>
        variable.TryGetText(out var text)
        && text.Contains("crypto", StringComparison.Ordinal) && text.Contains("kms", StringComparison.Ordinal);
}
