using System.Collections.Immutable;

namespace CantonInfra.PolicySdk;

/// <summary>A rule that judges resources one by one.</summary>
public abstract class ResourcePolicy : Policy
{
    /// <summary>The types it judges; see <see cref="ResourceTypePattern"/>.</summary>
    public abstract ImmutableArray<ResourceTypePattern> ResourceTypes { get; }

    /// <summary>Judges a resource of one of the types. Nothing found means that the resource passes.</summary>
    /// <remarks>
    /// The order of verdicts is kept. A thrown exception is reported as a violation that always counts, together with
    /// what was found before it.
    /// </remarks>
    public abstract IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack);

    /// <summary>
    /// Mends a resource of one of the types before it is judged, where the rule's level is
    /// <see cref="EnforcementLevel.Remediate"/>. What it leaves unmended, <see cref="Check"/> finds.
    /// </summary>
    public virtual PolicyRemedy Mend(ResourceView resource, StackContext stack) => PolicyRemedy.Nothing;

    /// <summary>Whether the rule judges resources of that type.</summary>
    public bool AppliesTo(ResourceType type)
    {
        foreach (var pattern in ResourceTypes)
        {
            if (pattern.Matches(type))
            {
                return true;
            }
        }

        return false;
    }
}
