using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>Statements that give properties their default and constant values.</summary>
internal sealed class DefaultsEmitter
{
    private readonly PackageSchema _package;
    private readonly PackageNames _names;

    public DefaultsEmitter(PackageSchema package, PackageNames names)
    {
        _package = package;
        _names = names;
    }

    /// <summary>Defaults, as statements of a constructor.</summary>
    public void Write(CodeWriter writer, IReadOnlyList<SchemaProperty> properties, ObjectShape shape)
    {
        foreach (var property in properties.Where(p => p.Default is not null || p.DefaultEnvironment.Count > 0))
        {
            var name = CSharpName.OfProperty(property);
            if (property.Default is not null)
            {
                writer.Line($"{name} = {Value(property.Type, property.Default, property.Path)};");
            }

            if (property.DefaultEnvironment.Count > 0 && TypeMapper.KindOf(property, shape) is InputKind.Value or InputKind.Plain)
            {
                WriteEnvironment(writer, property, name);
            }
        }
    }

    /// <summary>The only value of a constant property.</summary>
    public string Constant(SchemaProperty property) => Value(property.Type, property.Const!, property.Path);

    private void WriteEnvironment(CodeWriter writer, SchemaProperty property, string name)
    {
        var (suffix, isKnown) = property.Type switch
        {
            PrimitiveType { Kind: PrimitiveKind.String } => ("", true),
            PrimitiveType { Kind: PrimitiveKind.Boolean } => ("Boolean", true),
            PrimitiveType { Kind: PrimitiveKind.Integer } => ("Int32", true),
            PrimitiveType { Kind: PrimitiveKind.Number } => ("Double", true),
            _ => ("", false),
        };
        if (!isKnown)
        {
            throw new SchemaException(property.Path, "a default from the environment needs a string, boolean or number");
        }

        var variables = string.Join(", ", property.DefaultEnvironment.Select(CSharpName.Quote));
        using (writer.Braces($"if ({_names.Utilities.Global}.GetEnv{suffix}({variables}) is {{ }} from{name})"))
        {
            writer.Line($"{name} = from{name};");
        }
    }

    private string Value(SchemaType type, object value, string path)
    {
        switch (type)
        {
            case TypeReference { Token: var token } when _package.Enums.TryGetValue(token, out var enumType):
                var member = enumType.Values.FirstOrDefault(v => v.Value.Equals(value))
                    ?? throw new SchemaException(path, $"{CSharpName.Literal(value)} is not a value of {token}");
                return $"{_names.Enum(token).Global}.{member.Name}";
            case TypeReference:
                throw new SchemaException(path, "an object cannot have a literal as its value");
            case UnionType union when union.Alternatives.FirstOrDefault(a => Fits(a, value)) is { } alternative:
                return Value(alternative, value, path);
            case UnionType:
                throw new SchemaException(path, $"{CSharpName.Literal(value)} fits none of the alternatives");
            case PrimitiveType { Kind: PrimitiveKind.Number } when value is int whole:
                return CSharpName.Literal((double)whole);
            default:
                return CSharpName.Literal(value);
        }
    }

    private bool Fits(SchemaType type, object value) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String } => value is string,
        PrimitiveType { Kind: PrimitiveKind.Boolean } => value is bool,
        PrimitiveType { Kind: PrimitiveKind.Integer } => value is int,
        PrimitiveType { Kind: PrimitiveKind.Number } => value is int or double,
        TypeReference { Token: var token } => _package.Enums.TryGetValue(token, out var e) && e.Values.Any(v => v.Value.Equals(value)),
        _ => false,
    };
}
