using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Corpus;

/// <summary>A resource of a foreign program, as engines tell packs of it.</summary>
internal sealed record ForeignResource(string Type, string Name, string Urn, MapValue Properties)
{
    /// <summary>The root of a stack, whose outputs only show when all resources are there.</summary>
    public const string StackType = "pulumi:pulumi:Stack";

    /// <summary>The parent's URN; empty for none.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Whether it is protected from deletion.</summary>
    public bool IsProtected { get; init; }

    /// <summary>The provider's URN, name and settings; null for components and providers.</summary>
    public (string Urn, string Name, MapValue Settings)? Provider { get; init; }

    /// <summary>URNs of what it depends on besides <see cref="Sources"/>.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Each property at the top level and the URN of a resource that its value comes from.</summary>
    public ImmutableArray<(string Property, string Urn)> Sources { get; init; } = [];

    private AnalyzerResourceOptions Options => new() { Parent = Parent, Protect = IsProtected };

    /// <summary>The resource by itself.</summary>
    public AnalyzeRequest ToRequest() => new()
    {
        Type = Type,
        Name = Name,
        Urn = Urn,
        Properties = PropertyEncoding.Encode(Type == StackType ? MapValue.Empty : Properties, EncodingOptions.Analyzer),
        Options = Options,
        Provider = WireProvider(),
    };

    /// <summary>The resource among those of its stack.</summary>
    public AnalyzerResource ToWire()
    {
        var resource = new AnalyzerResource
        {
            Type = Type,
            Name = Name,
            Urn = Urn,
            Parent = Parent,
            Properties = PropertyEncoding.Encode(Properties, EncodingOptions.Analyzer),
            Options = Options,
            Provider = WireProvider(),
        };
        foreach (var property in Sources.GroupBy(source => source.Property, source => source.Urn))
        {
            var dependencies = new PropertyDependencies();
            dependencies.Urns.AddRange(property.Distinct());
            resource.PropertyDependencies[property.Key] = dependencies;
        }

        resource.Dependencies.AddRange(DependsOn.Concat(Sources.Select(source => source.Urn)).Distinct());
        return resource;
    }

    private AnalyzerProviderResource? WireProvider() => Provider is not var (urn, name, settings) ? null : new()
    {
        Type = $"pulumi:providers:{Type[..Type.IndexOf(':', StringComparison.Ordinal)]}",
        Name = name,
        Urn = urn,
        Properties = PropertyEncoding.Encode(settings, EncodingOptions.Analyzer),
    };
}
