using System.Text.Json;

namespace CantonInfra.Tools.Tests;

/// <summary>A mistake on a command line or in a file gives an error that says what, where and what to do, and the exit code 2: never a crash.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-bad-").FullName;

    public BadInputTests()
    {
        Write("Pulumi.yaml", $"name: probe\nruntime: dotnet\nmain: {Path.Combine(CommandRun.Repository, "tests", "Programs", "ScriptedProgram")}\n");
        Write("Pulumi.dev.yaml", "config:\n  probe:script: |\n    stack\n    signal\n");
        Write("Pulumi.broken.yaml", "config: [1\n");
        Write("Pulumi.bytes.yaml", "\u0000\u0001");
        Write("Pulumi.list.yaml", "- a\n");
        Write("half.json", "{");
        Write("list.json", "[]");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "", "Name a verb: preview, diff, " },
        { "nonsense", "There is no verb 'nonsense'. There are: preview, " },
        { "previw --stack dev", "There is no verb 'previw'. Did you mean 'preview'?" },
        { "--stack dev", "There is no verb '--stack'." },
        { "rights", "Name a verb of 'rights': list, plan, apply, verify." },
        { "rights lst", "There is no verb 'lst' of 'rights'. Did you mean 'list'?" },
        { "idp", "Name a verb of 'idp': verify." },
        { "preview", "Name the stack with --stack. Known stacks: broken, bytes, dev, list." },
        { "preview --stak dev", "'preview' has no option --stak. Did you mean '--stack'?" },
        { "preview --stack dev extra", "'preview' takes no 'extra' here." },
        { "preview --stack", "Required argument missing for option: '--stack'." },
        { "preview --stack nope", "There is no stack 'nope': the project 'probe' has no file Pulumi.nope.yaml. Known stacks: " },
        { "preview --stack ../dev", "There is no stack '../dev'" },
        { "preview --stack broken", "Pulumi.broken.yaml:2:1: error: The file is not valid YAML" },
        { "preview --stack bytes", "Pulumi.bytes.yaml:" },
        { "preview --stack list", "Pulumi.list.yaml:1: error: The file must hold a mapping of keys to values." },
        { "preview --stack dev -c novalue", "'novalue' is not a setting of the form [namespace:]key=value." },
        { "preview --stack dev --against nowhere.json", "nowhere.json: error: There is no such file. './canton-infra preview --save-plan FILE' writes one." },
        { "preview --stack dev --against folder", "folder: error: There is no such file." },
        { "preview --stack dev --against half.json", "half.json: error: The file is not a plan: " },
        { "preview --stack dev --against list.json", "list.json: error: The file is not a plan: " },
        { "preview --stack dev --no-policy --json nowhere/x.json", "nowhere/x.json: error: The file cannot be written: " },
        { "preview --stack dev --no-policy --save-plan nowhere/x.json", "nowhere/x.json: error: The file cannot be written: " },
        { "preview --stack dev --policy-pack nowhere", "is no policy pack: it has no PulumiPolicy.yaml." },
        { "preview --stack dev --policy-pack-config half.json", "--policy-pack-config needs --policy-pack" },
        { "stacks extra", "'stacks' takes no 'extra' here." },
        { "doctor --jsn", "'doctor' has no option --jsn. Did you mean '--json'?" },
        { "phases --stack nope", "There is no stack 'nope'" },
        { "diff", "Say what to compare with, one of: --base REF, --saved DIR, --pulumi-json FILE." },
        { "diff --base HEAD --saved folder", "Say what to compare with, one of: " },
        { "diff --base HEAD", "is in no git repository, so there is nothing to compare with." },
        { "diff --saved folder", "This is no saved comparison: There is no file 'comparison.json'." },
        { "diff --saved folder --format pdf", "Argument 'pdf' not recognized. Must be one of: 'text' 'json' 'markdown'" },
        { "diff --saved folder --json nowhere/x.json", "This is no saved comparison" },
        { "diff --pulumi-json list.json", "This is no document of 'pulumi preview --json'" },
        { "report --stack dev", "Option '--out' is required." },
        { "report --out out --stack nope", "There is no stack 'nope'" },
        { "report --out out --stack dev --format nope", "Argument 'nope' not recognized." },
        { "graph", "Name the stack with --stack." },
        { "graph --stack dev --kind nope", "Argument 'nope' not recognized. Must be one of: 'connections' 'topology'" },
        { "graph --stack dev --kind topology --format nope", "Argument 'nope' not recognized." },
        { "graph --stack dev --kind topology --format text", "A graph of the kind topology is shown as svg, mermaid, json, not as text." },
        { "graph --kind topology --format svg", "Name the stack with --stack." },
        { "graph --plan nowhere.json", "There is no such file." },
        { "rules nope --policy-pack nowhere", "is no policy pack" },
        { "new-env", "Required argument missing for command: 'new-env'." },
        { "new-env dev", "There is a stack 'dev' already; Pulumi.dev.yaml stays as it is." },
        { "new-env x2 --network nope", "Argument 'nope' not recognized. Must be one of: 'devnet' 'testnet' 'mainnet'" },
        { "rights plan --service nobody=a", "'nobody=a' is no service and user; write one of " },
        { "idp verify --issuer notaurl --client-id x", "'notaurl' is no address such as https://host/path." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_one_error_with_the_exit_code_2(string line, string message)
    {
        string[] words = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => IsFile(word) ? Path.Combine(_folder, word) : word)];
        var takesProject = words.Length > 0 && words[0] is "preview" or "stacks" or "doctor" or "phases" or "diff" or "report" or "graph" or "rules" or "new-env";
        var project = takesProject && !line.Contains("extra", StringComparison.Ordinal) && line != "preview --stack" ? new[] { "-C", _folder } : [];

        var run = await CommandRun.InvokeAsync([.. words, .. project]);

        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}\n{run.Output}\n{run.Error}");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), text => text.Contains("error: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_mistakes_are_two_errors()
    {
        var run = await CommandRun.InvokeAsync("preview", "--stak", "dev", "--jsn", "x");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(
            "error: 'preview' has no option --stak. Did you mean '--stack'?\nerror: 'preview' has no option --jsn. Did you mean '--json'?\n",
            run.Error.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fails_deletes_nothing_of_an_earlier_plan()
    {
        Write("Pulumi.dev.yaml", "config:\n  probe:script: |\n    stack\n    resource a:b:C kept x=1\n    signal\n");
        var saved = await CommandRun.InvokeAsync("preview", "-C", _folder, "--stack", "dev", "--no-policy", "--save-plan", Path.Combine(_folder, "plan.json"));
        Write("Pulumi.dev.yaml", "config:\n  probe:script: |\n    stack\n    exit 1\n");

        var run = await CommandRun.InvokeAsync(
            "preview", "-C", _folder, "--stack", "dev", "--no-policy", "--against", Path.Combine(_folder, "plan.json"), "--json", Path.Combine(_folder, "out.json"));

        Assert.True(saved.ExitCode == 0, saved.Output + saved.Error);
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("delete", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "out.json")));
        Assert.DoesNotContain("delete", json.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsFile(string word) => word.EndsWith(".json", StringComparison.Ordinal) || word is "folder" or "out" or "nowhere";

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
