using System.Collections.Immutable;

namespace CantonInfra.PolicySdk.Tests;

internal sealed class TestRule(string id, Func<ResourceView, StackContext, IEnumerable<PolicyVerdict>> check) : ResourcePolicy
{
    public override string Id => id;

    public override string Title => $"The title of {id}";

    public override string Rationale => "The rationale.";

    public override string Remediation => "The remediation.";

    public override PolicySeverity Severity { get; } = PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
        [new(PolicyControl.Requirement, "A13"), new(PolicyControl.Soc2, "CC6.1")];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => TestedTypes();

    public Func<ImmutableArray<ResourceTypePattern>> TestedTypes { get; init; } = () => ["test:*"];

    public override bool IsNeverLowered => NeverLowered;

    public bool NeverLowered { get; init; }

    public override EnforcementLevel Level => TestedLevel;

    public EnforcementLevel TestedLevel { get; init; } = EnforcementLevel.Mandatory;

    public override ImmutableArray<PolicySetting> Settings => TestedSettings;

    public ImmutableArray<PolicySetting> TestedSettings { get; init; } = [];

    public Func<ResourceView, StackContext, PolicyRemedy> Remedy { get; init; } = (_, _) => PolicyRemedy.Nothing;

    public override PolicyRemedy Mend(ResourceView resource, StackContext stack) => Remedy(resource, stack);

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => check(resource, stack);
}
