using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine.Projects;
using CantonInfra.Mutations.Tests.Mutating;
using CantonInfra.PolicySdk;
using PolicyPack = CantonInfra.PolicySdk.PolicyPack;

namespace CantonInfra.Mutations.Tests.Judging;

/// <summary>A stack's plan as the rules see it, judged rule by rule in this process.</summary>
internal sealed class StackUnderTest
{
    private readonly StackContext _context;
    private readonly ImmutableDictionary<string, PolicySdk.Policy> _rules;
    private readonly ImmutableDictionary<string, PlannedResource> _byUrn;
    private readonly ImmutableArray<StackResourceView> _views;
    private readonly Dictionary<(string Rule, string Urn), HashSet<ViolationVerdict>> _known = [];

    public StackUnderTest(Plan plan, StackConfiguration configuration, PolicyPack pack)
    {
        Plan = plan;
        _context = StackContext.From(AnalyzerMessages.ConfigureStack(configuration));
        _rules = pack.Policies.ToImmutableDictionary(rule => rule.Id, StringComparer.Ordinal);
        _byUrn = plan.Resources.ToImmutableDictionary(resource => resource.Urn, StringComparer.Ordinal);
        _views = StackView.From(AnalyzerMessages.AnalyzeStack(plan)).Resources;
        var stack = new StackView(_views);
        foreach (var rule in pack.Policies.OfType<StackPolicy>())
        {
            foreach (var verdict in rule.Check(stack, _context))
            {
                Know(rule, verdict.Subject?.Urn ?? "", verdict.Verdict);
            }
        }

        foreach (var rule in pack.Policies.OfType<ResourcePolicy>())
        {
            foreach (var resource in plan.Resources.Where(resource => rule.AppliesTo(ResourceType.Parse(resource.Type))))
            {
                foreach (var verdict in rule.Check(View(resource), _context))
                {
                    Know(rule, resource.Urn, verdict);
                }
            }
        }
    }

    public Plan Plan { get; }

    /// <summary>What the rules find on the plan as it is.</summary>
    public ImmutableArray<string> Violations =>
    [
        .. _known.SelectMany(entry => entry.Value.Select(violation => $"{Plan.Stack}: {entry.Key.Rule}: {violation.Path}: {violation.Message}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether one of the mutation's rules finds something on one of its resources that it did not find before.</summary>
    public bool Catches(Mutation mutation)
    {
        var allowed = mutation.On.SelectMany(on => Urns(on, mutation.Resource)).ToHashSet(StringComparer.Ordinal);
        return Findings(mutation, mutation.Rules.Select(id => _rules.GetValueOrDefault(id)).OfType<PolicySdk.Policy>())
            .Any(finding => allowed.Contains(finding.Urn));
    }

    /// <summary>What any rule of the pack finds, and on which type of resource: for whoever looks for the right rule.</summary>
    public IEnumerable<string> Finders(Mutation mutation) => Findings(mutation, _rules.Values)
        .Select(finding => $"{finding.Rule} on {_byUrn.GetValueOrDefault(finding.Urn)?.Type ?? "stack"}")
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private IEnumerable<(string Rule, string Urn)> Findings(Mutation mutation, IEnumerable<PolicySdk.Policy> rules)
    {
        var stack = new Lazy<StackView>(() => new StackView(Mutated(mutation)));
        return rules.SelectMany(rule => (rule switch
        {
            ResourcePolicy resourceRule when mutation.Result is { } result && resourceRule.AppliesTo(ResourceType.Parse(result.Type)) =>
                resourceRule.Check(View(result), _context).Select(verdict => (result.Urn, Verdict: verdict)),
            StackPolicy stackRule => stackRule.Check(stack.Value, _context).Select(verdict => (verdict.Subject?.Urn ?? "", verdict.Verdict)),
            _ => [],
        }).Where(finding => IsNew(rule, finding.Item1, finding.Verdict)).Select(finding => (rule.Id, finding.Item1)));
    }

    private ImmutableArray<StackResourceView> Mutated(Mutation mutation)
    {
        var index = Plan.Resources.IndexOf(mutation.Resource);
        return mutation.Result is { } result
            ? _views.SetItem(index, StackResourceView.From(AnalyzerMessages.OfStack(result, ProviderOf(result))))
            : _views.RemoveAt(index);
    }

    // The stack itself has no URN in verdicts.
    private IEnumerable<string> Urns(string on, PlannedResource resource) => on switch
    {
        "itself" => [resource.Urn],
        "stack" => ["", .. Plan.Root is { } root ? [root.Urn] : Array.Empty<string>()],
        "parent" => [resource.Parent],
        _ when on.Contains(':', StringComparison.Ordinal) => Plan.Resources.Where(other => other.Type == on).Select(other => other.Urn),
        _ => resource.PropertyDependencies.GetValueOrDefault(on, []),
    };

    private ResourceView View(PlannedResource resource) =>
        ResourceView.From(AnalyzerMessages.Analyze(resource, ProviderOf(resource), resource.Inputs));

    private PlannedResource? ProviderOf(PlannedResource resource) => _byUrn.GetValueOrDefault(resource.Provider);

    private void Know(PolicySdk.Policy rule, string urn, PolicyVerdict verdict)
    {
        if (verdict is ViolationVerdict violation)
        {
            if (!_known.TryGetValue((rule.Id, urn), out var known))
            {
                _known[(rule.Id, urn)] = known = [];
            }

            known.Add(violation);
        }
    }

    private bool IsNew(PolicySdk.Policy rule, string urn, PolicyVerdict verdict) =>
        verdict is ViolationVerdict violation
        && !(_known.TryGetValue((rule.Id, urn), out var known) && known.Contains(violation));
}
