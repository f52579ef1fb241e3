using CantonInfra.Codegen.Naming;

namespace CantonInfra.Codegen.Schema;

/// <summary>Reads an enum of the <c>types</c> section.</summary>
internal static class EnumReader
{
    /// <summary>The enum, or null for a type that is not one.</summary>
    public static SchemaEnum? Read(string token, SchemaNode node)
    {
        if (node.Optional("enum") is null)
        {
            return null;
        }

        var type = node.Required("type");
        var isNumber = type.AsText() switch
        {
            "string" => false,
            "number" or "integer" => true,
            var other => throw type.Error($"an enum cannot be of type '{other}'"),
        };
        var values = node.Elements("enum").Select(value => ReadValue(token, value, isNumber)).ToList();
        if (values.Count == 0)
        {
            throw node.Error("an enum needs values");
        }

        if (values.GroupBy(value => value.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw node.Required("enum").Error($"two values have the C# name '{twice.Key}'");
        }

        return new SchemaEnum(token, node.Path, node.Text("description"), isNumber, values);
    }

    private static SchemaEnumValue ReadValue(string token, SchemaNode node, bool isNumber)
    {
        var valueNode = node.Required("value");
        var value = valueNode.AsLiteral();
        if (value is string == isNumber || value is bool)
        {
            throw valueNode.Error(isNumber ? "must be a number" : "must be a string");
        }

        var name = node.TryGetText("name", out var given) && CSharpName.IsIdentifier(given)
            ? given
            : CSharpName.OfEnumValue(given ?? CSharpName.Literal(value).Trim('"'), CSharpName.OfToken(token));

        // The struct of the enum has a method of that name.
        name = name == "Equals" ? "EqualsValue" : name;
        return CSharpName.IsIdentifier(name)
            ? new SchemaEnumValue(name, value, node.Text("description"))
            : throw node.Error("has no usable name: give it a 'name'");
    }
}
