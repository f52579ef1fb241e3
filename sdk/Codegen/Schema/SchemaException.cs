namespace CantonInfra.Codegen.Schema;

/// <summary>A schema that cannot be used, with the JSON path of the place that is wrong.</summary>
internal sealed class SchemaException : Exception
{
    public SchemaException(string path, string message)
        : base($"{path}: {message}")
    {
        Path = path;
    }

    /// <summary>Where in the schema, as a path of keys from the root, e.g. <c>/types/a:b:C/properties/d</c>.</summary>
    public string Path { get; }
}
