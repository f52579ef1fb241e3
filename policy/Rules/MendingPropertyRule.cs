using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules;

/// <summary>
/// A rule on a few properties that can be set without asking anybody: nothing is replaced, nothing is cut off and nothing else has
/// to be given with them. It mends at the level <c>remediate</c>.
/// </summary>
/// <param name="checks">The properties, for all types of resources that have them.</param>
internal abstract class MendingPropertyRule(params ImmutableArray<IPropertyCheck> checks) : PropertyRule(checks)
{
    private readonly ImmutableArray<IPropertyCheck> _checks = checks;

    public override PolicyRemedy Mend(ResourceView resource, StackContext stack)
    {
        var corrections = _checks.Where(check => check.Type.Matches(resource.Type)).SelectMany(check => check.Corrections(resource));
        var remedy = PolicyRemedy.Nothing;
        foreach (var (path, value) in corrections.ToList())
        {
            remedy = PolicyRemedy.Set(resource, path, value);
            if (remedy is not PropertiesRemedy { Properties: var properties })
            {
                return remedy;
            }

            resource = new ResourceView(resource.Urn, resource.Type, resource.Name, properties);
        }

        return remedy;
    }
}
