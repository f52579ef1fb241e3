using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.Tools.Tests.Documents;

/// <summary>
/// What documents show is typed, line by line, where a reader would type it. Commands of this project run for real; those that deploy, or
/// that other people's tools are for, get as far as the tool, whose options are looked up.
/// </summary>
public sealed partial class DocumentedBlockTests(CommandFolder folder) : IClassFixture<CommandFolder>
{
    // What is written down and not run, and what runs it.
    private static readonly Dictionary<string, string> OnlyWrittenDown = new(StringComparer.Ordinal)
    {
        ["./test"] = "it runs this test",
        ["canton-infra rights"] = "it asks a participant; Ledger/ runs it against one that stands in",
        ["canton-infra idp"] = "it asks an issuer; Issuers/ runs it against one that stands in",
        ["canton-infra graph"] = "with --live it asks a cluster; GraphCommandTests runs it against one that stands in",
    };

    // Commands of the tools that stand in, by their first words.
    private static readonly string[] Tools =
        ["az", "dig", "dotnet", "kubectl", "npm", "pg_dump", "pg_restore", "pulumi"];

    private static readonly string[] Scripts =
        [.. Directory.EnumerateFiles(Path.Combine(CommandRun.Repository, "docs", "runbooks", "scripts")).Select(path => Path.GetFileName(path))];

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<CommandBlocks.Shown>> ByName =
        CommandBlocks.InBlocks().Concat(CommandBlocks.InSentences())
            .GroupBy(commands => $"{commands[0].Document}: {commands[0].Line}", StringComparer.Ordinal)
            .ToImmutableSortedDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public static TheoryData<string> Commands => new(ByName.Keys);

    [Fact]
    public void Every_block_says_what_it_holds() => Assert.Equal([], CommandBlocks.Unsaid());

    [Fact]
    public void There_are_commands_of_all_kinds()
    {
        var lines = CommandBlocks.InBlocks().SelectMany(commands => commands).Select(shown => shown.Line).ToArray();

        Assert.True(lines.Length > 70, $"{lines.Length}");
        Assert.All((string[])["./canton-infra preview", "./canton-infra pulumi", "docs/runbooks/scripts/", "az ", "kubectl ", "./test"],
            start => Assert.Contains(lines, line => line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Commands_of_a_document_do_what_is_said(string name)
    {
        foreach (var shown in ByName[name])
        {
            Type(shown);
        }
    }

    private void Type(CommandBlocks.Shown shown)
    {
        var (code, output) = folder.Type(shown.Before, shown.Line);
        var calls = folder.TakeCalls();

        Assert.True(code == shown.ExitCode, $"{shown.Document}: exit code {code}\n{shown.Line}\n{output}");
        if (!shown.Line.Contains("./canton-infra ", StringComparison.Ordinal))
        {
            Assert.NotEmpty(calls);
        }

        foreach (var call in calls.Where(call => !OnlyWrittenDown.ContainsKey(call[0]) && !OnlyWrittenDown.ContainsKey($"{call[0]} {call.ElementAtOrDefault(1)}")
            && !Scripts.Contains(call[0], StringComparer.Ordinal)))
        {
            Assert.Contains(call[0], Tools);
            Assert.True(KnownOptions.Wrong(call) is null, $"{shown.Document}: {KnownOptions.Wrong(call)}");
            AssertIsThere(shown.Document, call);
        }

        // The verb of the Pulumi CLI leads to it.
        Assert.True(!PulumiVerb().IsMatch(shown.Line) || calls.Any(call => call[0] == "pulumi" && call[1] != "version"), shown.Line);
    }

    // Projects, tests and scripts that commands of .NET and npm name.
    private static void AssertIsThere(string document, string[] call)
    {
        foreach (var path in call[1..].Where(argument => argument.StartsWith("tests/", StringComparison.Ordinal)))
        {
            Assert.True(Directory.Exists(Path.Combine(CommandRun.Repository, path)), $"{document}: there is no {path}");
        }

        if (call is ["dotnet", "test", .. var arguments] && arguments is [.., "--filter", var filter])
        {
            var project = arguments.Single(argument => argument.StartsWith("tests/", StringComparison.Ordinal));
            var name = filter[(filter.IndexOf('~', StringComparison.Ordinal) + 1)..];
            Assert.True(
                Directory.EnumerateFiles(Path.Combine(CommandRun.Repository, project), "*.cs", SearchOption.AllDirectories)
                    .Any(file => File.ReadAllText(file).Contains(name, StringComparison.Ordinal)),
                $"{document}: no test of {project} is called {name}");
        }
    }

    [GeneratedRegex(@"^\./canton-infra pulumi ")]
    private static partial Regex PulumiVerb();
}
