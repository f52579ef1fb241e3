using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>Asks the rules of a pack about resources.</summary>
public static class PolicyJudge
{
    private static readonly ImmutableArray<PolicyVerdict> OtherType =
        [PolicyVerdict.NotApplicable("The policy judges resources of other types.")];

    /// <summary>What the pack's rules say about one resource, in the pack's order; disabled rules are not asked.</summary>
    /// <remarks>Never throws for what a rule does. Secrets are masked in all texts.</remarks>
    public static ImmutableArray<PolicyResult> Judge(
        PolicyPack pack, Enforcement enforcement, StackContext stack, ResourceView resource)
    {
        var results = ImmutableArray.CreateBuilder<PolicyResult>(pack.Policies.Length);
        SecretMask? mask = null;
        foreach (var policy in pack.Policies)
        {
            var level = enforcement.LevelOf(policy);
            if (policy is not ResourcePolicy rule || level == EnforcementLevel.Disabled)
            {
                continue;
            }

            var verdicts = Ask(rule, resource, stack);
            if (verdicts.Any(verdict => verdict is ViolationVerdict or NotApplicableVerdict or UndecidedVerdict) && verdicts != OtherType)
            {
                mask ??= MaskOf(resource, stack);
                verdicts = [.. verdicts.Select(verdict => Masked(verdict, mask))];
            }

            results.Add(new PolicyResult(rule, resource.Urn, level, verdicts));
        }

        return results.DrainToImmutable();
    }

    private static ImmutableArray<PolicyVerdict> Ask(ResourcePolicy rule, ResourceView resource, StackContext stack)
    {
        var verdicts = ImmutableArray.CreateBuilder<PolicyVerdict>();
        try
        {
            if (!rule.AppliesTo(resource.Type))
            {
                return OtherType;
            }

            foreach (var verdict in rule.Check(resource, stack))
            {
                verdicts.Add(verdict ?? throw new InvalidOperationException("A rule gave a null verdict."));
            }
        }
        catch (Exception exception)
        {
            // Not its message: that may hold any value of the resource.
            var method = exception.TargetSite;
            verdicts.Add(new FaultVerdict(
                exception.GetType().FullName ?? exception.GetType().Name,
                method is null ? null : $"{method.DeclaringType?.FullName}.{method.Name}"));
        }

        return verdicts.DrainToImmutable();
    }

    private static PolicyVerdict Masked(PolicyVerdict verdict, SecretMask mask) => verdict switch
    {
        ViolationVerdict violation => new ViolationVerdict(Masked(violation.Path, mask), mask.Apply(violation.Message)),
        NotApplicableVerdict notApplicable => new NotApplicableVerdict(mask.Apply(notApplicable.Reason)),
        UndecidedVerdict undecided => new UndecidedVerdict(Masked(undecided.Path, mask)),
        _ => verdict,
    };

    private static PropertyPath Masked(PropertyPath path, SecretMask mask)
    {
        var masked = mask.Apply(path.ToString());
        return masked == path.ToString() ? path : new([
            .. path.Elements.Select(element => element.Key is { } key ? PropertyPathElement.Of(mask.Apply(key)) : element)]);
    }

    private static SecretMask MaskOf(ResourceView resource, StackContext stack) =>
        SecretMask.None.With(resource.Properties).With(stack.Config).With(resource.Provider?.Properties ?? MapValue.Empty);
}
