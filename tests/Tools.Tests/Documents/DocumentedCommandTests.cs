using System.Text.RegularExpressions;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Deployment;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Terminals;
using Moq;

namespace CantonInfra.Tools.Tests.Documents;

/// <summary>The commands of this project that documents show, in sentences too, are commands with options that they have.</summary>
public sealed partial class DocumentedCommandTests
{
    public static TheoryData<string> Commands => new(
        CommandBlocks.Documents.Concat(Scripts()).SelectMany(file => Command().Matches(Joined(Text(file))).Select(match => Clean(match.Groups["rest"].Value)))
            .Where(line => line.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_a_document_is_one(string line)
    {
        var words = Words(line);
        if (words is [PulumiCommand.Verb, .. var rest])
        {
            var launcher = new Mock<IProcessLauncher>();
            var probe = new Mock<ICommandProbe>();
            probe.Setup(asked => asked.AskAsync("pulumi", It.IsAny<string[]>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
                .ReturnsAsync(new CommandAnswer(0, "v3.999.0\n"));
            using var error = new StringWriter();
            var command = new PulumiCommand(new Terminal(TextWriter.Null, error, HasColors: false, ShowsProgress: false), probe.Object, launcher.Object);

            var code = await command.RunAsync(["-C", CommandRun.Repository, .. rest], CancellationToken.None);

            Assert.True(code == 0, error.ToString());
            Assert.Single(launcher.Invocations);
            return;
        }

        var verbs = CommandLine.Verbs(
            new Terminal(TextWriter.Null, TextWriter.Null, HasColors: false, ShowsProgress: false), Stream.Null, _ => null, TimeProvider.System);
        var parsed = verbs.Parse(words);

        // Verbs alone name a command in a sentence; they need not be a whole one. What a script has in a list may be what is required.
        var errors = parsed.Errors.Select(error => error.Message)
            .Where(message => !line.Contains("${", StringComparison.Ordinal) || !message.EndsWith("is required.", StringComparison.Ordinal)).ToArray();
        Assert.True(errors.Length == 0 || AreVerbs(verbs, words), string.Join('\n', errors));
        Assert.Contains(words[0], verbs.Subcommands.Select(verb => verb.Name));
    }

    private static bool AreVerbs(System.CommandLine.Command root, string[] words)
    {
        var command = root;
        foreach (var word in words)
        {
            command = command?.Subcommands.FirstOrDefault(verb => verb.Name == word);
        }

        return command is not null;
    }

    // The steps of the pipelines and the runbooks call verbs too, and their own tests run them with stand-ins that take any option.
    private static IEnumerable<string> Scripts() => ((string[])[".github/scripts", "docs/runbooks/scripts", "docs/pipelines/scripts"])
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(CommandRun.Repository, folder)))
        .Select(file => Path.GetRelativePath(CommandRun.Repository, file));

    // What a script says of itself is for its readers.
    private static string Text(string file)
    {
        var text = File.ReadAllText(Path.Combine(CommandRun.Repository, file));
        return file.EndsWith(".md", StringComparison.Ordinal) ? text : Comment().Replace(text, "");
    }

    // A line that ends with a backslash goes on.
    private static string Joined(string text) => Continued().Replace(text, " ");

    // Comments, and the rest of a sentence that a command stands in.
    private static string Clean(string text)
    {
        var command = text.Split(['`', '#', '|', '*', '>', '\u201d'])[0];
        var nested = command.IndexOf("$(", StringComparison.Ordinal);
        return (nested < 0 ? command : command[..nested]).Trim().TrimEnd(',', ';', ':', ')', '.').Trim();
    }

    // As a shell splits them, without what a document leaves open.
    private static string[] Words(string line) =>
    [
        .. Word().Matches(line).Select(match => match.Value)
            .Where(word => word[0] is not '[' and not '…' && !word.StartsWith("\"${", StringComparison.Ordinal))
            .Select(word => word.Trim('\'', '"').Replace("'", "", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"\./canton-infra (?<rest>[a-z][^\n]*)")]
    private static partial Regex Command();

    [GeneratedRegex("^ *#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@" *\\\n *")]
    private static partial Regex Continued();

    [GeneratedRegex("""(?:[^\s'"]|'[^']*'|"[^"]*")+""")]
    private static partial Regex Word();
}
