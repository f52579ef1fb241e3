using System.Text.RegularExpressions;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Naming;

/// <summary>Which class each part of a package becomes.</summary>
internal sealed class PackageNames
{
    private readonly CSharpSettings _settings;
    private readonly Regex _moduleFormat;

    public PackageNames(PackageSchema package)
    {
        _settings = package.CSharp;
        try
        {
            _moduleFormat = new Regex($"^{package.ModuleFormat}$", RegexOptions.CultureInvariant);
        }
        catch (ArgumentException error)
        {
            throw new SchemaException("/meta/moduleFormat", error.Message);
        }

        Package = _settings.Namespaces.GetValueOrDefault(package.Name) ?? Join(package.Name.Split('-'), "");
        Namespace = $"{_settings.RootNamespace}.{Package}";
    }

    private bool IsKubernetes => _settings.Compatibility == Compatibility.Kubernetes20;

    private bool IsBridged => _settings.Compatibility != Compatibility.None;

    /// <summary>The package as part of names, e.g. <c>AzureNative</c>.</summary>
    public string Package { get; }

    /// <summary>The namespace of the package, e.g. <c>Pulumi.AzureNative</c>.</summary>
    public string Namespace { get; }

    public ClassName ResourceTypeAttribute => new(Namespace, $"{Package}ResourceTypeAttribute");

    public ClassName Utilities => new(Namespace, "Utilities");

    /// <summary>The common base that Kubernetes resources have.</summary>
    public ClassName KubernetesResource => new(Namespace, "KubernetesResource");

    public ClassName Resource(SchemaResource resource) =>
        resource.IsProvider ? new ClassName(Namespace, "Provider") : new ClassName(ModuleNamespace(resource.Token), CSharpName.OfToken(resource.Token));

    public ClassName ResourceArgs(SchemaResource resource)
    {
        var name = Resource(resource);
        return IsKubernetes && !resource.IsProvider
            ? new ClassName(NestedNamespace(resource.Token, "Inputs"), $"{name.Name}Args")
            : new ClassName(name.Namespace, $"{name.Name}Args");
    }

    public ClassName ResourceState(SchemaResource resource)
    {
        var name = Resource(resource);
        return new ClassName(name.Namespace, $"{name.Name}State");
    }

    public ClassName Enum(string token) => new(ModuleNamespace(token), CSharpName.OfToken(token));

    public ClassName Function(SchemaFunction function) => new(ModuleNamespace(function.Token), CSharpName.OfToken(function.Token));

    /// <summary>The class of a nested object in one of its shapes.</summary>
    public ClassName Nested(string token, ObjectShape shape)
    {
        var name = CSharpName.OfToken(token);
        return shape switch
        {
            ObjectShape.Input => new ClassName(NestedNamespace(token, "Inputs"), $"{name}Args"),
            ObjectShape.State => new ClassName(NestedNamespace(token, "Inputs"), $"{name}GetArgs"),
            ObjectShape.FunctionPlain => new ClassName(NestedNamespace(token, "Inputs"), IsBridged ? $"{name}Args" : name),
            ObjectShape.FunctionInput => new ClassName(NestedNamespace(token, "Inputs"), IsBridged ? $"{name}InputArgs" : $"{name}Args"),
            ObjectShape.Output => new ClassName(NestedNamespace(token, "Outputs"), name),
            ObjectShape.FunctionOutput => new ClassName(
                NestedNamespace(token, "Outputs"),
                _settings.Compatibility == Compatibility.TfBridge20 ? $"{name}Result" : name),
            ObjectShape.Config => new ClassName($"{Namespace}.Config.Types", name),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }

    private string ModuleNamespace(string token)
    {
        var module = Module(token);
        return module.Length == 0 ? Namespace : $"{Namespace}.{ModuleName(module)}";
    }

    private string NestedNamespace(string token, string side)
    {
        var module = Module(token);
        if (!IsKubernetes)
        {
            return $"{ModuleNamespace(token)}.{side}";
        }

        var name = module.Length == 0 ? _settings.Namespaces.GetValueOrDefault("") ?? "" : ModuleName(module);
        return name.Length == 0 ? $"{Namespace}.Types.{side}" : $"{Namespace}.Types.{side}.{name}";
    }

    private string ModuleName(string module) =>
        _settings.Namespaces.GetValueOrDefault(module) ?? Join(module.Split('/'), ".");

    private string Module(string token)
    {
        var middle = token.Split(':')[1];
        var match = _moduleFormat.Match(middle);
        var module = match is { Success: true, Groups.Count: > 1 } ? match.Groups[1].Value : middle;
        return module == "index" ? "" : module;
    }

    private static string Join(IEnumerable<string> parts, string separator) =>
        string.Join(separator, parts.Select(CSharpName.Title));
}
