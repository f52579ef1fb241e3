using System.Collections.Immutable;
using CantonInfra.Engine.Plans;

namespace CantonInfra.Tools.Deployment;

/// <summary>A plan in the phases of a first deployment: no resource comes before what it depends on.</summary>
/// <param name="Phases">The phases that have resources, in order, each with the URNs to deploy.</param>
internal sealed record PhasedPlan(ImmutableArray<(DeploymentPhase Phase, ImmutableArray<string> Urns)> Phases)
{
    private const string ProviderTypePrefix = "pulumi:providers:";

    /// <summary>Divides a plan.</summary>
    public static PhasedPlan Create(Plan plan)
    {
        var resources = plan.Resources.ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        var phases = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var resource in plan.Resources.Where(resource => resource.IsCustom))
        {
            _ = PhaseOf(resource, resources, phases);
        }

        // A parent must be there before its first child: it goes with the earliest.
        foreach (var resource in plan.Resources.Where(resource => resource.IsCustom))
        {
            for (var parent = resource.Parent; resources.TryGetValue(parent, out var component); parent = component.Parent)
            {
                phases[parent] = Math.Min(phases.GetValueOrDefault(parent, int.MaxValue), phases[resource.Urn]);
            }
        }

        return new PhasedPlan(
        [
            .. DeploymentPhase.All
                .Select((phase, index) => (phase, urns: plan.Resources
                    .Where(resource => phases.GetValueOrDefault(resource.Urn) == index)
                    .Select(resource => resource.Urn).ToImmutableArray()))
                .Where(entry => !entry.urns.IsEmpty),
        ]);
    }

    private static int PhaseOf(
        PlannedResource resource, Dictionary<string, PlannedResource> resources, Dictionary<string, int> phases)
    {
        if (phases.TryGetValue(resource.Urn, out var known))
        {
            return known;
        }

        var phase = FirstPhase(resource.Type);
        foreach (var urn in resource.Dependencies.Append(resource.Provider))
        {
            if (resources.TryGetValue(urn, out var needed) && needed.IsCustom)
            {
                phase = Math.Max(phase, PhaseOf(needed, resources, phases));
            }
        }

        return phases[resource.Urn] = phase;
    }

    private static int FirstPhase(string type)
    {
        var package = (type.StartsWith(ProviderTypePrefix, StringComparison.Ordinal) ? type[ProviderTypePrefix.Length..] : type).Split(':')[0];
        var byType = IndexOf(phase => phase.Types.Contains(type));
        return byType >= 0 ? byType : Math.Max(0, IndexOf(phase => phase.Providers.Contains(package)));
    }

    private static int IndexOf(Predicate<DeploymentPhase> condition) => Array.FindIndex([.. DeploymentPhase.All], condition);
}
