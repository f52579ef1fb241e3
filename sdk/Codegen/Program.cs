using System.Diagnostics.CodeAnalysis;
using CantonInfra.Codegen.Emit;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen;

/// <summary>The command line that the build runs: a schema in, a folder of C# files out.</summary>
internal static class Program
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The entry point is what hands out the console's writers.")]
    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs with the given writers, so that tests can read them.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (args.Count != 2)
        {
            error.WriteLine("usage: CantonInfra.Codegen SCHEMA.json OUTPUT-FOLDER");
            return 2;
        }

        try
        {
            var files = PackageEmitter.Emit(SchemaReader.Read(File.ReadAllText(args[0])));
            var changes = GeneratedDirectory.Update(args[1], files);
            output.WriteLine($"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(args[0])))}: {files.Count} files, {changes} changed");
            return 0;
        }
        catch (SchemaException problem)
        {
            // The form that MSBuild shows as an error of the build, with the file.
            error.WriteLine($"{args[0]} : error CODEGEN1 : {problem.Message}");
            return 1;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{args[0]} : error CODEGEN2 : {problem.Message}");
            return 1;
        }
    }
}
