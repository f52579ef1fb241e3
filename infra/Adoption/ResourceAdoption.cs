using System.Collections.Immutable;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Adoption;

/// <summary>Gives resources that exist already their ids, so that a deployment imports them instead of making new ones (P1).</summary>
/// <remarks>
/// The ids are a stack's matter, so no component knows of them: they are added to the options of each resource as it is declared.
/// </remarks>
internal sealed class ResourceAdoption
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private ImmutableArray<AdoptedResource> _adopted = [];

    /// <summary>The resources that were named, and that the program did not declare when this was asked.</summary>
    public ImmutableArray<AdoptedResource> Missing
    {
        get
        {
            lock (_lock)
            {
                return [.. _adopted.Where(adopted => !_met.Contains(adopted.Resource))];
            }
        }
    }

    /// <summary>Says which resources there are.</summary>
    /// <param name="adopted">The resources.</param>
    public void Expect(ImmutableArray<AdoptedResource> adopted) => _adopted = adopted;

    /// <summary>Adds the id to the options of a resource that exists already. A transformation of the whole stack.</summary>
    /// <param name="args">The resource as it is declared.</param>
    /// <returns>What to declare in its place; null for what was declared.</returns>
    /// <exception cref="InvalidOperationException">Two resources have the type and name of one that exists.</exception>
    public ResourceTransformationResult? Transform(ResourceTransformationArgs args)
    {
        var name = $"{args.Resource.GetResourceType()}::{args.Resource.GetResourceName()}";
        if (args.Options is not CustomResourceOptions options || _adopted.FirstOrDefault(adopted => adopted.Resource == name) is not { } found)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_met.Add(name))
            {
                throw new InvalidOperationException(
                    $"canton-infra:import names {name}, and two resources of this stack are called so: import this one with the Pulumi CLI.");
            }
        }

        return new ResourceTransformationResult(args.Args, CustomResourceOptions.Merge(options, new CustomResourceOptions { ImportId = found.Id }));
    }
}
