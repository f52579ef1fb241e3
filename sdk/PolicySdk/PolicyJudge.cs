using System.Collections.Concurrent;
using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>Asks the rules of a pack about resources and stacks.</summary>
public static class PolicyJudge
{
    /// <summary>Why a rule for other types says nothing.</summary>
    internal const string OtherTypeReason = "The policy judges resources of other types.";

    private static readonly ImmutableArray<PolicyVerdict> OtherType = [PolicyVerdict.NotApplicable(OtherTypeReason)];

    /// <summary>What the pack's rules say about one resource, in the pack's order; disabled rules are not asked.</summary>
    /// <remarks>Never throws for what a rule does. Secrets are masked in all texts.</remarks>
    public static ImmutableArray<PolicyResult> Judge(
        PolicyPack pack, Enforcement enforcement, StackContext stack, ResourceView resource) =>
        Judge(pack, enforcement, stack, resource, new WaiverUse(pack, stack));

    internal static ImmutableArray<PolicyResult> Judge(
        PolicyPack pack, Enforcement enforcement, StackContext stack, ResourceView resource, WaiverUse waivers) =>
        Judge(Enabled<ResourcePolicy>(pack, enforcement), enforcement, stack, resource, waivers);

    internal static ImmutableArray<PolicyResult> Judge(
        IEnumerable<ResourcePolicy> rules, Enforcement enforcement, StackContext stack, ResourceView resource, WaiverUse waivers)
    {
        var results = ImmutableArray.CreateBuilder<PolicyResult>();
        var mask = new Lazy<SecretMask>(() => MaskOf(stack, resource).With(enforcement.SecretSettings));
        foreach (var rule in rules)
        {
            var verdicts = Ask(rule, resource, enforcement.In(stack, rule));
            results.Add(waivers.Apply(new PolicyResult(
                rule, resource.Urn, enforcement.LevelOf(rule), verdicts == OtherType ? verdicts : Masked(verdicts, mask))
            {
                Subject = Describe(resource),
            }));
        }

        return results.DrainToImmutable();
    }

    /// <summary>
    /// What the pack's rules say about a whole stack, in the pack's order: one result for each resource that a rule speaks
    /// of, and one for the stack where it speaks of that or finds nothing at all. Disabled rules are not asked. Rules for single
    /// resources that are <see cref="IDecidedByStack"/> speak of those that they left undecided.
    /// </summary>
    /// <remarks>Never throws for what a rule does. Secrets of all resources are masked in all texts.</remarks>
    public static ImmutableArray<PolicyResult> Judge(
        PolicyPack pack, Enforcement enforcement, StackContext stack, StackView resources) =>
        Judge(pack, enforcement, stack, resources, new WaiverUse(pack, stack));

