using System.Text;
using CantonInfra.Codegen.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CantonInfra.Codegen.Tests.Support;

/// <summary>The public surface of a compilation in the notation of the API sheets, as one set of lines for each type.</summary>
internal static class Surface
{
    private static readonly SymbolDisplayFormat FullName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static SortedDictionary<string, SortedSet<string>> Of(CSharpCompilation compilation)
    {
        var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        Visit(compilation.Assembly.GlobalNamespace, found);
        return found;
    }

    /// <summary>Reads a sheet into the same form.</summary>
    public static SortedDictionary<string, SortedSet<string>> Read(string sheet)
    {
        var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        SortedSet<string>? current = null;
        foreach (var line in File.ReadLines(sheet))
        {
            if (line.StartsWith(' '))
            {
                current!.Add(line.Trim());
                continue;
            }

            var words = line.Split(' ');
            var name = words.SkipWhile(word => !word.StartsWith("Pulumi.", StringComparison.Ordinal)).First();
            current = new SortedSet<string>(StringComparer.Ordinal) { line };
            found[name] = current;
        }

        return found;
    }

    private static void Visit(INamespaceOrTypeSymbol scope, SortedDictionary<string, SortedSet<string>> found)
    {
        foreach (var member in scope.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type)
            {
                found[type.ToDisplayString(FullName)] = Lines(type);
            }

            if (member is not INamedTypeSymbol { DeclaredAccessibility: not Accessibility.Public })
            {
                Visit(member, found);
            }
        }
    }

    private static SortedSet<string> Lines(INamedTypeSymbol type)
    {
        var name = type.ToDisplayString(FullName);
        var lines = new SortedSet<string>(StringComparer.Ordinal) { Head(type, name) };
        foreach (var member in type.GetMembers().Where(m => m.DeclaredAccessibility == Accessibility.Public))
        {
            switch (member)
            {
                case IPropertySymbol property:
                    lines.Add($"{name}.{property.Name} : {Type(property.Type)} {{ get;{(IsSettable(property) ? " set;" : "")} }}{Static(property)}");
                    AddInput(lines, name, property.Name, property);
                    var field = BackingField(type, property);
                    // The sheets name an input that is marked on a field after the field.
                    AddInput(lines, name, field is null ? "" : CSharpName.Title(field.Name.TrimStart('_')), field);
                    break;
                case IFieldSymbol constant:
                    lines.Add($"{name}.{constant.Name} : {Type(constant.Type)}");
                    break;
                case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor when type.TypeKind != TypeKind.Struct:
                    lines.Add($"{name}.new({Parameters(constructor)})");
                    break;
                case IMethodSymbol { IsOverride: false, MethodKind: not (MethodKind.PropertyGet or MethodKind.PropertySet) } method
                    when method.Name != "Equals" && method.MethodKind != MethodKind.Constructor:
                    lines.Add($"{name}.{method.Name}({Parameters(method)}) : {Type(method.ReturnType)}{Static(method)}");
                    break;
            }
        }

        return lines;
    }

    private static string Head(INamedTypeSymbol type, string name)
    {
        var head = new StringBuilder();
        if (type.TypeKind == TypeKind.Struct)
        {
            return $"struct {name}";
        }

        head.Append(type.IsStatic ? "static class " : type.IsAbstract ? "abstract class " : "class ").Append(name);
        if (type.BaseType is { SpecialType: SpecialType.None } parent)
        {
            head.Append(" : ").Append(parent.ToDisplayString(FullName));
        }

        var token = type.GetAttributes()
            .FirstOrDefault(a => a.AttributeClass!.Name.EndsWith("ResourceTypeAttribute", StringComparison.Ordinal));
        if (token is not null)
        {
            head.Append(" token ").Append((string)token.ConstructorArguments[0].Value!);
        }

        return head.ToString();
    }

    private static void AddInput(SortedSet<string> lines, string type, string property, ISymbol? holder)
    {
        if (holder?.GetAttributes().FirstOrDefault(a => a.AttributeClass!.Name == "InputAttribute") is not { } input)
        {
            return;
        }

        var arguments = input.ConstructorArguments;
        var required = arguments[1].Value is true ? " required" : "";
        var json = arguments[2].Value is true ? " json" : "";
        lines.Add($"{type}.{property} input \"{arguments[0].Value}\"{required}{json}");
    }

    // The private field that the getter of a property names.
    private static IFieldSymbol? BackingField(INamedTypeSymbol type, IPropertySymbol property)
    {
        var getter = property.GetMethod?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().ToString() ?? "";
        return type.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.CanBeReferencedByName
                && getter.Split([' ', ';', '!', '?', '='], StringSplitOptions.RemoveEmptyEntries).Contains(field.Name));
    }

    private static bool IsSettable(IPropertySymbol property) =>
        property.SetMethod is { DeclaredAccessibility: Accessibility.Public };

    private static string Static(ISymbol symbol) => symbol.IsStatic ? " static" : "";

    private static string Parameters(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(p => $"{Type(p.Type)} {p.Name}{(p.HasExplicitDefaultValue ? " = default" : "")}"));

    private static string Type(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Type(nullable.TypeArguments[0]) + "?";
        }

        if (type is INamedTypeSymbol { TypeArguments.Length: > 0 } generic)
        {
            return $"{generic.ToDisplayString(FullName)}<{string.Join(", ", generic.TypeArguments.Select(Type))}>";
        }

        return type.ToDisplayString(FullName);
    }
}
