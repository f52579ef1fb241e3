namespace CantonInfra.Codegen.Schema;

/// <summary>Reads lists of properties.</summary>
internal sealed class PropertyReader
{
    private readonly TypeReader _types;

    public PropertyReader(TypeReader types)
    {
        _types = types;
    }

    /// <summary>Properties in the order of their names, so that generated code does not depend on the order of the schema.</summary>
    public IReadOnlyList<SchemaProperty> Read(SchemaNode owner, string propertiesKey, string? requiredKey)
    {
        var required = requiredKey is null ? [] : owner.Texts(requiredKey).ToHashSet(StringComparer.Ordinal);
        var properties = owner.Members(propertiesKey)
            .Select(member => ReadOne(member.Key, member.Value, required.Contains(member.Key)))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .ToList();
        required.ExceptWith(properties.Select(property => property.Name));
        if (required.Count > 0)
        {
            throw owner.Required(requiredKey!).Error($"'{required.Order(StringComparer.Ordinal).First()}' is not one of the properties");
        }

        return properties;
    }

    private SchemaProperty ReadOne(string name, SchemaNode node, bool required)
    {
        var type = _types.Read(node);
        return new SchemaProperty
        {
            Name = name,
            Path = node.Path,
            Type = type,
            Required = required,
            Secret = node.Flag("secret"),
            Plain = node.Flag("plain"),
            Const = Literal(node, "const", type),
            Default = Literal(node, "default", type),
            DefaultEnvironment = node.Optional("defaultInfo")?.Texts("environment") ?? [],
            ReplaceOnChanges = node.Flag("replaceOnChanges"),
            WillReplaceOnChanges = node.Flag("willReplaceOnChanges"),
            CSharpName = node.Optional("language")?.Optional("csharp")?.Text("name"),
            Description = node.Text("description"),
            Deprecation = node.Text("deprecationMessage"),
        };
    }

    private static object? Literal(SchemaNode node, string key, SchemaType type)
    {
        if (node.Optional(key) is not { } literalNode)
        {
            return null;
        }

        var literal = literalNode.AsLiteral();
        var fits = type switch
        {
            PrimitiveType { Kind: PrimitiveKind.String } => literal is string,
            PrimitiveType { Kind: PrimitiveKind.Boolean } => literal is bool,
            PrimitiveType { Kind: PrimitiveKind.Integer } => literal is int,
            PrimitiveType { Kind: PrimitiveKind.Number } => literal is int or double,
            UnionType or TypeReference or AnyType => true,
            _ => false,
        };
        return fits ? literal : throw literalNode.Error("does not fit the type of the property");
    }
}
