using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>How an input property holds its value; each kind has its own wrapper type.</summary>
internal enum InputKind
{
    Plain,
    Value,
    List,
    Map,
    Union,
    Json,
}

/// <summary>The C# type of a schema type in each place where it can stand.</summary>
internal sealed class TypeMapper
{
    private const string Immutable = "global::System.Collections.Immutable.Immutable";
    private const string Generic = "global::System.Collections.Generic.";

    private readonly PackageSchema _package;
    private readonly PackageNames _names;

    public TypeMapper(PackageSchema package, PackageNames names)
    {
        _package = package;
        _names = names;
    }

    public static InputKind KindOf(SchemaProperty property, ObjectShape shape) =>
        property.Plain || shape == ObjectShape.FunctionPlain
            ? InputKind.Plain
            : property.Type switch
            {
                ListType => InputKind.List,
                MapType => InputKind.Map,
                UnionType { Alternatives.Count: 2 } => InputKind.Union,
                JsonType => InputKind.Json,
                _ => InputKind.Value,
            };

    /// <summary>The type of an input property, without the mark of an optional one.</summary>
    public string Input(SchemaProperty property, ObjectShape shape) => KindOf(property, shape) switch
    {
        InputKind.Plain => Plain(property.Type, shape),
        InputKind.List => $"global::Pulumi.InputList<{Element(((ListType)property.Type).Items, shape)}>",
        InputKind.Map => $"global::Pulumi.InputMap<{Element(((MapType)property.Type).Values, shape)}>",
        InputKind.Union => $"global::Pulumi.InputUnion<{Pair((UnionType)property.Type, shape)}>",
        InputKind.Json => "global::Pulumi.InputJson",
        _ => $"global::Pulumi.Input<{Element(property.Type, shape)}>",
    };

    /// <summary>The type of an output value; lists are never nullable, an absent one is the default.</summary>
    public string Output(SchemaProperty property, ObjectShape shape)
    {
        var type = Element(property.Type, shape);
        var alwaysThere = _package.CSharp.Compatibility == Compatibility.Kubernetes20 && shape != ObjectShape.Config;
        var optional = !property.Required && !alwaysThere;
        return optional && property.Type is not ListType ? $"{type}?" : type;
    }

    /// <summary>The type as it stands inside a generic wrapper.</summary>
    public string Element(SchemaType type, ObjectShape shape) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String } => "string",
        PrimitiveType { Kind: PrimitiveKind.Integer } => "int",
        PrimitiveType { Kind: PrimitiveKind.Number } => "double",
        PrimitiveType { Kind: PrimitiveKind.Boolean } => "bool",
        AnyType => "object",
        JsonType => "global::System.Text.Json.JsonElement",
        AssetType asset => asset.ArchiveOnly ? "global::Pulumi.Archive" : "global::Pulumi.AssetOrArchive",
        ListType list => $"{Immutable}Array<{Element(list.Items, shape)}>",
        MapType map => $"{Immutable}Dictionary<string, {Element(map.Values, shape)}>",
        ResourceReference reference => _names.Resource(_package.Resources[reference.Token]).Global,
        TypeReference reference => Named(reference.Token, shape).Global,
        UnionType union => Union(union, shape),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The type of a plain value, which a caller fills: lists and maps are the mutable ones.</summary>
    public string Plain(SchemaType type, ObjectShape shape) => type switch
    {
        ListType list => $"{Generic}List<{Plain(list.Items, shape)}>",
        MapType map => $"{Generic}Dictionary<string, {Plain(map.Values, shape)}>",
        _ => Element(type, shape),
    };

    public ClassName Named(string token, ObjectShape shape) =>
        _package.Enums.ContainsKey(token) ? _names.Enum(token) : _names.Nested(token, shape);

    private string Union(UnionType union, ObjectShape shape)
    {
        // A service may answer with a value that the enum does not know yet, so outputs are of the enum's plain type.
        if (IsOutput(shape) && union.Alternatives.OfType<TypeReference>().Any(a => _package.Enums.ContainsKey(a.Token)))
        {
            var plain = union.Alternatives.OfType<PrimitiveType>().FirstOrDefault();
            return plain is null ? "object" : Element(plain, shape);
        }

        return union.Alternatives.Count == 2 ? $"global::Pulumi.Union<{Pair(union, shape)}>" : "object";
    }

    private string Pair(UnionType union, ObjectShape shape) =>
        $"{Element(union.Alternatives[0], shape)}, {Element(union.Alternatives[1], shape)}";

    private static bool IsOutput(ObjectShape shape) =>
        shape is ObjectShape.Output or ObjectShape.FunctionOutput or ObjectShape.Config;
}
