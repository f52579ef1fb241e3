using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>Something that one property of a type of resource must be.</summary>
internal interface IPropertyCheck
{
    /// <summary>The resources that have it.</summary>
    ResourceTypePattern Type { get; }

    /// <summary>One verdict for each place where the property can be.</summary>
    IEnumerable<PolicyVerdict> Judge(ResourceView resource);

    /// <summary>The places that are certainly wrong, and what each of them must be; none where a rule cannot know that.</summary>
    IEnumerable<(PropertyPath Path, PropertyValue Value)> Corrections(ResourceView resource) => [];
}
