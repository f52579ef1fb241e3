using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.Reports.Sources;

/// <summary>Where in a program's sources each component type is declared: the file that holds its type token as a text.</summary>
/// <remarks>Read from the sources, so it is the same whatever SDK the program is built with, and never out of date.</remarks>
internal sealed partial class ComponentSources
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules"];
    private static readonly string[] Extensions = [".cs", ".fs", ".ts", ".js", ".py", ".go", ".java"];

    private readonly ImmutableDictionary<string, (string File, int Line)> _byType;

    private ComponentSources(ImmutableDictionary<string, (string File, int Line)> byType) => _byType = byType;

    /// <summary>Nothing is known.</summary>
    public static ComponentSources None { get; } = new(ImmutableDictionary<string, (string, int)>.Empty);

    /// <summary>Reads the sources of a program.</summary>
    /// <param name="projectDirectory">The project's root, which files are named from.</param>
    /// <param name="programDirectory">The program's folder.</param>
    public static ComponentSources Read(string projectDirectory, string programDirectory)
    {
        var found = ImmutableDictionary.CreateBuilder<string, (string, int)>(StringComparer.Ordinal);
        foreach (var file in Files(new DirectoryInfo(programDirectory)).Order(StringComparer.Ordinal))
        {
            var shown = Path.GetRelativePath(projectDirectory, file).Replace(Path.DirectorySeparatorChar, '/');
            var line = 0;
            foreach (var text in File.ReadLines(file))
            {
                line++;
                foreach (Match match in Token().Matches(text))
                {
                    found.TryAdd(match.Groups[1].Value, (shown, line));
                }
            }
        }

        return new ComponentSources(found.ToImmutable());
    }

    /// <summary>The file and line of a type; an empty file where it is not known.</summary>
    public (string File, int Line) Find(string type) => _byType.GetValueOrDefault(type, ("", 0));

    private static IEnumerable<string> Files(DirectoryInfo folder) => folder.Exists
        ? folder.EnumerateFiles().Where(file => Extensions.Contains(file.Extension, StringComparer.Ordinal)).Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories()
                .Where(child => child.LinkTarget is null && child.Name[0] != '.' && !Skipped.Contains(child.Name, StringComparer.Ordinal))
                .SelectMany(Files))
        : [];

    [GeneratedRegex("""["'`]([A-Za-z][\w.-]*:[\w./-]*:[A-Za-z]\w*)["'`]""", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
