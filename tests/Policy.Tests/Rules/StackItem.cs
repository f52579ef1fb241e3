using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>A resource of a stack in a test.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name in the program.</param>
/// <param name="Properties">Its properties; see <see cref="RuleUnderTest"/>.</param>
internal sealed record StackItem(string Type, string Name, string Properties)
{
    private const string ProviderType = "pulumi:providers:kubernetes";

    /// <summary>Property and name of each Namespace, or full URN, that the property's value comes from.</summary>
    public (string Property, string Urn)[] Sources { get; init; } = [];

    public string Provider { get; init; } = "default";

    public string ProviderSettings { get; init; } = "{}";

    public static string UrnOf(string type, string name) => $"urn:pulumi:mainnet::canton-infra::{type}::{name}";

    public static string ProviderUrn(string name) => UrnOf(ProviderType, name);

    public AnalyzerResource ToWire()
    {
        var resource = new AnalyzerResource
        {
            Type = Type,
            Name = Name,
            Urn = UrnOf(Type, Name),
            Properties = PropertyEncoding.Encode(RuleUnderTest.Read(Properties), EncodingOptions.Analyzer),
            Provider = new AnalyzerProviderResource
            {
                Type = ProviderType,
                Name = Provider,
                Urn = ProviderUrn(Provider),
                Properties = PropertyEncoding.Encode(RuleUnderTest.Read(ProviderSettings), EncodingOptions.Analyzer),
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
