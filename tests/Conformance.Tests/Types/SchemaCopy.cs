using System.Text.Json.Nodes;
using CantonInfra.Conformance.Tests.Support;

namespace CantonInfra.Conformance.Tests.Types;

/// <summary>A copy of the schemas and of the tool that writes them, to plant errors in.</summary>
internal sealed class SchemaCopy : IDisposable
{
    // Below the workspace, so that the tool finds the packages that are installed there.
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        Path.Combine(Repository.Workspace, ".cache", $"sdk-{Guid.CreateVersion7():N}"));

    public SchemaCopy()
    {
        foreach (var types in Directory.EnumerateFiles(TypeChecks.Schemas, "types.json", SearchOption.AllDirectories))
        {
            var package = Path.GetDirectoryName(types)!;
            var copy = Directory.CreateDirectory(Path.Combine(_folder.FullName, Path.GetFileName(package)));
            foreach (var file in Directory.EnumerateFiles(package, "*.json"))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }
        }

        foreach (var file in Directory.EnumerateFiles(FactsTool, "*.mjs").Concat(Directory.EnumerateFiles(Path.Combine(FactsTool, "lib"))))
        {
            var copy = Path.Combine(_folder.FullName, "Codegen", "facts", Path.GetRelativePath(FactsTool, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The folder that stands for sdk/.</summary>
    public string Folder => _folder.FullName;

    private static string FactsTool { get; } = Path.Combine(TypeChecks.Schemas, "Codegen", "facts");

    /// <summary>Changes a package's schema.</summary>
    public void Change(string package, Action<JsonObject> change)
    {
        var file = Path.Combine(_folder.FullName, package, "schema.json");
        var schema = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(schema);
        File.WriteAllText(file, schema.ToJsonString());
    }

    /// <summary>Runs the tool that compares the schemas with the typings.</summary>
    public (int ExitCode, string Output) CheckFacts(params string[] packages)
    {
        NodeWorkspace.Require();
        return Commands.Run("node", _folder.FullName, [Path.Combine("Codegen", "facts", "facts.mjs"), "--check", .. packages]);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
