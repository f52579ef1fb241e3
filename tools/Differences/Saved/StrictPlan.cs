using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;

namespace CantonInfra.Tools.Differences.Saved;

/// <summary>What a plan must be so that the rest of the program may rely on it, whoever wrote it.</summary>
internal static class StrictPlan
{
    private const int MostResources = 20_000;
    private const int LongestUrn = 4_000;
    private const int MostParents = 100;

    /// <summary>Gives the plan back.</summary>
    /// <exception cref="FormatException">It is no plan that a program could have declared.</exception>
    public static Plan Checked(Plan plan)
    {
        if (plan.Resources.Length > MostResources)
        {
            throw new FormatException($"The plan has {plan.Resources.Length} resources; {MostResources} are the most that is read.");
        }

        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in plan.Resources)
        {
            if (resource.Urn.Length > LongestUrn || !Urn.TryParse(resource.Urn, out var urn)
                || urn.Stack != plan.Stack || urn.Project != plan.Project || urn.Type != resource.Type || urn.Name != resource.Name)
            {
                throw new FormatException("The plan has a resource whose URN is not that of its stack, project, type and name.");
            }

            if (!parents.TryAdd(resource.Urn, resource.Parent))
            {
                throw new FormatException("The plan has two resources with one URN.");
            }
        }

        foreach (var start in parents.Keys)
        {
            var steps = 0;
            for (var urn = start; parents.TryGetValue(urn, out var parent) && parent.Length > 0; urn = parent)
            {
                if (++steps > MostParents)
                {
                    throw new FormatException($"The plan has resources below more than {MostParents} parents, or parents in a circle.");
                }
            }
        }

        return plan;
    }
}
