using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>A function: a static class that invokes it, its arguments in both shapes and its result.</summary>
internal sealed class FunctionEmitter
{
    private readonly PackageNames _names;
    private readonly ArgsEmitter _args;
    private readonly OutputTypeEmitter _outputs;

    public FunctionEmitter(PackageNames names, ArgsEmitter args, OutputTypeEmitter outputs)
    {
        _names = names;
        _args = args;
        _outputs = outputs;
    }

    public void Write(CodeWriter writer, SchemaFunction function)
    {
        var name = _names.Function(function);
        WriteInvokers(writer, function, name);
        if (function.Inputs.Count > 0)
        {
            _args.Write(writer, Suffixed(name, "Args"), "InvokeArgs", function.Inputs, ObjectShape.FunctionPlain, ofProvider: false);
            _args.Write(writer, Suffixed(name, "InvokeArgs"), "InvokeArgs", function.Inputs, ObjectShape.FunctionInput, ofProvider: false);
        }

        if (function.Outputs is { } outputs)
        {
            _outputs.Write(writer, Suffixed(name, "Result"), null, outputs, ObjectShape.FunctionOutput);
        }
    }

    private static ClassName Suffixed(ClassName name, string suffix) => new(name.Namespace, name.Name + suffix);

    private void WriteInvokers(CodeWriter writer, SchemaFunction function, ClassName name)
    {
        var result = function.Outputs is null ? null : Suffixed(name, "Result").Global;
        var generic = result is null ? "" : $"<{result}>";
        var task = $"global::System.Threading.Tasks.Task{generic}";
        var token = CSharpName.Quote(function.Token);
        const string instance = "global::Pulumi.Deployment.Instance";
        const string options = "global::Pulumi.InvokeOptions? options = null";
        writer.Line();
        writer.Summary(function.Description);
        writer.Obsolete(function.Deprecation);
        using (writer.Braces($"public static class {name.Name}"))
        {
            var (parameter, argument) = Arguments(function, Suffixed(name, "Args").Global, canDefault: true);
            writer.Line("/// <summary>Invokes the function at once, with plain values.</summary>");
            writer.Line($"public static {task} InvokeAsync({parameter}{options}) =>");
            writer.Line($"    {instance}.InvokeAsync{generic}({token}, {argument}, {_names.Utilities.Global}.WithDefaults(options));");
            if (result is null)
            {
                return;
            }

            var inputs = Suffixed(name, "InvokeArgs").Global;
            foreach (var withOutputs in new[] { false, true })
            {
                (parameter, argument) = Arguments(function, inputs, canDefault: !withOutputs);
                writer.Line();
                writer.Line(withOutputs
                    ? "/// <summary>Invokes the function when its arguments and what it depends on are known.</summary>"
                    : "/// <summary>Invokes the function when its arguments are known.</summary>");
                writer.Line(
                    $"public static global::Pulumi.Output{generic} Invoke({parameter}{(withOutputs ? "global::Pulumi.InvokeOutputOptions options" : options)}) =>");
                writer.Line($"    {instance}.Invoke{generic}({token}, {argument}, {_names.Utilities.Global}.WithDefaults(options));");
            }
        }
    }

    private static (string Parameter, string Argument) Arguments(SchemaFunction function, string args, bool canDefault)
    {
        if (function.Inputs.Count == 0)
        {
            return ("", "global::Pulumi.InvokeArgs.Empty");
        }

        var optional = canDefault && !function.Inputs.Any(input => input.Required);
        return ($"{args}{(optional ? "? args = null" : " args")}, ", $"args ?? new {args}()");
    }
}
