using System.Collections.Concurrent;
using System.Collections.Immutable;
using CantonInfra.Protocol.Wire;
using Google.Protobuf;

namespace CantonInfra.PolicySdk;

/// <summary>Which rules of a pack are asked about resources of a type: most rules are for other types than most resources are of.</summary>
internal sealed class RulesByType(PolicyPack pack, Enforcement enforcement)
{
    // A program has few types and many resources. The bound is for whoever makes up types.
    private const int MostKnown = 1024;

    private readonly ConcurrentDictionary<string, RulesOfType> _known = new(StringComparer.Ordinal);

    /// <summary>The rules for a type that was asked for before; null for others. Runs no code of a rule.</summary>
    /// <param name="token">The type as engines write it.</param>
    public RulesOfType? Known(string token) => _known.GetValueOrDefault(token);

    /// <summary>The rules for a type.</summary>
    /// <param name="token">The type as engines write it.</param>
    public RulesOfType For(string token)
    {
        if (_known.TryGetValue(token, out var known))
        {
            return known;
        }

        var rules = Split(ResourceType.Parse(token));
        if (_known.Count < MostKnown)
        {
            _known.TryAdd(token, rules);
        }

        return rules;
    }

    private RulesOfType Split(ResourceType type)
    {
        var rules = PolicyJudge.Enabled<ResourcePolicy>(pack, enforcement).ToLookup(rule => MayApplyTo(rule, type));
        var others = new AnalyzeResponse();
        others.NotApplicable.AddRange(rules[false].Select(rule => new PolicyNotApplicable
        {
            PolicyName = rule.Id,
            Reason = PolicyJudge.OtherTypeReason,
        }));
        return new RulesOfType(
            [.. rules[true]],
            rules[true].Any(rule => enforcement.LevelOf(rule) == EnforcementLevel.Remediate),
            rules[false].Select(rule => rule.Id).ToImmutableHashSet(StringComparer.Ordinal),
            others.ToByteArray());
    }

    // One that cannot tell is asked, so that its failure is told of.
    private static bool MayApplyTo(ResourcePolicy rule, ResourceType type)
    {
        try
        {
            return rule.AppliesTo(type);
        }
        catch (Exception)
        {
            return true;
        }
    }
}

/// <summary>The rules of a pack from the view of one type.</summary>
/// <param name="Rules">Those that judge resources of the type, in the pack's order.</param>
/// <param name="Remediates">Whether one of them mends.</param>
/// <param name="Others">The ids of those that are for other types.</param>
/// <param name="OthersWritten">What these others answer, 'not applicable', in the wire form of an <see cref="AnalyzeResponse"/>.</param>
internal sealed record RulesOfType(
    ImmutableArray<ResourcePolicy> Rules, bool Remediates, ImmutableHashSet<string> Others, ReadOnlyMemory<byte> OthersWritten);
