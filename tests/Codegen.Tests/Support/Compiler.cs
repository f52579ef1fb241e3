using CantonInfra.Codegen.Emit;
using CantonInfra.Codegen.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CantonInfra.Codegen.Tests.Support;

/// <summary>Compiles generated code against declarations of the public Pulumi API.</summary>
internal static class Compiler
{
    private static readonly MetadataReference[] Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard.dll"))
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly Lazy<MetadataReference> Pulumi = new(() =>
        Create("Pulumi", [Repository.Embedded("Pulumi.cs")], Framework).ToMetadataReference());

    public static IReadOnlyDictionary<string, string> Generate(string schema) => PackageEmitter.Emit(SchemaReader.Read(schema));

    /// <summary>The sources of a package: what is generated from its schema, and its overlays written by hand.</summary>
    public static IEnumerable<string> Package(string name) =>
        Generate(Repository.Schema(name)).Values.Concat(Repository.Overlays(name));

    public static CSharpCompilation Compile(IEnumerable<string> sources) =>
        Create("Generated", sources, [.. Framework, Pulumi.Value]);

    /// <summary>Errors and warnings, as text.</summary>
    public static IReadOnlyList<string> Problems(CSharpCompilation compilation) =>
        [.. compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];

    private static CSharpCompilation Create(string name, IEnumerable<string> sources, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
