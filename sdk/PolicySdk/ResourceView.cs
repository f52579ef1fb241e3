using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.PolicySdk;

/// <summary>A resource as a rule sees it.</summary>
public class ResourceView
{
    /// <summary>A resource.</summary>
    public ResourceView(string urn, ResourceType type, string name, MapValue properties)
    {
        Urn = urn;
        Type = type;
        Name = name;
        Properties = properties;
    }

    /// <summary>The URN.</summary>
    public string Urn { get; }

    /// <summary>The type.</summary>
    public ResourceType Type { get; }

    /// <summary>The name in the program.</summary>
    public string Name { get; }

    /// <summary>The properties: inputs where one resource is judged, with unknowns and secrets marked.</summary>
    public MapValue Properties { get; }

    /// <summary>The options that engines tell of.</summary>
    public ResourceOptionsView Options { get; init; } = ResourceOptionsView.None;

    /// <summary>The provider that the resource is deployed by; null for components and providers.</summary>
    public ProviderView? Provider { get; init; }

    /// <summary>The same resource with other properties.</summary>
    internal ResourceView With(MapValue properties) => new(Urn, Type, Name, properties) { Options = Options, Provider = Provider };

    /// <summary>What an engine sent.</summary>
    /// <exception cref="MalformedPropertyException">The properties do not follow the protocol.</exception>
    public static ResourceView From(AnalyzeRequest request) =>
        new(request.Urn, ResourceType.Parse(request.Type), request.Name, PropertyDecoding.Decode(request.Properties))
        {
            Options = ResourceOptionsView.From(request.Options),
            Provider = request.Provider is { } provider ? ProviderView.From(provider) : null,
        };

    /// <summary>Reads the value at a path without wildcards.</summary>
    public PropertyReading Read(PropertyPath path) => path.Read(Properties);

    /// <summary>Reads the value at a path without wildcards.</summary>
    public PropertyReading Read(string path) => PropertyPath.Parse(path).Read(Properties);

    /// <summary>Reads all that a path with wildcards leads to.</summary>
    public IEnumerable<PropertyReading> Select(PropertyPath path) => path.Select(Properties);

    /// <summary>The type's short name and the name in the program, for messages.</summary>
    public override string ToString() => $"{Type.Name} '{Name}'";
}

/// <summary>The provider of a resource.</summary>
/// <param name="Urn">Its URN.</param>
/// <param name="Type">Its type, such as <c>pulumi:providers:azure-native</c>.</param>
/// <param name="Name">Its name; default providers have names that start with <c>default</c>.</param>
/// <param name="Properties">Its configuration.</param>
public sealed record ProviderView(string Urn, ResourceType Type, string Name, MapValue Properties)
{
    internal static ProviderView From(AnalyzerProviderResource provider) =>
        new(provider.Urn, ResourceType.Parse(provider.Type), provider.Name, PropertyDecoding.Decode(provider.Properties));
}

/// <summary>The options of a resource.</summary>
/// <param name="Protect">Whether it is protected from deletion.</param>
/// <param name="Parent">The parent's URN; empty where it has none.</param>
/// <param name="IgnoreChanges">Paths whose changes are ignored.</param>
/// <param name="AdditionalSecretOutputs">Outputs that are made secret.</param>
/// <param name="Aliases">URNs that it had before.</param>
/// <param name="DeleteBeforeReplace">Whether a replacement deletes first; null where not said.</param>
public sealed record ResourceOptionsView(
    bool Protect,
    string Parent,
    ImmutableArray<string> IgnoreChanges,
    ImmutableArray<string> AdditionalSecretOutputs,
    ImmutableArray<string> Aliases,
    bool? DeleteBeforeReplace)
{
    /// <summary>No options.</summary>
    public static ResourceOptionsView None { get; } = new(false, "", [], [], [], null);

    internal static ResourceOptionsView From(AnalyzerResourceOptions? options) => options is null ? None : new(
        options.Protect,
        options.Parent,
        [.. options.IgnoreChanges],
        [.. options.AdditionalSecretOutputs],
        [.. options.Aliases],
        options.DeleteBeforeReplaceDefined ? options.DeleteBeforeReplace : null);
}
