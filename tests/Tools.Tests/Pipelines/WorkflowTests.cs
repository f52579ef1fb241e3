using System.Text.RegularExpressions;
using CantonInfra.ProtocolConformance.Tests.Node;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Tools.Tests.Pipelines;

/// <summary>The workflows of this repository: that GitHub takes them, and what none of them may do.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(CommandRun.Repository, ".github", "workflows");

    // What a job may do besides reading, and why.
    private static readonly Dictionary<string, string[]> Writes = new(StringComparer.Ordinal)
    {
        ["comment.yml/post"] = ["pull-requests"],
        ["comment.yml/scan"] = ["security-events"],
        ["deploy.yml/deploy"] = ["id-token"],
        ["drift.yml/drift"] = ["id-token"],
        ["pulumi-preview.yml/comment"] = ["pull-requests"],
        ["pulumi-preview.yml/preview"] = ["id-token"],
        ["report.yml/scan"] = ["security-events"],
    };

    public static TheoryData<string> Files => new(Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);

    [OfficialFact]
    public async Task GitHubs_own_parser_takes_them()
    {
        var files = Directory.GetFiles(Folder).Order(StringComparer.Ordinal).ToArray();
        var wrong = Path.Combine(Directory.CreateTempSubdirectory("canton-infra-").FullName, "wrong.yml");
        await File.WriteAllTextAsync(wrong, "on: push\nbogus: 1\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ githb.ref }}\n");
        await using var peer = await NodePeer.StartAsync("workflows.mjs", [.. files, wrong]);

        foreach (var file in files)
        {
            var answer = await peer.ReadAsync();
            Assert.Equal(Path.GetFileName(file), answer["file"]!.GetValue<string>());
            Assert.Empty(answer["errors"]!.AsArray().Select(error => error!.GetValue<string>()));
            Assert.True(answer["jobs"]!.GetValue<int>() > 0);
        }

        Assert.Equal(2, (await peer.ReadAsync())["errors"]!.AsArray().Count);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_job_has_no_rights_that_it_does_not_need(string file)
    {
        var root = Load(file);
        Assert.Empty(Assert.IsType<YamlMappingNode>(root["permissions"]).Children);
        foreach (var (name, job) in Jobs(root))
        {
            var rights = ((YamlMappingNode)job["permissions"]).Children;
            var written = rights.Where(right => right.Value.ToString() != "read").Select(right => right.Key.ToString()).ToArray();
            Assert.Equal(Writes.GetValueOrDefault($"{file}/{name}", []), written);
            Assert.True(job.Children.ContainsKey("timeout-minutes"), $"{file}/{name} has no timeout");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_are_pinned_by_their_whole_commit_with_the_version_beside_it(string file)
    {
        var uses = Uses().Matches(Text(file)).Select(match => match.Value.Trim()).ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches("^- uses: [a-z/-]+@[0-9a-f]{40} # v[0-9]+\\.[0-9]+\\.[0-9]+$", line));
    }

    [Fact]
    public void An_action_has_one_commit_in_all_workflows()
    {
        var commits = Directory.EnumerateFiles(Folder).SelectMany(file => Uses().Matches(File.ReadAllText(file)))
            .Select(match => match.Value.Trim()).Distinct(StringComparer.Ordinal).ToArray();

        Assert.Equal(commits.Length, commits.Select(line => line.Split('@')[0]).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_workflow_runs_a_pull_requests_code_with_rights_of_the_base(string file)
    {
        Assert.DoesNotContain("pull_request_target", Text(file), StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", Text(file), StringComparison.Ordinal);
        Assert.DoesNotContain("secrets: inherit", Text(file), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_is_put_into_a_script_but_by_the_environment(string file)
    {
        foreach (var (name, job) in Jobs(Load(file)))
        {
            foreach (var step in Steps(job).Where(step => step.Children.ContainsKey("run")))
            {
                var run = step["run"].ToString();
                Assert.False(run.Contains("${{", StringComparison.Ordinal), $"{file}/{name}: {run}");
                Assert.All(run.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.True(
                    File.Exists(Path.Combine(CommandRun.Repository, line.Trim().Split(' ')[0])), $"{file}/{name} runs no script: {line}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_checkout_leaves_no_token_behind(string file) => Assert.All(
        Jobs(Load(file)).SelectMany(job => Steps(job.Job)).Where(step => Uses(step).StartsWith("actions/checkout@", StringComparison.Ordinal)),
        step => Assert.Equal("false", step["with"]["persist-credentials"].ToString()));

    [Fact]
    public void What_writes_for_a_fork_runs_only_what_the_default_branch_has()
    {
        var root = Load("comment.yml");

        Assert.Equal("workflow_run", Assert.Single(((YamlMappingNode)root["on"]).Children.Keys).ToString());
        Assert.All(
            Jobs(root).SelectMany(job => Steps(job.Job)).Where(step => Uses(step).StartsWith("actions/checkout@", StringComparison.Ordinal)),
            step => Assert.False(((YamlMappingNode)step["with"]).Children.ContainsKey("ref")));
        var write = Jobs(root).Where(job => Writes.ContainsKey($"comment.yml/{job.Name}")).SelectMany(job => Steps(job.Job));
        Assert.DoesNotContain(write, step => Uses(step).StartsWith("actions/setup-dotnet@", StringComparison.Ordinal) || step.ToString().Contains("run-id", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scan_can_be_uploaded_from_a_private_repository_too()
    {
        var scans = Directory.EnumerateFiles(Folder).SelectMany(file => Jobs(Load(Path.GetFileName(file))))
            .Where(job => Steps(job.Job).Any(IsScan)).ToArray();

        Assert.Equal(2, scans.Length);
        Assert.All(scans, scan => Assert.Equal("read", scan.Job["permissions"]["actions"].ToString()));
    }

    // GitHub takes a finding of a pull request for new unless the base has it in the same category.
    [Fact]
    public async Task Findings_of_a_pull_request_are_compared_with_those_of_the_report()
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;
        var run = await CommandRun.InvokeAsync(
            "report", "-C", CommandRun.Repository, "--stack", "subscription-nonprod", "--format", "sarif", "--out", folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var sarif = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.sarif")));
        Directory.Delete(folder, recursive: true);
        var category = sarif.RootElement.GetProperty("runs")[0].GetProperty("automationDetails").GetProperty("id").GetString();

        var pullRequest = Assert.Single(Jobs(Load("comment.yml")).SelectMany(job => Steps(job.Job)), IsScan);
        var report = Assert.Single(Jobs(Load("report.yml")).SelectMany(job => Steps(job.Job)), IsScan);
        Assert.Equal(category, $"{pullRequest["with"]["category"]}/");
        Assert.False(((YamlMappingNode)report["with"]).Children.ContainsKey("category"));
    }

    [Fact]
    public void A_pull_request_is_compared_with_the_base_that_it_was_merged_with()
    {
        // The commit that the event names may be older than the merge that is checked out, and what others did since would be in the comment.
        var step = Assert.Single(Steps(Jobs(Load("preview.yml")).Single().Job), step => step.Children.ContainsKey("env"));

        Assert.Equal("HEAD^1", step["env"]["BASE"].ToString());
    }

    [Fact]
    public void A_check_that_documents_have_required_runs_for_every_pull_request()
    {
        var text = File.ReadAllText(Path.Combine(CommandRun.Repository, "docs", "pipelines", "README.md"));
        var required = RequiredChecks().Match(text).Groups["check"].Captures.Select(capture => capture.Value).ToArray();

        Assert.NotEmpty(required);
        Assert.All(required, check =>
        {
            var root = Assert.Single(
                Directory.EnumerateFiles(Folder).Select(file => Load(Path.GetFileName(file))), root =>
                    ((YamlMappingNode)root["on"]).Children.ContainsKey("pull_request") && Jobs(root).Any(job => job.Name == check));
            var trigger = root["on"]["pull_request"];
            Assert.True(trigger is YamlScalarNode, $"{check} does not run for every pull request: {trigger}");
        });
    }

    [Fact]
    public void Every_test_runs_for_every_pull_request()
    {
        var job = Assert.Single(Jobs(Load("test.yml"))).Job;

        Assert.Contains(Steps(job), step => step.Children.TryGetValue("run", out var run) && run.ToString() == "./test");
    }

    [Fact]
    public void What_has_credentials_cannot_begin_with_a_pull_request()
    {
        foreach (var file in new[] { "deploy.yml", "drift.yml", "pulumi-preview.yml" })
        {
            var root = Load(file);
            Assert.DoesNotContain("pull_request", ((YamlMappingNode)root["on"]).Children.Keys.Select(key => key.ToString()));
            Assert.All(
                Jobs(root).Where(job => ((YamlMappingNode)job.Job["permissions"]).Children.ContainsKey("id-token")),
                job => Assert.True(job.Job.Children.ContainsKey("environment"), $"{file}/{job.Name} has no environment that somebody approves"));
        }
    }

    [Fact]
    public void What_talks_to_azure_stays_signed_in_for_as_long_as_it_takes()
    {
        foreach (var file in new[] { "deploy.yml", "drift.yml", "pulumi-preview.yml" })
        {
            var run = Assert.Single(
                Jobs(Load(file)).SelectMany(job => Steps(job.Job)),
                step => step.Children.TryGetValue("env", out var env) && ((YamlMappingNode)env).Children.ContainsKey("ARM_USE_OIDC"))["run"].ToString();
            Assert.StartsWith(".github/scripts/with-azure .github/scripts/", run, StringComparison.Ordinal);
        }

        foreach (var (name, text) in Recipes().Where(recipe => recipe.Text.Contains("AzureCLI@2", StringComparison.Ordinal)))
        {
            Assert.True(text.Contains("keepAzSessionActive: true", StringComparison.Ordinal) && text.Contains("AAD_LOGIN_METHOD: azurecli", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void Every_stack_has_its_place_in_every_list()
    {
        var stacks = Engine.Projects.ProjectFile.Load(CommandRun.Repository).StackNames.ToHashSet(StringComparer.Ordinal);
        foreach (var file in new[] { "deploy.yml", "drift.yml", "pulumi-preview.yml" })
        {
            var listed = StackList().Match(Text(file)).Groups["stacks"].Value.Split(',', StringSplitOptions.TrimEntries);
            Assert.Equal(stacks.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Azure_devops_has_a_pipeline_for_each_workflow_and_lists_the_same_stacks()
    {
        // The comment is a stage of the preview there.
        var expected = Directory.EnumerateFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => name != "comment");
        Assert.Equal(expected.Order(StringComparer.Ordinal), Recipes().Select(recipe => recipe.Name).Order(StringComparer.Ordinal));

        var stacks = Engine.Projects.ProjectFile.Load(CommandRun.Repository).StackNames.Order(StringComparer.Ordinal).ToArray();
        foreach (var name in (string[])["deploy", "drift", "pulumi-preview"])
        {
            var text = Recipes().Single(recipe => recipe.Name == name).Text;
            Assert.Equal(stacks, RecipeStacks().Match(text).Groups["stacks"].Value.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Pipelines_of_azure_devops_run_our_scripts_leave_no_token_and_give_pull_requests_no_credentials()
    {
        foreach (var (name, text) in Recipes())
        {
            var nodes = Nodes(Parsed(text)).OfType<YamlMappingNode>().ToArray();
            Assert.All(
                nodes.Where(node => node.Children.ContainsKey("checkout")), node => Assert.Equal("false", node["persistCredentials"].ToString()));
            Assert.All(
                nodes.Where(node => node.Children.ContainsKey("job") || node.Children.ContainsKey("deployment")),
                node => Assert.True(node.Children.ContainsKey("timeoutInMinutes"), $"{name} has a job without a limit of time"));
            Assert.DoesNotContain("secret", text.Replace("secrets of", "", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase);
            Assert.All(Script().Matches(text), match => Assert.True(File.Exists(Path.Combine(CommandRun.Repository, match.Value)), match.Value));
            Assert.NotEmpty(Script().Matches(text));

            // What a stage of a pull request's own code may sign in as has somebody who approves.
            var signsIn = nodes.Any(node => node.Children.TryGetValue("task", out var task) && task.ToString().StartsWith("AzureCLI", StringComparison.Ordinal));
            Assert.Equal(name is "deploy" or "drift" or "pulumi-preview", signsIn);
            Assert.Equal(name is "deploy" or "pulumi-preview", nodes.Any(node => node.Children.ContainsKey("environment")));
            Assert.Equal(name is "preview" or "pulumi-preview", nodes.Any(node => node.Children.TryGetValue("checkout", out var what) && what.ToString() == "trusted"));
        }
    }

    private static IEnumerable<(string Name, string Text)> Recipes() =>
        Directory.EnumerateFiles(Path.Combine(CommandRun.Repository, "docs", "pipelines"), "azure-pipelines.*.yml")
            .Select(file => (Path.GetFileName(file).Split('.')[1], File.ReadAllText(file)));

    private static IEnumerable<YamlNode> Nodes(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Values.SelectMany(Nodes).Prepend(map),
        YamlSequenceNode list => list.Children.SelectMany(Nodes).Prepend(list),
        _ => [node],
    };

    private static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static YamlMappingNode Load(string file) => Parsed(Text(file));

    private static YamlMappingNode Parsed(string text)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(text);
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<(string Name, YamlMappingNode Job)> Jobs(YamlMappingNode root) =>
        ((YamlMappingNode)root["jobs"]).Children.Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Children.Cast<YamlMappingNode>();

    private static bool IsScan(YamlMappingNode step) => Uses(step).StartsWith("github/codeql-action/upload-sarif@", StringComparison.Ordinal);

    private static string Uses(YamlMappingNode step) => step.Children.TryGetValue("uses", out var uses) ? uses.ToString() : "";

    [GeneratedRegex("^ +- uses:.*$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"(\.github|docs/pipelines)/scripts/[a-z-]+")]
    private static partial Regex Script();

    [GeneratedRegex(@"the checks (`(?<check>[a-z -]+)`(, | and )?)+")]
    private static partial Regex RequiredChecks();

    [GeneratedRegex(@"(values|default): \[(?<stacks>[^\]]+)\]")]
    private static partial Regex RecipeStacks();

    [GeneratedRegex(@"(stack|options): \[(?<stacks>[^\]]+)\]")]
    private static partial Regex StackList();
}
