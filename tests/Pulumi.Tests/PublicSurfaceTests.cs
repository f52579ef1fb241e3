using System.Reflection;

namespace Pulumi.Tests;

/// <summary>What compiles against the stand-in has to compile, unambiguously, against the official package.</summary>
public class PublicSurfaceTests
{
    [SheetFact]
    public void Every_exposed_member_is_one_of_the_official_package()
    {
        var sheet = ReadSheet();
        var extra = Surface().SelectMany(type => type.Members.Prepend(type.Header)).Where(line => !sheet.Contains(line)).ToArray();
        Assert.True(extra.Length == 0, "Not in the sheet:\n" + string.Join("\n", extra));
    }

    [SheetFact]
    public void Exposed_methods_constructors_and_conversions_have_the_whole_official_overload_set()
    {
        var sheet = ReadSheet();
        var missing = new List<string>();
        foreach (var type in Surface())
        {
            var exposed = type.Members.ToHashSet();
            var groups = exposed.Where(line => line.Contains('(', StringComparison.Ordinal)).Select(Group).ToHashSet();
            groups.Add(type.Name + ".new");
            groups.Add(type.Name + ".op_Implicit");
            missing.AddRange(sheet.Where(line =>
                line.StartsWith(type.Name + ".", StringComparison.Ordinal)
                && line.Contains('(', StringComparison.Ordinal)
                && groups.Contains(Group(line))
                && !exposed.Contains(line)));
        }

        Assert.True(missing.Count == 0, "Lacking:\n" + string.Join("\n", missing));
    }

    private static string Group(string line)
    {
        var call = line[..line.IndexOf('(', StringComparison.Ordinal)];
        var dot = call.LastIndexOf('.');
        var generic = call.IndexOf('<', dot);
        return generic < 0 ? call : call[..generic];
    }

    private static HashSet<string> ReadSheet() =>
        File.ReadAllLines(SheetFactAttribute.Find()!).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Header, string[] Members)> Surface() =>
        typeof(Deployment).Assembly.GetExportedTypes().Select(type => (Name(type), Header(type), Members(type).ToArray()));

    private static string Header(Type type)
    {
        var kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : "class";
        var hasBase = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType);
        return $"{kind} {Name(type)}{(hasBase ? $" : {Name(type.BaseType!)}" : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var prefix = Name(type);
        foreach (var constructor in type.GetConstructors(All).Where(IsVisible).Where(one => !one.IsStatic))
        {
            yield return $"{prefix}.new({Parameters(constructor)})";
        }

        foreach (var field in type.GetFields(All).Where(field => field.IsPublic || field.IsFamily))
        {
            yield return $"{prefix}.{field.Name} : {Name(field.FieldType)}{(field.IsStatic ? " static" : "")}";
        }

        foreach (var property in type.GetProperties(All))
        {
            var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToArray();
            if (accessors.Length > 0 && !property.Name.Contains('.', StringComparison.Ordinal))
            {
                var shown = string.Concat(
                    accessors.Contains(property.GetMethod) ? "get; " : "", accessors.Contains(property.SetMethod) ? "set; " : "");
                yield return $"{prefix}.{property.Name} : {Name(property.PropertyType)} {{ {shown}}}{(accessors[0].IsStatic ? " static" : "")}";
            }
        }

        foreach (var method in type.GetMethods(All).Where(IsVisible))
        {
            var isAccessor = method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
            if (isAccessor || method.GetBaseDefinition() != method || method.Name is "Equals")
            {
                continue;
            }

            var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
            var suffix = method.IsStatic ? " static" : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";
            yield return $"{prefix}.{method.Name}{generics}({Parameters(method)}) : {Name(method.ReturnType)}{suffix}";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!) + "&";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }

        var name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType
            ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }

    private sealed class SheetFactAttribute : FactAttribute
    {
        public SheetFactAttribute()
        {
            if (Find() is null)
            {
                Skip = "There is no shared/api/Pulumi.txt above the tests to compare with.";
            }
        }

        public static string? Find()
        {
            for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            {
                var sheet = Path.Combine(directory.FullName, "shared", "api", "Pulumi.txt");
                if (File.Exists(sheet))
                {
                    return sheet;
                }
            }

            return null;
        }
    }
}
