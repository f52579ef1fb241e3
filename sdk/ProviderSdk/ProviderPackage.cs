using System.Text.Json;

namespace CantonInfra.ProviderSdk;

/// <summary>What a provider serves, told by its schema: one file for the plugin and for the SDK that is generated from it.</summary>
public sealed record ProviderPackage
{
    private ProviderPackage(string name, string version, string schema) => (Name, Version, Schema) = (name, version, schema);

    /// <summary>The package's name, the first part of its types' tokens.</summary>
    public string Name { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>The schema as JSON.</summary>
    public string Schema { get; }

    /// <summary>Reads the schema that is embedded in the type's assembly as <c>schema.json</c>.</summary>
    public static ProviderPackage FromSchemaOf(Type type)
    {
        using var stream = type.Assembly.GetManifestResourceStream("schema.json")
            ?? throw new InvalidOperationException($"{type.Assembly.GetName().Name} has no embedded schema.json.");
        using var reader = new StreamReader(stream);
        var schema = reader.ReadToEnd();
        using var document = JsonDocument.Parse(schema);
        return new(
            document.RootElement.GetProperty("name").GetString()!, document.RootElement.GetProperty("version").GetString()!, schema);
    }
}
