using System.Reflection;

namespace CantonInfra.Surface;

/// <summary>What an assembly shows, in the notation of the sheets in shared/api: a header for each type, a line for each member.</summary>
public static class PublicSurface
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The public types, sorted by name, with their visible members.</summary>
    public static IEnumerable<SurfaceType> Of(Assembly assembly) => assembly.GetExportedTypes()
        .Select(type => new SurfaceType(TypeName.Of(type), Header(type), [.. Members(type).Order(StringComparer.Ordinal)]))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>The full name of a type as the sheets write it.</summary>
    public static string NameOf(Type type) => TypeName.Of(type);

    private static string Header(Type type)
    {
        var kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : "class";
        var hasBase = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum);
        return $"{kind} {TypeName.Of(type)}{(hasBase ? $" : {TypeName.Of(type.BaseType!)}" : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        var prefix = TypeName.Of(type);
        foreach (var constructor in type.GetConstructors(All).Where(IsVisible).Where(one => !one.IsStatic))
        {
            yield return $"{prefix}.new({Parameters(constructor)})";
        }

        foreach (var field in type.GetFields(All).Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName))
        {
            yield return type.IsEnum
                ? $"{prefix}.{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}"
                : $"{prefix}.{field.Name} : {TypeName.Of(field.FieldType)}{(field.IsStatic ? " static" : "")}";
        }

        foreach (var property in type.GetProperties(All))
        {
            var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToArray();
            if (accessors.Length > 0 && !property.Name.Contains('.', StringComparison.Ordinal))
            {
                var shown = string.Concat(
                    accessors.Contains(property.GetMethod) ? "get; " : "", accessors.Contains(property.SetMethod) ? "set; " : "");
                yield return $"{prefix}.{property.Name} : {TypeName.Of(property.PropertyType)} {{ {shown}}}{(accessors[0].IsStatic ? " static" : "")}";
            }
        }

        foreach (var method in type.GetMethods(All).Where(IsVisible))
        {
            var isAccessor = method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
            var isNamed = !isAccessor && !method.Name.Contains('<', StringComparison.Ordinal);
            if (!isNamed || method.GetBaseDefinition() != method || method.Name is "Equals")
            {
                continue;
            }

            var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName.Of))}>" : "";
            var suffix = method.IsStatic ? " static" : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";
            yield return $"{prefix}.{method.Name}{generics}({Parameters(method)}) : {TypeName.Of(method.ReturnType)}{suffix}";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{TypeName.Of(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : "")}"));
}
