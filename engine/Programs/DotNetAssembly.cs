using System.Xml;
using System.Xml.Linq;
using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Programs;

/// <summary>Finds what a .NET project folder was built to. Asking MSBuild would cost more than the whole preview.</summary>
internal static class DotNetAssembly
{
    /// <summary>The newest built assembly of the project in a folder; the one beside it where the folder is a published one.</summary>
    /// <param name="directory">A folder with one project file.</param>
    /// <param name="what">What the folder is, for messages: 'program' or 'policy pack'.</param>
    /// <exception cref="ConfigurationException">There is no project, or it was not built.</exception>
    public static string Find(string directory, string what)
    {
        var projects = Directory.GetFiles(directory, "*.csproj");
        if (projects is not [var project])
        {
            throw new ConfigurationException(Diagnostic.Error(
                "program-project",
                projects.Length == 0
                    ? $"The {what} in '{directory}' has no .csproj file."
                    : $"The {what} in '{directory}' has {projects.Length} .csproj files; it must have one."));
        }

        var name = AssemblyName(project);
        if (File.Exists(Path.Combine(directory, $"{name}.runtimeconfig.json")))
        {
            return Path.Combine(directory, $"{name}.dll");
        }

        var output = Path.Combine(directory, "bin");
        var built = Directory.Exists(output)
            ? Directory.EnumerateFiles(output, $"{name}.runtimeconfig.json", SearchOption.AllDirectories)
                .Select(file => Path.Combine(Path.GetDirectoryName(file)!, $"{name}.dll"))
                .Where(File.Exists)
                .OrderByDescending(File.GetLastWriteTimeUtc)
                .FirstOrDefault()
            : null;
        return built ?? throw new ConfigurationException(Diagnostic.Error(
            "program-unbuilt", $"The {what} in '{directory}' is not built. Run: dotnet build {directory}"));
    }

    private static string AssemblyName(string project)
    {
        try
        {
            var name = XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value;
            return string.IsNullOrWhiteSpace(name) ? Path.GetFileNameWithoutExtension(project) : name.Trim();
        }
        catch (XmlException exception)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "program-project", $"The project file is not valid XML: {exception.Message}", new SourceLocation(project, exception.LineNumber)));
        }
    }
}
