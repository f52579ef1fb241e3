using System.Collections.Immutable;

namespace CantonInfra.PolicySdk.Tests;

internal sealed class TestStackRule(string id, Func<StackView, StackContext, IEnumerable<StackVerdict>> check) : StackPolicy
{
    public override string Id => id;

    public override string Title => $"The title of {id}";

    public override string Rationale => "The rationale.";

    public override string Remediation => "The remediation.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } = [];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack) => check(resources, stack);
}
