using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules;

/// <summary>Something that one property of a type of resource must be.</summary>
internal interface IPropertyCheck
{
    /// <summary>The resources that have it.</summary>
    ResourceTypePattern Type { get; }

    /// <summary>One verdict for each place where the property can be.</summary>
    IEnumerable<PolicyVerdict> Judge(ResourceView resource);
}
