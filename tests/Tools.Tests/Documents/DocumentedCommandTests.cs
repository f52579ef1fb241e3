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
        CommandBlocks.Documents.SelectMany(file => Command().Matches(Joined(File.ReadAllText(Path.Combine(CommandRun.Repository, file)))).Select(match => Clean(match.Groups["rest"].Value)))
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

        // Verbs alone name a command in a sentence; they need not be a whole one.
        Assert.True(parsed.Errors.Count == 0 || AreVerbs(verbs, words), string.Join('\n', parsed.Errors.Select(error => error.Message)));
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
            .Where(word => word[0] is not '[' and not '…')
            .Select(word => word.Trim('\'', '"').Replace("'", "", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"\./canton-infra (?<rest>[a-z][^\n]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@" *\\\n *")]
    private static partial Regex Continued();

    [GeneratedRegex("""(?:[^\s'"]|'[^']*'|"[^"]*")+""")]
    private static partial Regex Word();
}
