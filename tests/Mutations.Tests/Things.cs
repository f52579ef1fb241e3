using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.PolicySdk.Testing;

namespace CantonInfra.Mutations.Tests;

/// <summary>Resources to try the machinery on.</summary>
internal static class Things
{
    public const string Type = "test:index:Thing";

    /// <summary>A resource with these inputs, as tests of rules write them.</summary>
    public static PlannedResource Thing(string inputs, string stack = "mainnet", string name = "thing")
    {
        var properties = PropertyNotation.Read(inputs);
        return new PlannedResource
        {
            Urn = $"urn:pulumi:{stack}::canton-infra::{Type}::{name}",
            Type = Type,
            Name = name,
            Kind = ResourceKind.Custom,
            Inputs = properties,
            Outputs = properties,
        };
    }

    /// <summary>What a property comes from.</summary>
    public static PlannedResource From(this PlannedResource resource, string property, params ImmutableArray<string> urns) => resource with
    {
        PropertyDependencies = resource.PropertyDependencies.SetItem(property, urns),
        Dependencies = [.. resource.Dependencies.Union(urns)],
    };
}
