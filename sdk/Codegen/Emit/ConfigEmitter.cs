using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>The class Config: one static property per configuration variable of the package, which a program may override.</summary>
internal sealed class ConfigEmitter
{
    private readonly PackageSchema _package;
    private readonly TypeMapper _types;

    public ConfigEmitter(PackageSchema package, TypeMapper types)
    {
        _package = package;
        _types = types;
    }

    public void Write(CodeWriter writer, IReadOnlyList<SchemaObject> objects)
    {
        if (_package.Config.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line("/// <summary>The package's settings of the stack.</summary>");
        using (writer.Braces("public static class Config"))
        {
            foreach (var variable in _package.Config)
            {
                WriteVariable(writer, variable);
            }

            using (writer.Braces("private sealed class Setting<T>"))
            {
                writer.Lines(
                    "private readonly global::System.Func<global::Pulumi.Config, T> _read;",
                    "private T _value = default!;",
                    "private bool _isSet;",
                    "",
                    "public Setting(global::System.Func<global::Pulumi.Config, T> read) => _read = read;",
                    "",
                    $"public T Get() => _isSet ? _value : _read(new global::Pulumi.Config({CSharpName.Quote(_package.Name)}));",
                    "");
                using (writer.Braces("public void Set(T value)"))
                {
                    writer.Line("_value = value;");
                    writer.Line("_isSet = true;");
                }
            }

            WriteTypes(writer, objects);
        }
    }

    private void WriteVariable(CodeWriter writer, SchemaProperty variable)
    {
        var type = _types.Output(variable, ObjectShape.Config);
        var key = CSharpName.Quote(variable.Name);
        var read = variable.Type switch
        {
            PrimitiveType { Kind: PrimitiveKind.String } => $"config.Get({key})",
            PrimitiveType { Kind: PrimitiveKind.Boolean } => $"config.GetBoolean({key})",
            PrimitiveType { Kind: PrimitiveKind.Integer } => $"config.GetInt32({key})",
            PrimitiveType { Kind: PrimitiveKind.Number } => $"config.GetDouble({key})",
            _ => $"config.GetObject<{type.TrimEnd('?')}>({key})",
        };
        var field = CSharpName.Field(variable.Name);
        writer.Line($"private static readonly Setting<{type}> {field} = new Setting<{type}>(config => {read});");
        writer.Summary(variable.Description);
        writer.Obsolete(variable.Deprecation);
        using (writer.Braces($"public static {type} {CSharpName.OfProperty(variable)}"))
        {
            writer.Line($"get => {field}.Get();");
            writer.Line($"set => {field}.Set(value);");
        }

        writer.Line();
    }

    private void WriteTypes(CodeWriter writer, IReadOnlyList<SchemaObject> objects)
    {
        if (objects.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line("/// <summary>The shapes of settings that are objects.</summary>");
        using (writer.Braces("public static class Types"))
        {
            foreach (var type in objects)
            {
                using (writer.Braces($"public class {CSharpName.OfToken(type.Token)}"))
                {
                    foreach (var property in type.Properties)
                    {
                        var mapped = _types.Output(property, ObjectShape.Config);
                        var initial = mapped.EndsWith('?') || mapped is "int" or "double" or "bool" ? "" : " = default!;";
                        writer.Line($"public {mapped} {CSharpName.OfProperty(property)} {{ get; set; }}{initial}");
                    }
                }
            }
        }
    }
}
