using CantonInfra.Codegen.Naming;

namespace CantonInfra.Codegen.Schema;

/// <summary>What would make generated code not compile: names that clash in C#.</summary>
internal static class SchemaChecks
{
    private static readonly string[] ResourceMembers = ["Id", "Urn", "Get"];
    private static readonly string[] ArgsMembers = ["Empty"];

    public static void Run(PackageSchema package)
    {
        foreach (var resource in package.Resources.Values.Append(package.Provider))
        {
            var name = resource.IsProvider ? "Provider" : CSharpName.OfToken(resource.Token);
            CheckProperties(resource.Outputs, [.. ResourceMembers, name]);
            CheckProperties(resource.Inputs, ArgsMembers);
            CheckProperties(resource.State ?? [], ArgsMembers);
        }

        foreach (var type in package.Objects.Values)
        {
            CheckProperties(type.Properties, ArgsMembers);
        }

        foreach (var function in package.Functions.Values)
        {
            CheckProperties(function.Inputs, ArgsMembers);
            CheckProperties(function.Outputs ?? [], []);
        }

        var names = new PackageNames(package);
        CheckClassNames(package, names);

        // An object has a class for each use, and only the classes of outputs are named like the object itself.
        foreach (var (type, shape) in new Reachability(package).Objects)
        {
            CheckProperties(type.Properties, [names.Nested(type.Token, shape).Name]);
        }
    }

    private static void CheckProperties(IReadOnlyList<SchemaProperty> properties, IReadOnlyList<string> taken)
    {
        var seen = new Dictionary<string, SchemaProperty>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            var name = CSharpName.OfProperty(property);
            if (!CSharpName.IsIdentifier(name))
            {
                throw new SchemaException(property.Path, $"'{name}' is not a C# name: set language.csharp.name");
            }

            if (taken.Contains(name, StringComparer.Ordinal))
            {
                throw new SchemaException(property.Path, $"the C# name '{name}' is taken by the class: set language.csharp.name");
            }

            if (!seen.TryAdd(name, property))
            {
                throw new SchemaException(
                    property.Path, $"has the same C# name '{name}' as '{seen[name].Name}': set language.csharp.name");
            }
        }
    }

    private static void CheckClassNames(PackageSchema package, PackageNames names)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var classes = package.Resources.Values.Select(resource => (names.Resource(resource), resource.Path))
            .Concat(package.Enums.Values.Select(type => (names.Enum(type.Token), type.Path)))
            .Concat(package.Functions.Values.Select(function => (names.Function(function), function.Path)));
        foreach (var (name, path) in classes)
        {
            if (!seen.TryAdd(name.Full, path))
            {
                throw new SchemaException(path, $"has the same C# name {name.Full} as {seen[name.Full]}");
            }
        }
    }
}
