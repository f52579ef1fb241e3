using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>A class of inputs: args, state, nested inputs and arguments of functions.</summary>
internal sealed class ArgsEmitter
{
    private readonly TypeMapper _types;
    private readonly DefaultsEmitter _defaults;
    private readonly PackageNames _names;

    public ArgsEmitter(TypeMapper types, DefaultsEmitter defaults, PackageNames names)
    {
        _types = types;
        _defaults = defaults;
        _names = names;
    }

    /// <param name="writer">Where the class goes.</param>
    /// <param name="name">The class.</param>
    /// <param name="baseClass">The public base: ResourceArgs or InvokeArgs.</param>
    /// <param name="properties">What it holds.</param>
    /// <param name="shape">Which shape nested objects have in it.</param>
    /// <param name="ofProvider">Whether values other than strings travel as JSON text.</param>
    public void Write(
        CodeWriter writer, ClassName name, string baseClass, IReadOnlyList<SchemaProperty> properties, ObjectShape shape, bool ofProvider)
    {
        writer.Line();
        using (writer.Braces($"public sealed partial class {name.Name} : global::Pulumi.{baseClass}"))
        {
            foreach (var property in properties)
            {
                WriteProperty(writer, property, shape, ofProvider);
            }

            using (writer.Braces($"public {name.Name}()"))
            {
                _defaults.Write(writer, properties, shape);
            }

            writer.Line();
            writer.Line($"public static new {name.Name} Empty => new {name.Name}();");
        }
    }

    private void WriteProperty(CodeWriter writer, SchemaProperty property, ObjectShape shape, bool ofProvider)
    {
        var name = CSharpName.OfProperty(property);
        var type = _types.Input(property, shape);
        var attribute = Attribute(property, ofProvider);
        var required = property.Required;
        var mark = required ? "" : "?";
        var kind = TypeMapper.KindOf(property, shape);
        var isCollection = kind is InputKind.List or InputKind.Map
            || (kind == InputKind.Plain && property.Type is ListType or MapType);
        if (!isCollection && !property.Secret)
        {
            writer.Summary(property.Description);
            writer.Line(attribute);
            writer.Obsolete(property.Deprecation);
            writer.Line($"public {CSharpName.Hiding(name)}{type}{mark} {name} {{ get; set; }}{(required ? Initial(type) : "")}");
            writer.Line();
            return;
        }

        var field = CSharpName.Field(property.Name);
        writer.Line(attribute);
        writer.Line($"private {type}? {field};");
        writer.Summary(property.Description);
        writer.Obsolete(property.Deprecation);
        using (writer.Braces($"public {CSharpName.Hiding(name)}{type}{(isCollection ? "" : mark)} {name}"))
        {
            writer.Line(isCollection ? $"get => {field} ??= new {type}();" : $"get => {field}{(required ? "!" : "")};");
            writer.Line($"set => {field} = {(property.Secret ? Wrap(kind) : "value")};");
        }

        writer.Line();
    }

    private static string Attribute(SchemaProperty property, bool ofProvider)
    {
        var required = property.Required ? ", required: true" : "";
        var json = ofProvider && property.Type != PrimitiveType.String ? ", json: true" : "";
        return $"[global::Pulumi.Input({CSharpName.Quote(property.Name)}{required}{json})]";
    }

    // Plain values of value types have a default; everything else is null until the caller sets it.
    private static string Initial(string type) => type is "int" or "double" or "bool" ? "" : " = null!;";

    private string Wrap(InputKind kind) => kind == InputKind.Plain
        ? "value"
        : $"{_names.Utilities.Global}.{kind switch
        {
            InputKind.List => "SecretList",
            InputKind.Map => "SecretMap",
            InputKind.Union => "SecretUnion",
            InputKind.Json => "SecretJson",
            _ => "SecretValue",
        }}(value)";
}
