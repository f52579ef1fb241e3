using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CantonInfra.Codegen.Tests.Support;

/// <summary>Picks one declaration out of generated files, with 'global::' and qualifying system namespaces taken off to be read.</summary>
internal static class Golden
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Everything =
        new(() => Compiler.Generate(Repository.Embedded("everything.json")));

    /// <summary>A type of the schema with every feature, as text.</summary>
    public static string Type(string file, string name) => Declaration(Everything.Value[file], name);

    /// <summary>A member of a type of the schema with every feature, as text; constructors by the name of their type.</summary>
    public static string Member(string file, string type, string member)
    {
        var found = Find(Everything.Value[file], type).Members.Where(m => NameOf(m) == member).ToList();
        Assert.NotEmpty(found);
        return string.Join("\n", found.Select(Text));
    }

    public static bool HasType(string file, string name) =>
        Everything.Value.TryGetValue(file, out var text) && text.Split('\n').Any(line => line.Contains($" class {name} ", StringComparison.Ordinal) || line.EndsWith($" class {name}", StringComparison.Ordinal));

    public static string Declaration(string file, string name) => Text(Find(file, name));

    private static TypeDeclarationSyntax Find(string file, string name) =>
        CSharpSyntaxTree.ParseText(file).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Single(t => t.Identifier.Text == name);

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        PropertyDeclarationSyntax property => property.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        _ => "",
    };

    private static string Text(SyntaxNode node) => node.ToFullString().Trim()
        .Replace("global::System.Collections.Immutable.", "", StringComparison.Ordinal)
        .Replace("global::System.Collections.Generic.", "", StringComparison.Ordinal)
        .Replace("global::System.Threading.Tasks.", "", StringComparison.Ordinal)
        .Replace("global::", "", StringComparison.Ordinal);
}
