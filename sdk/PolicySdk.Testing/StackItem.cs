using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.PolicySdk.Testing;

/// <summary>A resource of a stack in a test.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name in the program.</param>
/// <param name="Properties">Its properties; see <see cref="PropertyNotation"/>.</param>
public sealed record StackItem(string Type, string Name, string Properties)
{
    /// <summary>Each property and the URN of a resource that its value comes from.</summary>
    public IReadOnlyList<(string Property, string Urn)> Sources { get; init; } = [];

    /// <summary>The name of its provider.</summary>
    public string Provider { get; init; } = "default";

    /// <summary>The settings of its provider.</summary>
    public string ProviderSettings { get; init; } = "{}";

    /// <summary>The parent's URN; empty for none.</summary>
    public string Parent { get; init; } = "";

    private string ProviderType => $"pulumi:providers:{Type[..Type.IndexOf(':', StringComparison.Ordinal)]}";

    /// <summary>The URN of a resource in the stack of tests.</summary>
    public static string UrnOf(string type, string name) => $"urn:pulumi:mainnet::canton-infra::{type}::{name}";

    /// <summary>The resource as engines send it.</summary>
    public AnalyzerResource ToWire()
    {
        var resource = new AnalyzerResource
        {
            Type = Type,
            Name = Name,
            Urn = UrnOf(Type, Name),
            Parent = Parent,
            Properties = PropertyEncoding.Encode(PropertyNotation.Read(Properties), EncodingOptions.Analyzer),
            Options = new AnalyzerResourceOptions { Parent = Parent },
            Provider = new AnalyzerProviderResource
            {
                Type = ProviderType,
                Name = Provider,
                Urn = UrnOf(ProviderType, Provider),
                Properties = PropertyEncoding.Encode(PropertyNotation.Read(ProviderSettings), EncodingOptions.Analyzer),
            },
        };
        foreach (var (property, urn) in Sources)
        {
            if (!resource.PropertyDependencies.TryGetValue(property, out var dependencies))
            {
                resource.PropertyDependencies[property] = dependencies = new PropertyDependencies();
            }

            dependencies.Urns.Add(urn);
            resource.Dependencies.Add(urn);
        }

        return resource;
    }
}
