using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>An enum as a struct over its value, so that it can be extended by the service without breaking programs.</summary>
internal static class EnumEmitter
{
    public static void Write(CodeWriter writer, ClassName name, SchemaEnum type)
    {
        var value = type.IsNumber ? "double" : "string";
        writer.Line();
        writer.Summary(type.Description);
        writer.Line("[global::Pulumi.EnumType]");
        using (writer.Braces($"public readonly partial struct {name.Name} : global::System.IEquatable<{name.Name}>"))
        {
            writer.Line($"private readonly {value} _value;");
            writer.Line();
            writer.Line(type.IsNumber
                ? $"private {name.Name}(double value) => _value = value;"
                : $"private {name.Name}(string value) => _value = value ?? throw new global::System.ArgumentNullException(nameof(value));");
            writer.Line();
            foreach (var member in type.Values)
            {
                writer.Summary(member.Description);
                writer.Line($"public static {name.Name} {member.Name} {{ get; }} = new {name.Name}({CSharpName.Literal(member.Value)});");
            }

            writer.Lines(
                "",
                $"public static bool operator ==({name.Name} left, {name.Name} right) => left.Equals(right);",
                $"public static bool operator !=({name.Name} left, {name.Name} right) => !left.Equals(right);",
                "",
                $"public static explicit operator {value}({name.Name} value) => value._value;",
                "",
                "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]",
                $"public override bool Equals(object? obj) => obj is {name.Name} other && Equals(other);",
                type.IsNumber
                    ? $"public bool Equals({name.Name} other) => _value == other._value;"
                    : $"public bool Equals({name.Name} other) => string.Equals(_value, other._value, global::System.StringComparison.Ordinal);",
                "",
                "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]",
                type.IsNumber ? "public override int GetHashCode() => _value.GetHashCode();" : "public override int GetHashCode() => _value?.GetHashCode() ?? 0;",
                "",
                type.IsNumber
                    ? "public override string ToString() => _value.ToString(global::System.Globalization.CultureInfo.InvariantCulture);"
                    : "public override string ToString() => _value;");
        }
    }
}
