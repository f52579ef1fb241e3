using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Plans;

/// <summary>
/// Plans as JSON: stable order, no times, no paths, secrets and unknowns as marks. A plan that is read back holds marks
/// where secrets were, so it can be compared with another one, but not deployed.
/// </summary>
public static class PlanJson
{
    private const int Version = 1;

    /// <summary>Writes a plan as one document.</summary>
    public static void Write(Utf8JsonWriter writer, Plan plan)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("project", plan.Project);
        writer.WriteString("stack", plan.Stack);
        writer.WriteStartArray("resources");
        foreach (var resource in plan.Resources)
        {
            writer.WriteStartObject();
            WriteMembers(writer, resource);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes the members of a resource into an object that the caller has begun.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, PlannedResource resource)
    {
        writer.WriteString("urn", resource.Urn);
        writer.WriteString("type", resource.Type);
        writer.WriteString("name", resource.Name);
        writer.WriteString("kind", KindText(resource.Kind));
        WriteUnlessEmpty(writer, "parent", resource.Parent);
        WriteUnlessEmpty(writer, "id", resource.Id);
        WriteUnlessEmpty(writer, "provider", resource.Provider);
        WriteProperties(writer, "inputs", resource.Inputs);

        // A preview's outputs are the inputs but for what is secret, so they are written only where they tell more.
        if (!resource.Outputs.Equals(resource.Inputs))
        {
            WriteProperties(writer, "outputs", resource.Outputs);
        }

        WriteUnlessEmpty(writer, "dependencies", resource.Dependencies);
        WriteDependencies(writer, resource.PropertyDependencies);
        WriteOptions(writer, resource.Options);
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="FormatException">The document is none of ours.</exception>
    public static Plan Read(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 1000 });
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw Other(exception);
        }
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="root">The document, or a part of one.</param>
    /// <exception cref="FormatException">It is no plan.</exception>
    public static Plan Read(JsonElement root)
    {
        try
        {
            var version = root.GetProperty("version").GetInt32();
            return version == Version
                ? new Plan(
                    root.GetProperty("project").GetString()!,
                    root.GetProperty("stack").GetString()!,
                    [.. root.GetProperty("resources").EnumerateArray().Select(ReadResource)])
                : throw new FormatException($"The plan has version {version}; this program reads version {Version}.");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or InvalidCastException or ArgumentException)
        {
            throw Other(exception);
        }
    }

    private static FormatException Other(Exception exception) => new($"The file is not a plan: {exception.Message}", exception);

    private static PlannedResource ReadResource(JsonElement element)
    {
        var inputs = element.TryGetProperty("inputs", out var inputValue) ? (MapValue)PropertyJsonReader.Read(inputValue) : MapValue.Empty;
        var options = element.TryGetProperty("options", out var optionValue) ? optionValue : default;
        return new PlannedResource
        {
            Urn = element.GetProperty("urn").GetString()!,
            Type = element.GetProperty("type").GetString()!,
            Name = element.GetProperty("name").GetString()!,
            Kind = ReadKind(element.GetProperty("kind").GetString()),
            Parent = Text(element, "parent"),
            Id = Text(element, "id"),
            Provider = Text(element, "provider"),
            Inputs = inputs,
            Outputs = element.TryGetProperty("outputs", out var outputs) ? (MapValue)PropertyJsonReader.Read(outputs) : inputs,
            Dependencies = Texts(element, "dependencies"),
            PropertyDependencies = element.TryGetProperty("propertyDependencies", out var dependencies)
                ? dependencies.EnumerateObject().ToImmutableSortedDictionary(
                    property => property.Name, property => Texts(dependencies, property.Name), StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty,
            Options = options.ValueKind == JsonValueKind.Object ? ReadOptions(options) : new ResourceOptions(),
        };
    }

    private static ResourceOptions ReadOptions(JsonElement options) => new()
    {
        Protect = options.TryGetProperty("protect", out var protect) && protect.GetBoolean(),
        RetainOnDelete = options.TryGetProperty("retainOnDelete", out var retain) && retain.GetBoolean(),
        DeleteBeforeReplace = options.TryGetProperty("deleteBeforeReplace", out var first) ? first.GetBoolean() : null,
        IgnoreChanges = Texts(options, "ignoreChanges"),
        ReplaceOnChanges = Texts(options, "replaceOnChanges"),
        AdditionalSecretOutputs = Texts(options, "additionalSecretOutputs"),
        Aliases = Texts(options, "aliases"),
        DeletedWith = Text(options, "deletedWith"),
        ReplaceWith = Texts(options, "replaceWith"),
        HideDiffs = Texts(options, "hideDiffs"),
        ImportId = Text(options, "import"),
        Version = Text(options, "version"),
        Timeouts = options.TryGetProperty("timeouts", out var timeouts)
            ? new OperationTimeouts(Text(timeouts, "create"), Text(timeouts, "update"), Text(timeouts, "delete"))
            : new OperationTimeouts(),
    };

    private static void WriteOptions(Utf8JsonWriter writer, ResourceOptions options)
    {
        writer.WriteStartObject("options");
        if (options.Protect)
        {
            writer.WriteBoolean("protect", true);
        }

        if (options.RetainOnDelete)
        {
            writer.WriteBoolean("retainOnDelete", true);
        }

        if (options.DeleteBeforeReplace is { } deleteBeforeReplace)
        {
            writer.WriteBoolean("deleteBeforeReplace", deleteBeforeReplace);
        }

        WriteUnlessEmpty(writer, "ignoreChanges", options.IgnoreChanges);
        WriteUnlessEmpty(writer, "replaceOnChanges", options.ReplaceOnChanges);
        WriteUnlessEmpty(writer, "additionalSecretOutputs", options.AdditionalSecretOutputs);
        WriteUnlessEmpty(writer, "aliases", options.Aliases);
        WriteUnlessEmpty(writer, "deletedWith", options.DeletedWith);
        WriteUnlessEmpty(writer, "replaceWith", options.ReplaceWith);
        WriteUnlessEmpty(writer, "hideDiffs", options.HideDiffs);
        WriteUnlessEmpty(writer, "import", options.ImportId);
        WriteUnlessEmpty(writer, "version", options.Version);
        if (options.Timeouts != new OperationTimeouts())
        {
            writer.WriteStartObject("timeouts");
            WriteUnlessEmpty(writer, "create", options.Timeouts.Create);
            WriteUnlessEmpty(writer, "update", options.Timeouts.Update);
            WriteUnlessEmpty(writer, "delete", options.Timeouts.Delete);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter writer, string name, MapValue properties)
    {
        writer.WritePropertyName(name);
        PropertyJson.Write(writer, properties);
    }

    private static void WriteDependencies(Utf8JsonWriter writer, ImmutableSortedDictionary<string, ImmutableArray<string>> dependencies)
    {
        // SDKs differ in whether they list properties that depend on nothing, which says nothing.
        var telling = dependencies.Where(entry => entry.Value.Length > 0).ToArray();
        if (telling.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("propertyDependencies");
        foreach (var (property, urns) in telling)
        {
            WriteUnlessEmpty(writer, property, urns);
        }

        writer.WriteEndObject();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter writer, string name, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        if (texts.Length == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string KindText(ResourceKind kind) => kind switch
    {
        ResourceKind.Custom => "custom",
        ResourceKind.Component => "component",
        ResourceKind.Read => "read",
        _ => "defaultProvider",
    };

    private static ResourceKind ReadKind(string? text) => text switch
    {
        "custom" => ResourceKind.Custom,
        "component" => ResourceKind.Component,
        "read" => ResourceKind.Read,
        "defaultProvider" => ResourceKind.DefaultProvider,
        _ => throw new FormatException($"'{text}' is no kind of resource."),
    };

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static ImmutableArray<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")] : [];
}
