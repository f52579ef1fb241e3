namespace CantonInfra.Codegen.Schema;

/// <summary>The type of a property.</summary>
internal abstract record SchemaType;

/// <summary>The types that JSON has itself, with whole numbers apart.</summary>
internal enum PrimitiveKind
{
    String,
    Integer,
    Number,
    Boolean,
}

internal sealed record PrimitiveType(PrimitiveKind Kind) : SchemaType
{
    public static readonly PrimitiveType String = new(PrimitiveKind.String);
}

internal sealed record ListType(SchemaType Items) : SchemaType;

internal sealed record MapType(SchemaType Values) : SchemaType;

/// <summary>Any value, <c>pulumi.json#/Any</c>.</summary>
internal sealed record AnyType : SchemaType;

/// <summary>A JSON document, <c>pulumi.json#/Json</c>.</summary>
internal sealed record JsonType : SchemaType;

/// <summary>An asset or an archive, <c>pulumi.json#/Asset</c>; an archive only, <c>pulumi.json#/Archive</c>.</summary>
internal sealed record AssetType(bool ArchiveOnly) : SchemaType;

/// <summary>An object or enum of the package's <c>types</c>.</summary>
internal sealed record TypeReference(string Token) : SchemaType;

/// <summary>A resource of the package.</summary>
internal sealed record ResourceReference(string Token) : SchemaType;

/// <summary>One of several types.</summary>
internal sealed record UnionType(IReadOnlyList<SchemaType> Alternatives) : SchemaType;
