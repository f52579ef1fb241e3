using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>The class of a resource, component or provider.</summary>
internal sealed class ResourceEmitter
{
    private readonly PackageSchema _package;
    private readonly PackageNames _names;
    private readonly TypeMapper _types;
    private readonly DefaultsEmitter _defaults;

    public ResourceEmitter(PackageSchema package, PackageNames names, TypeMapper types, DefaultsEmitter defaults)
    {
        _package = package;
        _names = names;
        _types = types;
        _defaults = defaults;
    }

    private bool IsKubernetes => _package.CSharp.Compatibility == Compatibility.Kubernetes20;

    public void Write(CodeWriter writer, SchemaResource resource)
    {
        var name = _names.Resource(resource).Name;
        writer.Line();
        writer.Summary(resource.Description);
        writer.Obsolete(resource.Deprecation);
        writer.Line($"[{_names.ResourceTypeAttribute.Global}({CSharpName.Quote(resource.Token)})]");
        using (writer.Braces($"public partial class {name} : {BaseClass(resource)}"))
        {
            foreach (var output in resource.Outputs)
            {
                writer.Summary(output.Description);
                writer.Line($"[global::Pulumi.Output({CSharpName.Quote(output.Name)})]");
                writer.Obsolete(output.Deprecation);
                writer.Line(
                    $"public global::Pulumi.Output<{_types.Output(output, ObjectShape.Output)}> {CSharpName.OfProperty(output)} {{ get; private set; }} = null!;");
                writer.Line();
            }

            WriteConstructors(writer, resource, name);
            WriteMakeArgs(writer, resource);
            WriteMakeOptions(writer, resource);
            WriteGet(writer, resource, name);
        }
    }

    private string BaseClass(SchemaResource resource)
    {
        if (resource.IsProvider)
        {
            return "global::Pulumi.ProviderResource";
        }

        if (resource.IsComponent)
        {
            return "global::Pulumi.ComponentResource";
        }

        return IsKubernetes ? _names.KubernetesResource.Global : "global::Pulumi.CustomResource";
    }

    private static string Options(SchemaResource resource) =>
        resource.IsComponent ? "global::Pulumi.ComponentResourceOptions" : "global::Pulumi.CustomResourceOptions";

    private static bool CanGet(SchemaResource resource) => !resource.IsProvider && !resource.IsComponent;

    private void WriteConstructors(CodeWriter writer, SchemaResource resource, string name)
    {
        var args = _names.ResourceArgs(resource).Global;
        var options = Options(resource);
        var optional = IsKubernetes || !resource.Inputs.Any(input => input.Required);
        var token = CSharpName.Quote(resource.IsProvider ? _package.Name : resource.Token);
        var given = resource.Inputs.Any(input => input.Const is not null) ? "MakeArgs(args)" : $"args ?? new {args}()";
        var remote = resource.IsComponent ? ", remote: true" : "";
        writer.Line($"public {name}(string name, {args}{(optional ? "? args = null" : " args")}, {options}? options = null)");
        using (writer.Braces($"    : base({token}, name, {given}, MakeResourceOptions(options, \"\"){remote})"))
        {
        }

        writer.Line();
        if (!CanGet(resource))
        {
            return;
        }

        var state = resource.State is null ? "" : $"{_names.ResourceState(resource).Global}? state = null, ";
        writer.Line($"private {name}(string name, global::Pulumi.Input<string> id, {state}{options}? options = null)");
        using (writer.Braces($"    : base({token}, name, {(resource.State is null ? "null" : "state")}, MakeResourceOptions(options, id))"))
        {
        }

        writer.Line();
    }

    private void WriteMakeArgs(CodeWriter writer, SchemaResource resource)
    {
        var constants = resource.Inputs.Where(input => input.Const is not null).ToList();
        if (constants.Count == 0)
        {
            return;
        }

        var args = _names.ResourceArgs(resource).Global;
        using (writer.Braces($"private static {args} MakeArgs({args}? args)"))
        {
            writer.Line($"args ??= new {args}();");
            foreach (var constant in constants)
            {
                writer.Line($"args.{CSharpName.OfProperty(constant)} = {_defaults.Constant(constant)};");
            }

            writer.Line("return args;");
        }

        writer.Line();
    }

    private void WriteMakeOptions(CodeWriter writer, SchemaResource resource)
    {
        var options = Options(resource);
        using (writer.Braces($"private static {options} MakeResourceOptions({options}? options, global::Pulumi.Input<string>? id)"))
        {
            using (writer.Braces($"var defaults = new {options}", "};"))
            {
                writer.Line($"Version = {_names.Utilities.Global}.Version,");
                if (_package.PluginDownloadUrl is { } url)
                {
                    writer.Line($"PluginDownloadURL = {CSharpName.Quote(url)},");
                }

                WriteAliases(writer, resource);
                if (!resource.IsComponent)
                {
                    WriteNames(writer, "AdditionalSecretOutputs", resource.Outputs.Where(output => output.Secret));
                }

                WriteNames(writer, "ReplaceOnChanges", resource.Outputs.Where(output => output.ReplaceOnChanges));
            }

            writer.Line($"var merged = {options}.Merge(defaults, options);");
            writer.Line("merged.Id = id ?? merged.Id;");
            writer.Line("return merged;");
        }
    }

    private static void WriteAliases(CodeWriter writer, SchemaResource resource)
    {
        if (resource.Aliases.Count == 0)
        {
            return;
        }

        using (writer.Braces("Aliases =", "},"))
        {
            foreach (var alias in resource.Aliases)
            {
                var parts = new (string Name, string? Value)[] { ("Name", alias.Name), ("Project", alias.Project), ("Type", alias.Type) };
                var set = parts.Where(part => part.Value is not null).Select(part => $"{part.Name} = {CSharpName.Quote(part.Value!)}");
                writer.Line($"new global::Pulumi.Alias {{ {string.Join(", ", set)} }},");
            }
        }
    }

    private static void WriteNames(CodeWriter writer, string option, IEnumerable<SchemaProperty> properties)
    {
        var names = properties.Select(property => CSharpName.Quote(property.Name)).ToList();
        if (names.Count > 0)
        {
            writer.Line($"{option} = {{ {string.Join(", ", names)} }},");
        }
    }

    private void WriteGet(CodeWriter writer, SchemaResource resource, string name)
    {
        if (!CanGet(resource))
        {
            return;
        }

        var parameter = resource.State is null ? "" : $"{_names.ResourceState(resource).Global}? state = null, ";
        var argument = resource.State is null ? "" : "state, ";
        writer.Line();
        writer.Line("/// <summary>An existing resource, looked up by its id; it is read, not managed.</summary>");
        writer.Line($"public static {name} Get(string name, global::Pulumi.Input<string> id, {parameter}{Options(resource)}? options = null) =>");
        writer.Line($"    new {name}(name, id, {argument}options);");
    }
}
