namespace CantonInfra.Codegen.Schema;

/// <summary>Reads a type of the package-schema format.</summary>
internal sealed class TypeReader
{
    private const string TypePrefix = "#/types/";
    private const string ResourcePrefix = "#/resources/";

    private readonly IReadOnlySet<string> _types;
    private readonly IReadOnlySet<string> _resources;

    public TypeReader(IReadOnlySet<string> types, IReadOnlySet<string> resources)
    {
        _types = types;
        _resources = resources;
    }

    public SchemaType Read(SchemaNode node)
    {
        if (node.Text("$ref") is { } reference)
        {
            return ReadReference(node, reference);
        }

        var alternatives = node.Elements("oneOf");
        if (alternatives.Count > 0)
        {
            return Union([.. alternatives.Select(Read)]);
        }

        return node.Text("type") switch
        {
            null => throw node.Error("has neither 'type', '$ref' nor 'oneOf'"),
            "string" => PrimitiveType.String,
            "integer" => new PrimitiveType(PrimitiveKind.Integer),
            "number" => new PrimitiveType(PrimitiveKind.Number),
            "boolean" => new PrimitiveType(PrimitiveKind.Boolean),
            "array" => new ListType(Read(node.Required("items"))),
            "object" => new MapType(node.Optional("additionalProperties") is { } values ? Read(values) : PrimitiveType.String),
            var unknown => throw node.Error($"'{unknown}' is not a type"),
        };
    }

    private SchemaType ReadReference(SchemaNode node, string reference)
    {
        switch (reference)
        {
            case "pulumi.json#/Any":
                return new AnyType();
            case "pulumi.json#/Json":
                return new JsonType();
            case "pulumi.json#/Asset":
                return new AssetType(ArchiveOnly: false);
            case "pulumi.json#/Archive":
                return new AssetType(ArchiveOnly: true);
        }

        // Tokens may be percent-encoded, since the reference is a URI.
        var decoded = Uri.UnescapeDataString(reference);
        if (decoded.StartsWith(TypePrefix, StringComparison.Ordinal) && _types.Contains(decoded[TypePrefix.Length..]))
        {
            return new TypeReference(decoded[TypePrefix.Length..]);
        }

        if (decoded.StartsWith(ResourcePrefix, StringComparison.Ordinal) && _resources.Contains(decoded[ResourcePrefix.Length..]))
        {
            return new ResourceReference(decoded[ResourcePrefix.Length..]);
        }

        throw node.Error($"the schema has nothing at '{reference}'");
    }

    private static SchemaType Union(List<SchemaType> alternatives)
    {
        var distinct = alternatives.Distinct().ToList();
        return distinct.Count == 1 ? distinct[0] : new UnionType(distinct);
    }
}
