using System.Text;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>One reading of properties into the program's types: where it is, and what did not fit.</summary>
/// <param name="shapes">What is known of the program's types.</param>
/// <param name="resolve">Finds the resource that a reference names.</param>
internal sealed class ReadContext(TypeShapes shapes, Func<ResourceReferenceValue, Type, Resource?> resolve)
{
    private readonly List<string> _path = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public TypeShapes Shapes => shapes;

    public object? Read(Type type, PropertyValue value)
    {
        var plain = value.Unwrapped;
        var reader = shapes.Reader(type);
        return plain is NullValue or UnknownValue ? reader.Nothing : reader.Read(plain, this);
    }

    public object? ReadAt(string segment, Type type, PropertyValue value)
    {
        _path.Add(segment);
        var result = Read(type, value);
        _path.RemoveAt(_path.Count - 1);
        return result;
    }

    public Resource? Resolve(ResourceReferenceValue reference, Type type) => resolve(reference, type);

    /// <summary>Notes that a value has the wrong shape; it is never shown, because it may be secret.</summary>
    public void Report(PropertyValue value, string expected)
    {
        var path = new StringBuilder();
        foreach (var segment in _path)
        {
            path.Append(path.Length > 0 && segment[0] != '[' ? "." : "").Append(segment);
        }

        _problems.Add($"'{path}' is {Describe(value)} where the program expects {expected}");
    }

    /// <summary>Reads as one of several types: what did not fit is forgotten, for another type may.</summary>
    public bool TryRead(Type type, PropertyValue value, out object? result)
    {
        var before = _problems.Count;
        result = Read(type, value);
        var fits = _problems.Count == before;
        _problems.RemoveRange(before, _problems.Count - before);
        return fits;
    }

    private static string Describe(PropertyValue value) => value switch
    {
        BoolValue => "a boolean",
        NumberValue => "a number",
        StringValue => "a string",
        ListValue => "a list",
        MapValue => "an object",
        AssetValue => "an asset",
        ArchiveValue => "an archive",
        ResourceReferenceValue => "a resource",
        _ => "something else",
    };
}
