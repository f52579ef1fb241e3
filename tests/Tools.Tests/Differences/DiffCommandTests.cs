using System.Diagnostics;
using System.Text.Json;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Terminals;
using Moq;

namespace CantonInfra.Tools.Tests.Differences;

/// <summary>The command on a repository of its own, with the real git and engine.</summary>
public sealed class DiffCommandTests : IDisposable
{
    private const string Canary = "canary-c0ffee-78";

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-diff-").FullName;
    private readonly Mock<ICommandProbe> _builder = new(MockBehavior.Strict);

    public DiffCommandTests()
    {
        Git("init", "--quiet", "--initial-branch=main");
        File.WriteAllText(
            Path.Combine(_folder, "Pulumi.yaml"),
            $"name: probe\nruntime: dotnet\nmain: {Path.Combine(CommandRun.Repository, "tests", "Programs", "ScriptedProgram")}\n");
        File.WriteAllText(Path.Combine(_folder, ".gitignore"), ".cache/\n");
        Script("dev", $"resource azure-native:dbforpostgresql:Server psql serverName=a password=!{Canary}");
        Script("gone", "");
        Commit();
    }

    [Fact]
    public async Task A_change_of_a_stack_file_shows_what_it_does_without_a_build()
    {
        Script("dev", $"resource azure-native:dbforpostgresql:Server psql serverName=b password=!{Canary}2");

        var run = await RunAsync("--base", "HEAD", "--stack", "dev", "--json", PathOf("report.json"));

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("Comparing (stack file change)", run.Output, StringComparison.Ordinal);
        Assert.Contains("✗ [dev] azure-native:dbforpostgresql:Server psql  is replaced: a database server with its databases: serverName", run.Output, StringComparison.Ordinal);
        Assert.Contains("serverName: a → b  [replaces]", run.Output, StringComparison.Ordinal);
        Assert.Contains("password: [secret] → [secret]", run.Output, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf("report.json")));
        var stack = Assert.Single(report.RootElement.GetProperty("stacks").EnumerateArray());
        Assert.Equal(1, stack.GetProperty("changes").GetProperty("replace").GetInt32());
        _builder.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task A_change_of_the_program_is_told_and_builds_the_base_once()
    {
        File.WriteAllText(PathOf("Stack.cs"), "// a program");
        _builder.Setup(probe => probe.AskAsync("dotnet", It.Is<string[]>(words => words[0] == "build"), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new CommandAnswer(0, ""));

        var first = await RunAsync("--base", "HEAD", "--stack", "dev");
        var second = await RunAsync("--base", "HEAD", "--stack", "dev");

        Assert.Contains("Comparing (code change)", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
        Assert.Contains("dev: no changes", first.Output, StringComparison.Ordinal);
        _builder.Verify(probe => probe.AskAsync("dotnet", It.IsAny<string[]>(), It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_base_that_does_not_build_is_told()
    {
        File.WriteAllText(PathOf("Stack.cs"), "// a program");
        _builder.Setup(probe => probe.AskAsync("dotnet", It.IsAny<string[]>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new CommandAnswer(1, "Stack.cs(1,1): error CS0001"));

        var run = await RunAsync("--base", "HEAD");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error CS0001", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_stacks_stacks_that_go_and_stacks_that_fail_are_told()
    {
        Script("new", "resource azure-native:network:PublicIPAddress ip");
        File.Delete(PathOf("Pulumi.gone.yaml"));
        File.WriteAllText(PathOf("Pulumi.dev.yaml"), "config: [1]\n");

        var run = await RunAsync("--base", "main");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("new: 1 to create\n    new stack", run.Output, StringComparison.Ordinal);
        Assert.Contains("its file is gone; what it deployed stays, and nobody looks after it", run.Output, StringComparison.Ordinal);
        Assert.Contains("the preview failed: Pulumi.dev.yaml:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_base_is_where_the_branch_began()
    {
        Git("switch", "--quiet", "--create", "feature");
        Script("dev", "resource azure-native:network:VirtualNetwork mine");
        Commit();
        Git("switch", "--quiet", "main");
        Script("dev", "resource azure-native:network:VirtualNetwork theirs");
        Commit();
        Git("switch", "--quiet", "feature");

        var run = await RunAsync("--base", "main", "--stack", "dev");

        Assert.Contains("VirtualNetwork mine", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_comparison_gives_the_same_report_elsewhere()
    {
        Script("dev", $"resource azure-native:dbforpostgresql:Server psql serverName=b password=!{Canary}2");

        var live = await RunAsync("--base", "HEAD", "--save", PathOf("saved"), "--format", "markdown");
        var saved = await RunAsync("--saved", PathOf("saved"), "--format", "markdown");

        Assert.Equal(0, saved.ExitCode);
        Assert.Equal(live.Output, saved.Output);
        Assert.StartsWith("<!-- canton-infra:preview -->\n", live.Output, StringComparison.Ordinal);
        Assert.Contains("`password`: `[secret]` → `[secret]`", live.Output, StringComparison.Ordinal);
        foreach (var text in Directory.EnumerateFiles(PathOf("saved")).Select(File.ReadAllText).Append(live.Output))
        {
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Say what to compare with")]
    [InlineData("There is no commit 'nowhere' here", "--base", "nowhere")]
    [InlineData("There is no commit '--output=x' here", "--base=--output=x")]
    [InlineData("There is no stack 'nope'", "--base", "HEAD", "--stack", "nope")]
    [InlineData("This is no saved comparison", "--saved", "nowhere")]
    [InlineData("This is no document of 'pulumi preview --json'", "--pulumi-json", "nowhere")]
    public async Task What_cannot_be_compared_is_refused(string message, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    public void Dispose()
    {
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.Attributes = FileAttributes.Normal;
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Script(string stack, string line) => File.WriteAllText(
        PathOf($"Pulumi.{stack}.yaml"), $"config:\n  probe:script: |\n    stack\n    {line}\n    signal\n");

    private void Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "a change");
    }

    private void Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private async Task<CommandRun> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        using var bytes = new MemoryStream();
        var terminal = new Terminal(output, error, HasColors: false, ShowsProgress: false);
        var verb = DiffVerb.Create(new DiffCommand(terminal, bytes, _ => null, TimeProvider.System, new CommandProbe(), _builder.Object));
        var code = await verb.Parse(["-C", _folder, .. arguments]).InvokeAsync();
        return new CommandRun(code, output + System.Text.Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }
}
