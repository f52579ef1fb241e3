using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>The outputs of a stack have no secret in clear.</summary>
internal sealed class NoSecretOutputsInClear : StackPolicy
{
    private static readonly ResourceTypePattern Stack = "pulumi:pulumi:Stack";

    public override string Id => "no-secret-outputs-in-clear";

    public override string Title => "Outputs of a stack have no secret in clear";

    public override string Rationale =>
        "Outputs are printed at the end of every deployment, kept in its log, and read by other stacks.";

    public override string Remediation =>
        "Mark the output secret (Output.CreateSecret), or output where the secret is: the name of a vault and of a secret in it. Then replace "
        + "the value: it was in clear.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "B5"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack) =>
        from root in resources.OfType(Stack)
        from entry in root.Properties.Entries
        from found in ClearTexts.In(entry.Value, PropertyPath.Root.Then(entry.Key), entry.Key)
        select StackVerdict.On(root, PolicyVerdict.Violation(found.Path, $"{root} outputs {found.What} here, in clear."));
}
