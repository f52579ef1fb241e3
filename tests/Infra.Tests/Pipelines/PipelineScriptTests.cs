using System.Text.Json;
using CantonInfra.Infra.Tests.Runbooks;

namespace CantonInfra.Infra.Tests.Pipelines;

/// <summary>The scripts of the workflows and of the recipe for Azure DevOps, run with commands that stand in for others.</summary>
public sealed class PipelineScriptTests : IDisposable
{
    private const string Scripts = ".github/scripts/";
    // What a stack tells with canton-infra:ledgerUsers.
    private const string Outputs = """
        {"secretVault":"kvapp","ledgerAccess":{"ledgerUrl":"https://ledger.example.com","tokenUrl":"https://auth.example.com/token",
        "clientId":"validator-app-backend","clientSecretName":"validator-app-backend","audience":"https://ledger-api.mainnet.canton",
        "scope":"daml_ledger_api","party":"canton-bridge","extras":["user-registration"],"users":{"api-server":"a b","relayer":"r"}}}
        """;

    private const string Marker = "<!-- canton-infra:preview -->";

    private readonly FakeCommands _fakes = new();

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Comparing_keeps_the_comparison_and_passes_the_verdict_on(int verdict)
    {
        _fakes.Add("canton-infra", $"echo '# a comment'; exit {verdict}");

        var (code, _) = Run("compare", new() { ["GITHUB_STEP_SUMMARY"] = _fakes.PathOf("summary") }, "abc", "folder");

        Assert.Equal(verdict, code);
        Assert.Equal(["canton-infra|diff|--base|abc|--save|folder|--format|markdown"], _fakes.Calls);
        Assert.Equal("# a comment\n", File.ReadAllText(_fakes.PathOf("summary")));

        // A file of its own would make the work tree differ from its commit.
        Assert.False(File.Exists(_fakes.PathOf("comment.md")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_report_is_kept_and_its_verdict_passed_on(int verdict)
    {
        _fakes.Add("canton-infra", $"mkdir -p \"$3\"; echo '# a report' >\"$3/report.md\"; exit {verdict}");

        var (code, _) = Run("report", new() { ["GITHUB_STEP_SUMMARY"] = _fakes.PathOf("summary") }, "out");

        Assert.Equal(verdict, code);
        Assert.Equal(["canton-infra|report|--out|out"], _fakes.Calls);
        Assert.Equal("# a report\n", File.ReadAllText(_fakes.PathOf("summary")));
    }

    [Fact]
    public void Rendering_takes_the_tools_comment()
    {
        _fakes.Add("canton-infra", "echo rendered");

        var (code, _) = Run("render", [], "comparison", "out");

        Assert.Equal(0, code);
        Assert.Equal(["canton-infra|diff|--saved|comparison|--format|markdown|--sarif|out/findings.sarif"], _fakes.Calls);
        Assert.Equal("rendered\n", File.ReadAllText(_fakes.PathOf("out/comment.md")));
    }

    [Fact]
    public void What_cannot_be_rendered_is_a_comment_of_its_own_with_nothing_of_it()
    {
        _fakes.Add("canton-infra", "echo '<script>hostile'; echo 'error: hostile' >&2; exit 2");

        var (code, _) = Run("render", [], "comparison", "out");

        Assert.Equal(0, code);
        var comment = File.ReadAllText(_fakes.PathOf("out/comment.md"));
        Assert.StartsWith($"{Marker}\n## ❌ there is no preview\n", comment, StringComparison.Ordinal);
        Assert.DoesNotContain("hostile", comment, StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(File.ReadAllText(_fakes.PathOf("out/findings.sarif")));
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public void The_pull_request_is_the_one_whose_last_commit_was_previewed()
    {
        _fakes.Add("gh", """echo '[{"number":1,"head":{"sha":"old"}},{"number":7,"head":{"sha":"new"}}]'""");
        var environment = PullRequest("new; touch hacked");

        var found = Run("find-pull-request", PullRequest("new"));
        Assert.Equal(0, found.ExitCode);
        Assert.Equal("number=7\n", File.ReadAllText(_fakes.PathOf("output")));
        Assert.Contains("gh|api|--method|GET|repos/o/r/pulls|-f|state=open|-f|head=fork:a branch; $(touch x)", _fakes.Calls);

        Assert.Equal(0, Run("find-pull-request", environment).ExitCode);
        Assert.EndsWith("number=\n", File.ReadAllText(_fakes.PathOf("output")), StringComparison.Ordinal);
        Assert.False(File.Exists(_fakes.PathOf("hacked")));
    }

    [Fact]
    public void A_first_comment_is_posted_and_a_later_one_replaces_it()
    {
        _fakes.Add("gh", """
            if [ "$2" = --paginate ]; then cat "$STATE/comments"; else while [ $# -gt 0 ]; do [ "$1" != --input ] || cp "$2" "$STATE/sent"; shift; done; fi
            """);
        File.WriteAllText(_fakes.PathOf("comment.md"), $"{Marker}\nit's \"new\"\n");
        var environment = new Dictionary<string, string> { ["REPOSITORY"] = "o/r", ["NUMBER"] = "7" };

        // Somebody else's comment with our marker is not ours.
        File.WriteAllText(_fakes.PathOf("comments"), Comments(("mallory", Marker), ("github-actions[bot]", "other")));
        Assert.Equal((0, "commented on #7\n"), Run("post-comment", environment, "comment.md"));
        Assert.StartsWith("gh|api|--method|POST|repos/o/r/issues/7/comments|--input|", _fakes.Calls[^1], StringComparison.Ordinal);
        using (var sent = JsonDocument.Parse(File.ReadAllText(_fakes.PathOf("sent"))))
        {
            Assert.Equal($"{Marker}\nit's \"new\"\n", sent.RootElement.GetProperty("body").GetString());
        }

        File.WriteAllText(_fakes.PathOf("comments"), Comments(("mallory", Marker), ("github-actions[bot]", $"{Marker}\nold")));
        Assert.Equal((0, "replaced comment 2 on #7\n"), Run("post-comment", environment, "comment.md"));
        Assert.StartsWith("gh|api|--method|PATCH|repos/o/r/issues/comments/2|--input|", _fakes.Calls[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no marker\n", "7")]
    [InlineData("<!-- canton-infra:preview --> and more\n", "7")]
    [InlineData("<!-- canton-infra:preview -->\n", "7/../8")]
    public void Nothing_else_is_posted(string comment, string number)
    {
        _fakes.Add("gh", "exit 1");
        File.WriteAllText(_fakes.PathOf("comment.md"), comment);

        var (code, _) = Run("post-comment", new() { ["REPOSITORY"] = "o/r", ["NUMBER"] = number }, "comment.md");

        Assert.Equal(2, code);
        Assert.Empty(_fakes.Calls);
    }

    [Fact]
    public void A_deployment_is_previewed_first_and_only_with_the_official_packages()
    {
        _fakes.Add("canton-infra", "");
        var official = Assets("""{"libraries":{"Pulumi/3.112.1":{}}}""");

        Assert.Equal(0, Run("deploy", official, "mainnet").ExitCode);
        Assert.Equal(
            [
                "canton-infra|pulumi|preview|--stack|mainnet|--non-interactive|--diff",
                "canton-infra|pulumi|up|--stack|mainnet|--non-interactive|--yes|--skip-preview",
            ],
            _fakes.Calls);
    }

    [Theory]
    [InlineData("""{"libraries":{"Pulumi.Local/1.0.0":{}}}""")]
    [InlineData("no json")]
    public void With_the_stand_in_nothing_is_deployed(string assets)
    {
        _fakes.Add("canton-infra", "");

        var (code, output) = Run("deploy", Assets(assets), "mainnet");

        Assert.Equal(1, code);
        Assert.Contains("not built against the official Pulumi packages", output, StringComparison.Ordinal);
        Assert.Single(_fakes.Calls);
    }

    [Fact]
    public void A_preview_that_is_refused_deploys_nothing()
    {
        _fakes.Add("canton-infra", "exit 5");

        Assert.Equal(5, Run("deploy", Assets("{}"), "mainnet").ExitCode);
        Assert.Single(_fakes.Calls);
    }

    [Theory]
    [InlineData("mainnet; touch x")]
    [InlineData("$(touch x)")]
    [InlineData("")]
    public void A_stack_has_the_name_of_one(string stack)
    {
        _fakes.Add("canton-infra", "");

        Assert.Equal(2, Run("deploy", [], stack).ExitCode);
        Assert.Equal(2, Run("drift", [], stack).ExitCode);
        Assert.Empty(_fakes.Calls);
    }

    [Fact]
    public void Drift_is_looked_for_everywhere_before_it_fails()
    {
        _fakes.Add("canton-infra", $$"""
            case "$1 $2" in
              "pulumi stack") cat "$STATE/outputs" ;;
              "rights plan") printf '%s' "$CANTON_AUTH_CLIENT_SECRET" >"$STATE/secret" ;;
              *) exit 1 ;;
            esac
            """).Add("az", "echo canary-secret");
        File.WriteAllText(_fakes.PathOf("outputs"), Outputs);

        var (code, output) = Run("drift", [], "mainnet");

        Assert.Equal(1, code);
        Assert.Contains("drift: the cloud\ndrift: policies\n", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "canton-infra|pulumi|refresh|--stack|mainnet|--preview-only|--expect-no-changes|--non-interactive",
                "canton-infra|pulumi|stack|output|--stack|mainnet|--json",
                "az|keyvault|secret|show|--vault-name|kvapp|--name|validator-app-backend|--query|value|--output|tsv",
                "canton-infra|rights|plan|--expect-no-changes|--ledger-url|https://ledger.example.com|--token-url|https://auth.example.com/token"
                    + "|--client-id|validator-app-backend|--audience|https://ledger-api.mainnet.canton|--scope|daml_ledger_api|--party|canton-bridge"
                    + "|--extra|user-registration|--service|api-server=a b|--service|relayer=r",
                "canton-infra|pulumi|policy|analyze|--stack|mainnet|--policy-pack|policy",
            ],
            _fakes.Calls);
        Assert.Equal("canary-secret", File.ReadAllText(_fakes.PathOf("secret")));
        Assert.DoesNotContain("canary-secret", string.Join('\n', _fakes.Calls) + output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "exit 0", "exit 3")]
    [InlineData("no json", "exit 0", "exit 0")]
    [InlineData(Outputs, "exit 1", "exit 0")]
    [InlineData(Outputs, "echo s", "exit 1")]
    public void Rights_that_cannot_be_looked_at_are_drift(string outputs, string az, string tool)
    {
        _fakes.Add("canton-infra", $$"""
            [ "$1 $2" != "pulumi stack" ] || { cat "$STATE/outputs"; [ -s "$STATE/outputs" ] || exit 1; }
            [ "$1" != rights ] || {{tool}}
            """).Add("az", az);
        File.WriteAllText(_fakes.PathOf("outputs"), outputs);

        var (code, output) = Run("drift", [], "mainnet");

        Assert.Equal(1, code);
        Assert.Contains("drift: rights of Canton users\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_azure_cli_signs_in_anew_after_a_long_look_at_the_cloud()
    {
        _fakes.Add("canton-infra", """[ "$1 $2" != "pulumi stack" ] || cat "$STATE/outputs" """).Add("az", "echo s");
        File.WriteAllText(_fakes.PathOf("outputs"), Outputs);
        File.WriteAllText(_fakes.PathOf("token"), "fresh");

        var (code, _) = Run(
            "drift",
            new() { ["AZURE_FEDERATED_TOKEN_FILE"] = _fakes.PathOf("token"), ["AZURE_CLIENT_ID"] = "client", ["AZURE_TENANT_ID"] = "tenant" },
            "mainnet");

        Assert.Equal(0, code);
        Assert.Equal(
            ["az|login|--service-principal|--username|client|--tenant|tenant|--federated-token|fresh|--output|none", "az|keyvault|secret|show"],
            _fakes.Calls.Where(call => call.StartsWith("az|", StringComparison.Ordinal)).Select(call => call.Split("|--vault-name")[0]));
    }

    [Fact]
    public void A_stack_that_manages_no_users_has_no_rights_to_look_at()
    {
        _fakes.Add("canton-infra", """[ "$2" != stack ] || echo '{"location":"centralus"}'""");

        var (code, output) = Run("drift", [], "subscription-prod");

        Assert.Equal(0, code);
        Assert.Contains("users are not managed here", output, StringComparison.Ordinal);
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("rights", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_cli_says_is_kept_and_rendered()
    {
        _fakes.Add("canton-infra", """[ "$1" = diff ] && echo rendered || { echo '{"steps":[]}'; exit 5; }""");

        Assert.Equal(5, Run("preview-deployed", Assets("""{"libraries":{"Pulumi/3.112.1":{}}}"""), "mainnet", "deployed").ExitCode);
        Assert.Equal("{\"steps\":[]}\n", File.ReadAllText(_fakes.PathOf("deployed/mainnet.json")));

        Assert.Equal(0, Run("render-deployed", [], "deployed", "out").ExitCode);
        Assert.Equal("canton-infra|diff|--pulumi-json|deployed/mainnet.json|--format|markdown", _fakes.Calls[^1]);
        Assert.Equal("rendered\n", File.ReadAllText(_fakes.PathOf("out/comment.md")));
    }

    [Fact]
    public void Without_a_preview_the_comment_says_so()
    {
        _fakes.Add("canton-infra", "exit 1");

        Assert.Equal(0, Run("render-deployed", [], "nowhere", "out").ExitCode);
        Assert.Contains("there is no preview against what is deployed", File.ReadAllText(_fakes.PathOf("out/comment.md")), StringComparison.Ordinal);
        Assert.Empty(_fakes.Calls);
    }

    [Theory]
    [InlineData("""{"projects":[{"frameworks":[{"topLevelPackages":[],"transitivePackages":[]}]}]}""", "", 0)]
    [InlineData("""{"projects":[{"frameworks":[{"transitivePackages":[{"id":"Bad.Package","resolvedVersion":"1.0.0"}]}]}]}""", "", 1)]
    [InlineData("""{"projects":[]}""", "exit 1", 1)]
    public void A_vulnerable_package_fails_the_audit(string listed, string npm, int expected)
    {
        _fakes.Add("dotnet", $"[ \"$1\" != list ] || echo '{listed}'").Add("npm", npm).Add("git", "echo package-lock.json");

        var (code, output) = Run("audit", []);

        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.Contains("no known vulnerabilities", StringComparison.Ordinal));
        Assert.Contains("dotnet|list|infra|package|--vulnerable|--include-transitive|--format|json", _fakes.Calls);
        Assert.Contains(_fakes.Calls, call => call.StartsWith("npm|audit|", StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_stays_signed_in_and_leaves_nothing_behind()
    {
        _fakes.Add("curl", """
            while [ $# -gt 0 ]; do [ "$1" != --config ] || cat "$2" >>"$STATE/header"; shift; done
            echo >>"$STATE/asked"; echo "{\"value\":\"assertion-$(wc -l <"$STATE/asked" | tr -d ' ')\"}"
            """).Add("long", """
            cat "$AZURE_FEDERATED_TOKEN_FILE"; echo
            until [ "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" != assertion-1 ]; do sleep 0.1; done
            echo "$AZURE_CLIENT_ID $AZURE_TENANT_ID $AAD_LOGIN_METHOD"
            echo "$AZURE_FEDERATED_TOKEN_FILE" >"$STATE/place"
            exit 7
            """);

        var (code, output) = Run("with-azure", Federated(), "long");

        Assert.Equal(7, code);
        Assert.Equal("assertion-1\nclient tenant workloadidentity\n", output);
        Assert.Contains("Bearer canary-request", File.ReadAllText(_fakes.PathOf("header")), StringComparison.Ordinal);
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("canary", StringComparison.Ordinal));
        Assert.Contains(_fakes.Calls, call => call.EndsWith("|https://token.example.com/?v=1&audience=api://AzureADTokenExchange", StringComparison.Ordinal));
        Assert.False(File.Exists(File.ReadAllText(_fakes.PathOf("place")).Trim()));
    }

    [Fact]
    public void A_command_that_cannot_sign_in_is_not_run()
    {
        _fakes.Add("curl", "exit 22").Add("long", "true");

        var (code, output) = Run("with-azure", Federated(), "long");

        Assert.Equal(1, code);
        Assert.Contains("id-token: write", output, StringComparison.Ordinal);
        Assert.DoesNotContain("long|", _fakes.Calls);
    }

    [Fact]
    public void Elsewhere_a_command_signs_in_by_itself()
    {
        _fakes.Add("long", "exit 3");

        Assert.Equal(3, Run("with-azure", new() { ["ACTIONS_ID_TOKEN_REQUEST_URL"] = "" }, "long", "a b").ExitCode);
        Assert.Equal(["long|a b"], _fakes.Calls);
    }

    [Fact]
    public void What_tests_need_is_installed_as_root()
    {
        _fakes.Add("id", "echo 1001");
        _fakes.Add("sudo", "");

        var (code, _) = Run("prepare-tests", []);

        Assert.Equal(0, code);
        Assert.EndsWith("/tests/Infra.Tests/Databases/postgresql-server|prepare", Assert.Single(_fakes.Calls, call => call.StartsWith("sudo|", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void On_azure_devops_a_comment_is_posted_or_replaced_and_the_token_is_in_no_argument()
    {
        _fakes.Add("curl", """
            cat >/dev/null </dev/null
            url=${*: -1}
            case "$*" in
              *connectionData*) echo '{"authenticatedUser":{"id":"me"}}' ;;
              *"--request"*) while [ $# -gt 0 ]; do [ "$1" != --data ] || cp "${2#@}" "$STATE/sent"; shift; done ;;
              *) cat "$STATE/threads" ;;
            esac
            """);
        File.WriteAllText(_fakes.PathOf("comment.md"), $"{Marker}\nnew\n");
        var environment = new Dictionary<string, string>
        {
            ["SYSTEM_COLLECTIONURI"] = "https://dev.azure.com/org/",
            ["SYSTEM_TEAMPROJECT"] = "my project",
            ["BUILD_REPOSITORY_ID"] = "repo",
            ["SYSTEM_PULLREQUEST_PULLREQUESTID"] = "7",
            ["SYSTEM_ACCESSTOKEN"] = "canary-token-1",
        };
        const string Threads = "https://dev.azure.com/org/my%20project/_apis/git/repositories/repo/pullRequests/7/threads";

        File.WriteAllText(_fakes.PathOf("threads"), """{"value":[{"id":1,"comments":[{"id":1,"author":{"id":"mallory"},"content":"<!-- canton-infra:preview -->"}]}]}""");
        Assert.Equal((0, "commented on pull request 7\n"), Run("../../docs/pipelines/scripts/post-comment", environment, "comment.md"));
        Assert.EndsWith($"|{Threads}?api-version=7.1", _fakes.Calls[^1], StringComparison.Ordinal);

        File.WriteAllText(_fakes.PathOf("threads"), """{"value":[{"id":5,"comments":[{"id":2,"author":{"id":"me"},"content":"<!-- canton-infra:preview -->\nold"}]}]}""");
        Assert.Equal((0, "replaced the comment of thread 5\n"), Run("../../docs/pipelines/scripts/post-comment", environment, "comment.md"));
        Assert.EndsWith($"|{Threads}/5/comments/2?api-version=7.1", _fakes.Calls[^1], StringComparison.Ordinal);
        using var sent = JsonDocument.Parse(File.ReadAllText(_fakes.PathOf("sent")));
        Assert.Equal($"{Marker}\nnew\n", sent.RootElement.GetProperty("content").GetString());
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("canary-token-1", StringComparison.Ordinal));
    }

    public void Dispose() => _fakes.Dispose();

    private static string Comments(params (string Login, string Body)[] comments) => JsonSerializer.Serialize(
        comments.Select((comment, index) => new { id = index + 1, user = new { login = comment.Login }, body = comment.Body }));

    private (int ExitCode, string Output) Run(string script, Dictionary<string, string> environment, params string[] arguments) =>
        _fakes.RunHere(Scripts + script, environment, arguments);

    private Dictionary<string, string> PullRequest(string commit) => new()
    {
        ["REPOSITORY"] = "o/r",
        ["HEAD_OWNER"] = "fork",
        ["HEAD_BRANCH"] = "a branch; $(touch x)",
        ["HEAD_SHA"] = commit,
        ["GITHUB_OUTPUT"] = _fakes.PathOf("output"),
    };

    private static Dictionary<string, string> Federated() => new()
    {
        ["ACTIONS_ID_TOKEN_REQUEST_URL"] = "https://token.example.com/?v=1",
        ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "canary-request",
        ["ARM_CLIENT_ID"] = "client",
        ["ARM_TENANT_ID"] = "tenant",
        ["RENEW_SECONDS"] = "1",
    };

    private Dictionary<string, string> Assets(string json)
    {
        File.WriteAllText(_fakes.PathOf("assets.json"), json);
        return new() { ["ASSETS_FILE"] = _fakes.PathOf("assets.json") };
    }
}
