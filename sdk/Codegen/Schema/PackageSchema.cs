namespace CantonInfra.Codegen.Schema;

/// <summary>A Pulumi package: what its schema.json says, checked.</summary>
internal sealed record PackageSchema
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public string? PluginDownloadUrl { get; init; }

    public required CSharpSettings CSharp { get; init; }

    /// <summary>Takes the module out of a token's middle part, as the schema's <c>meta.moduleFormat</c> says.</summary>
    public string ModuleFormat { get; init; } = "(.*)";

    public IReadOnlyList<SchemaProperty> Config { get; init; } = [];

    public required SchemaResource Provider { get; init; }

    public required IReadOnlyDictionary<string, SchemaResource> Resources { get; init; }

    public required IReadOnlyDictionary<string, SchemaObject> Objects { get; init; }

    public required IReadOnlyDictionary<string, SchemaEnum> Enums { get; init; }

    public required IReadOnlyDictionary<string, SchemaFunction> Functions { get; init; }
}

/// <summary>The family of naming conventions that an official package follows.</summary>
internal enum Compatibility
{
    None,

    /// <summary>Bridged Terraform providers: function results get the suffix Result.</summary>
    TfBridge20,

    /// <summary>Kubernetes: types live below Types, outputs are never nullable, args are always optional.</summary>
    Kubernetes20,
}

/// <summary>The <c>language.csharp</c> settings of a package.</summary>
internal sealed record CSharpSettings(
    string RootNamespace,
    Compatibility Compatibility,
    IReadOnlyDictionary<string, string> Namespaces);

/// <summary>A resource, component or the provider itself.</summary>
internal sealed record SchemaResource
{
    public required string Token { get; init; }

    /// <summary>Where the schema has it, for errors found later.</summary>
    public required string Path { get; init; }

    public string? Description { get; init; }

    public string? Deprecation { get; init; }

    public bool IsProvider { get; init; }

    public bool IsComponent { get; init; }

    public required IReadOnlyList<SchemaProperty> Outputs { get; init; }

    public required IReadOnlyList<SchemaProperty> Inputs { get; init; }

    /// <summary>What a lookup of an existing resource may be narrowed by; null where the package has none.</summary>
    public IReadOnlyList<SchemaProperty>? State { get; init; }

    public IReadOnlyList<SchemaAlias> Aliases { get; init; } = [];
}

/// <summary>A former identity of a resource.</summary>
internal sealed record SchemaAlias(string? Type, string? Name, string? Project);

/// <summary>A nested object type.</summary>
internal sealed record SchemaObject(string Token, string Path, string? Description, IReadOnlyList<SchemaProperty> Properties);

/// <summary>An enum of strings or numbers.</summary>
internal sealed record SchemaEnum(string Token, string Path, string? Description, bool IsNumber, IReadOnlyList<SchemaEnumValue> Values);

/// <summary>One value of an enum: its C# name and the literal.</summary>
internal sealed record SchemaEnumValue(string Name, object Value, string? Description);

/// <summary>A function, invoked without making a resource.</summary>
internal sealed record SchemaFunction
{
    public required string Token { get; init; }

    public required string Path { get; init; }

    public string? Description { get; init; }

    public string? Deprecation { get; init; }

    public IReadOnlyList<SchemaProperty> Inputs { get; init; } = [];

    public IReadOnlyList<SchemaProperty>? Outputs { get; init; }
}

/// <summary>A property of a resource, object or function.</summary>
internal sealed record SchemaProperty
{
    /// <summary>The name on the wire.</summary>
    public required string Name { get; init; }

    public required string Path { get; init; }

    public required SchemaType Type { get; init; }

    public bool Required { get; init; }

    public bool Secret { get; init; }

    public bool Plain { get; init; }

    /// <summary>The only value, set by the generated code: a string, bool, int or double.</summary>
    public object? Const { get; init; }

    /// <summary>The value when none is given: a string, bool, int or double.</summary>
    public object? Default { get; init; }

    /// <summary>Environment variables that give the value when none is given.</summary>
    public IReadOnlyList<string> DefaultEnvironment { get; init; } = [];

    public bool ReplaceOnChanges { get; init; }

    /// <summary>The provider replaces the resource when this changes; for reports, the generated code has no use for it.</summary>
    public bool WillReplaceOnChanges { get; init; }

    /// <summary>The C# name where it is not the wire name with an upper-case first letter.</summary>
    public string? CSharpName { get; init; }

    public string? Description { get; init; }

    public string? Deprecation { get; init; }
}
