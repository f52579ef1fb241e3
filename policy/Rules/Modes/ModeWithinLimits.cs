using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Modes;

/// <summary>A stack file does not ask for a mode that is laxer than the stack's bound.</summary>
internal sealed class ModeWithinLimits(ModeLimits limits) : ResourcePolicy
{
    private const string Key = Guardrails.ConfigNamespace + ":mode";

    public override string Id => "mode-within-limits";

    public override string Title => "Stacks are as strict as their limits ask";

    public override string Rationale =>
        "A stack in audit mode shows violations and deploys them. Which stacks may do so is decided apart from their stack files, "
        + "so that a change cannot lower in the same file what it is judged by.";

    public override string Remediation =>
        $"Set {Key} to deny in the stack file, or remove it. Which stacks may be in audit mode is changed by a reviewed change to "
        + "policy/limits.yaml, with its reason.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "GS-1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    /// <summary>The mode cannot lower the rule about itself.</summary>
    public override bool IsNeverLowered => true;

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Urn.StackType];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var limit = limits.For(stack);
        yield return Enforcement.ReadMode(stack, Guardrails.ConfigNamespace) == PolicyMode.Audit && limit.Least == PolicyMode.Deny
            ? PolicyVerdict.Violation(
                PropertyPath.Root.Then(Key),
                $"The stack {stack.Stack} asks for the mode audit, but it is in deny at least: {limit.Reason}. It is judged in deny.")
            : PolicyVerdict.Pass;
    }
}