    internal static ImmutableArray<PolicyResult> Judge(
        PolicyPack pack, Enforcement enforcement, StackContext stack, StackView resources, WaiverUse waivers)
    {
        var mask = new Lazy<SecretMask>(() => resources.Resources.Aggregate(SecretMask.None.With(stack.Config).With(enforcement.SecretSettings), With));
        var rules = Enabled<Policy>(pack, enforcement)
            .Where(rule => rule is StackPolicy or IDecidedByStack)
            .ToLookup(rule => rule is WaiverAudit);

        // Side by side: the engine waits for this answer with nothing else to do. One at a time to each, for some take much longer.
        var results = new ImmutableArray<PolicyResult>[rules[false].Count()];
        _ = Parallel.ForEach(
            Partitioner.Create(rules[false].Index(), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            rule => results[rule.Index] = Judge(rule.Item, enforcement, stack, resources, waivers, mask));

        // The rule about waivers comes last, when all others have used theirs.
        return
        [
            .. results.SelectMany(each => each),
            .. rules[true].SelectMany(audit => Judge(audit, enforcement, stack, resources, waivers, mask)),
        ];
    }

    /// <summary>Takes the secrets of a resource and of the stack's configuration out of texts.</summary>
    internal static SecretMask MaskOf(StackContext stack, ResourceView resource) =>
        With(SecretMask.None.With(stack.Config).With(stack.Settings), resource);

    /// <summary>Whether any rule that judges stacks is asked.</summary>
    internal static bool JudgesStacks(PolicyPack pack, Enforcement enforcement) =>
        Enabled<Policy>(pack, enforcement).Any(policy => policy is StackPolicy or IDecidedByStack);

    /// <summary>The rules of a kind that are asked, in the pack's order.</summary>
    internal static IEnumerable<T> Enabled<T>(PolicyPack pack, Enforcement enforcement)
        where T : Policy =>
        pack.Policies.OfType<T>().Where(rule => enforcement.LevelOf(rule) != EnforcementLevel.Disabled);

    private static ImmutableArray<PolicyResult> Judge(
        Policy policy, Enforcement enforcement, StackContext stack, StackView resources, WaiverUse waivers, Lazy<SecretMask> mask)
    {
        if (policy is not StackPolicy rule)
        {
            return [.. Decide((ResourcePolicy)policy, enforcement, stack, resources, waivers, mask)];
        }

        var level = enforcement.LevelOf(rule);
        var verdictsOfAll = rule is WaiverAudit ? [.. WaiverAudit.Check(resources, waivers)] : Ask(rule, resources, enforcement.In(stack, rule));
        var bySubject = verdictsOfAll.GroupBy(verdict => verdict.Subject?.Urn ?? "", StringComparer.Ordinal).ToList();
        return bySubject.Count == 0
            ? [new PolicyResult(rule, "", level, [])]
            :
            [
                .. bySubject.Select(verdicts => waivers.Apply(
                    new PolicyResult(rule, verdicts.Key, level, Masked([.. verdicts.Select(verdict => verdict.Verdict)], mask))
                    {
                        Subject = verdicts.First().Subject is { } subject ? Describe(subject) : "",
                    })),
            ];
    }

    // Violations were told of the resource by itself; only what was left undecided is decided here.
    private static IEnumerable<PolicyResult> Decide(
        ResourcePolicy rule, Enforcement enforcement, StackContext stack, StackView resources, WaiverUse waivers, Lazy<SecretMask> mask)
    {
        foreach (var resource in resources.Resources)
        {
            var undecided = Ask(rule, resource, enforcement.In(stack, rule)).OfType<UndecidedVerdict>().ToList();
            if (undecided.Count > 0)
            {
                var decided = Collect(
                    () => undecided.Select(each => ((IDecidedByStack)rule).Decide(each, resource, resources) ?? each).Distinct(), fault => fault);
                yield return waivers.Apply(new PolicyResult(rule, resource.Urn, enforcement.LevelOf(rule), Masked(decided, mask))
                {
                    Subject = Describe(resource),
                    IsOfStack = true,
                });
            }
        }
    }

    private static ImmutableArray<PolicyVerdict> Ask(ResourcePolicy rule, ResourceView resource, StackContext stack)
    {
        try
        {
            if (!rule.AppliesTo(resource.Type))
            {
                return OtherType;
            }
        }
        catch (Exception exception)
        {
            return [Fault(exception)];
        }

        return Collect(() => rule.Check(resource, stack), fault => fault);
    }

    private static ImmutableArray<StackVerdict> Ask(StackPolicy rule, StackView resources, StackContext stack) =>
        Collect(() => rule.Check(resources, stack), StackVerdict.OnStack);

    private static ImmutableArray<T> Collect<T>(Func<IEnumerable<T>> check, Func<PolicyVerdict, T> report)
        where T : class
    {
        var verdicts = ImmutableArray.CreateBuilder<T>();
        try
        {
            foreach (var verdict in check())
            {
                verdicts.Add(verdict ?? throw new InvalidOperationException("A rule gave a null verdict."));
            }
        }
        catch (Exception exception)
        {
            verdicts.Add(report(Fault(exception)));
        }

        return verdicts.DrainToImmutable();
    }

    // Not the exception's message: that may hold any value of the resource.
    private static FaultVerdict Fault(Exception exception)
    {
        var method = exception.TargetSite;
        return new FaultVerdict(
            exception.GetType().FullName ?? exception.GetType().Name,
            method is null ? null : $"{method.DeclaringType?.FullName}.{method.Name}");
    }

    private static ImmutableArray<PolicyVerdict> Masked(ImmutableArray<PolicyVerdict> verdicts, Lazy<SecretMask> mask) =>
        [.. verdicts.Select(verdict => verdict is PassVerdict or FaultVerdict ? verdict : Masked(verdict, mask.Value))];

    private static PolicyVerdict Masked(PolicyVerdict verdict, SecretMask mask) => verdict switch
    {
        ViolationVerdict violation => new ViolationVerdict(Masked(violation.Path, mask), mask.Apply(violation.Message)),
        NotApplicableVerdict notApplicable => new NotApplicableVerdict(mask.Apply(notApplicable.Reason)),
        UndecidedVerdict undecided => new UndecidedVerdict(Masked(undecided.Path, mask), mask.Apply(undecided.Explanation)),
        _ => verdict,
    };

    private static PropertyPath Masked(PropertyPath path, SecretMask mask)
    {
        var masked = mask.Apply(path.ToString());
        return masked == path.ToString() ? path : new([
            .. path.Elements.Select(element => element.Key is { } key ? PropertyPathElement.Of(mask.Apply(key)) : element)]);
    }

    private static SecretMask With(SecretMask mask, ResourceView resource) =>
        mask.With(resource.Properties).With(resource.Provider?.Properties ?? MapValue.Empty);

    private static string Describe(ResourceView resource) => $"{resource.Type} '{resource.Name}'";
}
