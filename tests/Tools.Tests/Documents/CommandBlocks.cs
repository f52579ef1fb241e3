using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.Tools.Tests.Documents;

/// <summary>The commands that documents show: in blocks that say <c>sh</c>, and in sentences.</summary>
internal static partial class CommandBlocks
{
    // What other blocks hold.
    private static readonly string[] Others = ["csharp", "json", "kusto", "mermaid", "text", "xml", "yaml"];

    private static readonly string[] Built = ["bin", "obj", "node_modules", ".cache"];

    /// <summary>A command of a document.</summary>
    /// <param name="Document">The document, from the repository's root.</param>
    /// <param name="Line">The command as it is shown, its lines joined.</param>
    /// <param name="Before">The lines of its block that hold for it: changes of folder and variables.</param>
    internal sealed record Shown(string Document, string Line, string Before)
    {
        /// <summary>The exit code that the document tells; 0 where it tells none.</summary>
        public int ExitCode => ExitCodeComment().Match(Line) is { Success: true } said
            ? int.Parse(said.Groups["code"].Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>The documents of the repository, from its root; pages of rules are made by a test of their own and show no commands.</summary>
    public static ImmutableArray<string> Documents { get; } =
    [
        .. Directory.EnumerateFiles(CommandRun.Repository, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(CommandRun.Repository, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => Built.Contains(part, StringComparer.Ordinal)) && !file.StartsWith("docs/rules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The blocks that do not say what they hold.</summary>
    public static IEnumerable<string> Unsaid() =>
        from document in Documents
        from block in Block().Matches(Text(document))
        let language = block.Groups["language"].Value
        where language != "sh" && !Others.Contains(language, StringComparer.Ordinal)
        select $"{document}: ```{language}";

    /// <summary>The commands in blocks, those of one block in their order.</summary>
    public static IEnumerable<ImmutableArray<Shown>> InBlocks()
    {
        foreach (var document in Documents)
        {
            foreach (var block in Block().Matches(Text(document)).Where(block => block.Groups["language"].Value == "sh"))
            {
                var before = "";
                var commands = ImmutableArray.CreateBuilder<Shown>();
                foreach (var line in Continued().Replace(block.Groups["text"].Value, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    if (line.StartsWith("cd ", StringComparison.Ordinal) || line.StartsWith("export ", StringComparison.Ordinal))
                    {
                        before += $"{line}\n";
                    }
                    else
                    {
                        commands.Add(new Shown(document, line, before));
                    }
                }

                yield return commands.ToImmutable();
            }
        }
    }

    /// <summary>The commands of other people's tools in sentences.</summary>
    public static IEnumerable<ImmutableArray<Shown>> InSentences() =>
        from document in Documents
        where document != "CHANGELOG.md"
        from span in Span().Matches(Block().Replace(Text(document), ""))
        let command = span.Groups["command"].Value

        // 'pulumi …' speaks of all of them.
        where command.Split(' ') is not [_, "…"]
        select ImmutableArray.Create(new Shown(document, command, ""));

    private static string Text(string document) => File.ReadAllText(Path.Combine(CommandRun.Repository, document));

    [GeneratedRegex("^ *```(?<language>[a-z]*)\n(?<text>.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@" *\\\n *")]
    private static partial Regex Continued();

    [GeneratedRegex("# exit code (?<code>[0-9])")]
    private static partial Regex ExitCodeComment();

    [GeneratedRegex(@"`(?<command>(?:[A-Z_]+=\S+ )*(?:az|dig|docs/runbooks/scripts/[a-z-]+|dotnet|kubectl|npm|pg_dump|pg_restore|pulumi) [^`\n]+)`")]
    private static partial Regex Span();
}
