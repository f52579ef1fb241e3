using System.Text.Json;

namespace CantonInfra.Codegen.Schema;

/// <summary>Reads and checks a schema.json; whatever is wrong is a <see cref="SchemaException"/> with its path.</summary>
internal sealed class SchemaReader
{
    private readonly SchemaNode _root;
    private readonly PropertyReader _properties;

    private SchemaReader(SchemaNode root)
    {
        _root = root;
        var types = Tokens(root, "types");
        var resources = Tokens(root, "resources");
        _ = Tokens(root, "functions");
        _properties = new PropertyReader(new TypeReader(types, resources));
    }

    public static PackageSchema Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw new SchemaException("/", $"is not JSON: {error.Message}");
        }

        using (document)
        {
            var package = new SchemaReader(new SchemaNode(document.RootElement, "")).ReadPackage();
            SchemaChecks.Run(package);
            return package;
        }
    }

    private static HashSet<string> Tokens(SchemaNode root, string key)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (token, node) in root.Members(key))
        {
            if (token.Split(':') is not { Length: 3 } parts || parts.Any(part => part.Length == 0))
            {
                throw node.Error("is not a token of the form package:module:name");
            }

            tokens.Add(token);
        }

        return tokens;
    }

    private PackageSchema ReadPackage()
    {
        var name = _root.Required("name").AsText();
        var provider = _root.Optional("provider");
        return new PackageSchema
        {
            Name = name,
            Version = _root.Required("version").AsText(),
            PluginDownloadUrl = _root.Text("pluginDownloadURL"),
            CSharp = ReadSettings(_root.Optional("language")?.Optional("csharp")),
            ModuleFormat = _root.Optional("meta")?.Text("moduleFormat") ?? "(.*)",
            Config = _root.Optional("config") is { } config ? _properties.Read(config, "variables", null) : [],
            Provider = provider is { } node ? ReadProvider(name, node) : EmptyProvider(name),
            Resources = ByToken("resources", ReadResource),
            Objects = ByToken("types", ReadObject),
            Enums = ByToken("types", EnumReader.Read),
            Functions = ByToken("functions", ReadFunction),
        };
    }

    private SortedDictionary<string, T> ByToken<T>(string key, Func<string, SchemaNode, T?> read)
        where T : class
    {
        var found = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (token, node) in _root.Members(key))
        {
            if (read(token, node) is { } value)
            {
                found.Add(token, value);
            }
        }

        return found;
    }

    private static CSharpSettings ReadSettings(SchemaNode? node)
    {
        var compatibility = node?.Optional("compatibility") is { } value
            ? value.AsText() switch
            {
                "" => Compatibility.None,
                "tfbridge20" => Compatibility.TfBridge20,
                "kubernetes20" => Compatibility.Kubernetes20,
                var unknown => throw value.Error($"'{unknown}' is neither tfbridge20 nor kubernetes20"),
            }
            : Compatibility.None;
        var namespaces = node?.Members("namespaces").ToDictionary(
            member => member.Key, member => member.Value.AsText(), StringComparer.Ordinal);
        return new CSharpSettings(node?.Text("rootNamespace") ?? "Pulumi", compatibility, namespaces ?? []);
    }

    private static SchemaResource EmptyProvider(string package) =>
        new() { Token = $"pulumi:providers:{package}", Path = "/provider", IsProvider = true, Outputs = [], Inputs = [] };

    private SchemaResource ReadProvider(string package, SchemaNode node)
    {
        var provider = ReadResource($"pulumi:providers:{package}", node) with { IsProvider = true };
        // The engine knows a provider's settings as strings only.
        return provider with { Outputs = [.. provider.Outputs.Where(output => output.Type == PrimitiveType.String)] };
    }

    private SchemaResource ReadResource(string token, SchemaNode node) => new()
    {
        Token = token,
        Path = node.Path,
        Description = node.Text("description"),
        Deprecation = node.Text("deprecationMessage"),
        IsComponent = node.Flag("isComponent"),
        Outputs = _properties.Read(node, "properties", "required"),
        Inputs = _properties.Read(node, "inputProperties", "requiredInputs"),
        State = node.Optional("stateInputs") is { } state ? _properties.Read(state, "properties", "required") : null,
        Aliases = [.. node.Elements("aliases").Select(alias =>
            new SchemaAlias(alias.Text("type"), alias.Text("name"), alias.Text("project")))],
    };

    private SchemaObject? ReadObject(string token, SchemaNode node)
    {
        if (node.Optional("enum") is not null)
        {
            return null;
        }

        if (node.Required("type") is var type && type.AsText() != "object")
        {
            throw type.Error("must be 'object' for a type without 'enum'");
        }

        return new SchemaObject(token, node.Path, node.Text("description"), _properties.Read(node, "properties", "required"));
    }

    private SchemaFunction ReadFunction(string token, SchemaNode node) => new()
    {
        Token = token,
        Path = node.Path,
        Description = node.Text("description"),
        Deprecation = node.Text("deprecationMessage"),
        Inputs = node.Optional("inputs") is { } inputs ? _properties.Read(inputs, "properties", "required") : [],
        Outputs = node.Optional("outputs") is { } outputs ? _properties.Read(outputs, "properties", "required") : null,
    };
}
