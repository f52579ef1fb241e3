using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>A class of outputs: nested outputs and results of functions.</summary>
internal sealed class OutputTypeEmitter
{
    private readonly TypeMapper _types;

    public OutputTypeEmitter(TypeMapper types)
    {
        _types = types;
    }

    public void Write(CodeWriter writer, ClassName name, string? description, IReadOnlyList<SchemaProperty> properties, ObjectShape shape)
    {
        writer.Line();
        writer.Summary(description);
        writer.Line("[global::Pulumi.OutputType]");
        using (writer.Braces($"public sealed partial class {name.Name}"))
        {
            foreach (var property in properties)
            {
                writer.Summary(property.Description);
                var member = CSharpName.OfProperty(property);
                writer.Line($"public {CSharpName.Hiding(member)}readonly {_types.Output(property, shape)} {member};");
            }

            if (properties.Count > 0)
            {
                writer.Line();
            }

            writer.Line("[global::Pulumi.OutputConstructor]");
            var parameters = properties.Select(property => Parameter(property, shape)).ToList();
            if (parameters.Count == 0)
            {
                writer.Line($"private {name.Name}()");
            }
            else
            {
                writer.Line($"private {name.Name}(");
                for (var i = 0; i < parameters.Count; i++)
                {
                    writer.Line($"    {parameters[i]}{(i == parameters.Count - 1 ? ")" : ",")}");
                }
            }

            writer.Line("{");
            foreach (var property in properties)
            {
                writer.Line($"    this.{CSharpName.OfProperty(property)} = {CSharpName.Parameter(property.Name)};");
            }

            writer.Line("}");
        }
    }

    private string Parameter(SchemaProperty property, ObjectShape shape)
    {
        // The runtime matches parameters by name; a wire name that is no identifier is given in an attribute.
        var attribute = CSharpName.IsIdentifier(property.Name)
            ? ""
            : $"[global::Pulumi.OutputConstructorParameter({CSharpName.Quote(property.Name)})] ";
        return $"{attribute}{_types.Output(property, shape)} {CSharpName.Parameter(property.Name)}";
    }
}
