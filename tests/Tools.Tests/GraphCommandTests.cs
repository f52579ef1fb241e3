using System.Text.Json;
using CantonInfra.Fakes;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Tests;

public sealed class GraphCommandTests : IDisposable
{
    private const string Kubectl = "kubectl get namespaces,pods,services,serviceaccounts,networkpolicies --all-namespaces -o json";

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    [Fact]
    public async Task The_connections_of_a_stack_and_that_policies_allow_just_these()
    {
        var run = await CommandRun.InvokeAsync("graph", "--stack", "devnet", "-C", CommandRun.Repository, "--no-color");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("FROM", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"validator/validator-app +validator/participant +TCP 5002 +works", run.Output);
        Assert.Contains("policies allow exactly what is declared: yes", run.Output, StringComparison.Ordinal);
        Assert.Contains("semantics: cilium", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_graph_as_JSON_and_as_Mermaid()
    {
        var plan = SavePlan();
        var json = await CommandRun.InvokeAsync("graph", "--plan", plan, "--format", "json");

        using var document = JsonDocument.Parse(json.Output);
        Assert.True(document.RootElement.GetProperty("holds").GetBoolean());
        var edge = Assert.Single(document.RootElement.GetProperty("edges").EnumerateArray());
        Assert.Equal(
            ("n/client", "n/ledger", "TCP 5001", "works"),
            (Text(edge, "from"), Text(edge, "to"), Text(edge, "ports"), Text(edge, "state")));
        Assert.Equal(["n/in", "n/out"], edge.GetProperty("policies").EnumerateArray().Select(each => each.GetString()));

        var mermaid = await CommandRun.InvokeAsync("graph", "--plan", plan, "--format", "mermaid");
        Assert.StartsWith("flowchart LR\n", mermaid.Output, StringComparison.Ordinal);
        Assert.Contains("-->|\"TCP 5001\"|", mermaid.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_hold_is_an_exit_code()
    {
        var run = await CommandRun.InvokeAsync("graph", "--plan", SavePlan(port: 5002), "--no-color");

        Assert.Equal(5, run.ExitCode);
        Assert.Matches(@"n/client +n/ledger +TCP 5001 +fails", run.Output);
        Assert.Matches(@"n/client +n/ledger +TCP 5002 +undeclared", run.Output);
        Assert.Contains("policies allow exactly what is declared: no", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_mesh_does_is_told_where_there_is_one()
    {
        var plan = SavePlan(principal: "d/ns/n/sa/ledger");
        var text = await CommandRun.InvokeAsync("graph", "--plan", plan, "--no-color");
        var json = await CommandRun.InvokeAsync("graph", "--plan", plan, "--format", "json");
        var without = await CommandRun.InvokeAsync("graph", "--plan", SavePlan(), "--no-color");
        var refused = await CommandRun.InvokeAsync("graph", "--plan", SavePlan(principal: "d/ns/n/sa/ledger", meshPort: 5002), "--no-color");

        Assert.Equal(0, text.ExitCode);
        Assert.Matches(@"n/client +n/ledger +TCP 5001 +works .*plain text: mesh", text.Output);
        using var document = JsonDocument.Parse(json.Output);
        var mesh = Assert.Single(document.RootElement.GetProperty("edges").EnumerateArray()).GetProperty("mesh");
        Assert.Equal("""{"way":"plaintext","principal":"","policies":["mesh"]}""", JsonSerializer.Serialize(mesh));
        Assert.DoesNotContain("MESH", without.Output, StringComparison.Ordinal);
        Assert.Equal(5, refused.ExitCode);
        Assert.Matches(@"n/client +n/ledger +TCP 5001 +works .*refused", refused.Output);
    }

    [Fact]
    public async Task A_program_without_connections_has_no_graph()
    {
        var run = await CommandRun.InvokeAsync("graph", "--stack", "subscription-prod", "-C", CommandRun.Repository);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("declares no connections", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_as_planned_has_no_differences()
    {
        var run = await LiveAsync(Objects());

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("policies allow exactly what is declared: yes", run.Output, StringComparison.Ordinal);
        Assert.Equal([$"{Kubectl} --context prod"], File.ReadAllLines(Path.Combine(_folder, "calls")));
    }

    [Theory]
    [InlineData("'app': 'participant'", "'app': 'other'", "n/participant: no pod has the labels of the contract: app=participant")]
    [InlineData("'app': 'client'", "'app': 'renamed'", "n/client: no pod of the namespace n has the labels app=client")]
    [InlineData("'app': 'client'", "'app': 'renamed'", "n/client-1: a pod that no declared end is: it may resolve names and nothing else")]
    [InlineData("{'name': 'lg-api', 'containerPort': 5001}", "{'name': 'grpc', 'containerPort': 5001}", "n/participant-1: has no port lg-api TCP 5001, and the contract says so")]
    [InlineData("{'name': 'lg-api', 'containerPort': 5001}", "{'name': 'lg-api', 'containerPort': 5001}, {'containerPort': 22}", "n/participant-1: listens on TCP 22, which the contract does not know")]
    [InlineData("'serviceAccountName': 'default'", "'serviceAccountName': 'admin'", "n/participant-1: runs as the service account admin, and the contract says default")]
    [InlineData("'serviceAccountName': 'default'", "'hostNetwork': true", "n/participant-1: has the network of its node, and the contract says otherwise")]
    [InlineData("'kind': 'ServiceAccount'", "'kind': 'Secret'", "n/participant: there is no service account default")]
    [InlineData("{'port': 5001}", "{'port': 5009}", "n/participant: the service has no port 5001, and the contract says so")]
    [InlineData("'kind': 'Service',", "'kind': 'Endpoints',", "n/participant: there is no such service, and the contract says so")]
    [InlineData("'name': 'out'", "'name': 'outside'", "n/out: the network policy of the plan is not in the cluster")]
    [InlineData("'name': 'out'", "'name': 'outside'", "n/outside: a network policy that is not in the plan")]
    public async Task What_is_otherwise_in_the_cluster_is_told(string planned, string live, string difference)
    {
        var objects = Objects();
        Assert.Contains(planned, objects, StringComparison.Ordinal);
        var run = await LiveAsync(objects.Replace(planned, live, StringComparison.Ordinal));

        Assert.Equal(5, run.ExitCode);
        Assert.Contains(difference, run.Error.Split('\n'));
    }

    // Somebody changed a policy with kubectl: it has its name, and what it allows is looked at in the cluster.
    [Fact]
    public async Task A_policy_that_was_changed_in_the_cluster_is_an_undeclared_connection()
    {
        var run = await LiveAsync(Objects().Replace("{'port': 5001, 'protocol': 'TCP'}", "{'port': 5001, 'endPort': 5002}", StringComparison.Ordinal));

        Assert.Equal(5, run.ExitCode);
        Assert.Matches(@"n/client +n/participant +TCP 5002 +undeclared", run.Output);
    }

    // Of a mesh: pods have its sidecar, among the containers that come first, and run as whom it knows.
    [Theory]
    [InlineData("example.com/ns/n/sa/default", true, null)]
    [InlineData("example.com/ns/n/sa/default", false, "n/participant-1: has no sidecar, and the plan has it in a mesh: make it anew")]
    [InlineData("example.com/ns/n/sa/participant", true, "n/participant-1: runs as the service account default, and the mesh is told of example.com/ns/n/sa/participant")]
    [InlineData(null, true, "n/participant-1: has a sidecar of a mesh, and the plan has none for it")]
    public async Task Who_is_in_a_mesh_has_its_sidecar(string? principal, bool hasSidecar, string? difference)
    {
        var objects = hasSidecar
            ? Objects().Replace("'containers': [{'ports': [{'name': 'lg-api'", "'initContainers': [{'name': 'istio-proxy', 'ports': [{'containerPort': 15090}]}], 'containers': [{'ports': [{'name': 'lg-api'", StringComparison.Ordinal)
            : Objects();

        var run = await LiveAsync(objects, principal: principal);

        Assert.Equal(difference is null ? 0 : 5, run.ExitCode);
        Assert.Equal(difference ?? "", run.Error.TrimEnd());
    }

    [Theory]
    [InlineData("echo 'error: no such context' >&2; exit 1", "error: no such context")]
    [InlineData("echo '<html>'", "What kubectl lists is not understood")]
    [InlineData(null, "kubectl does not answer")]
    public async Task A_cluster_that_does_not_answer_is_told(string? script, string message)
    {
        var run = await LiveAsync("", script, hasKubectl: script is not null);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Json(string text) => text.Replace('\'', '"');

    // A participant as its chart makes it, and its client.
    private static string Objects()
    {
        string[] policies = [.. Policies(5001, "participant").Select(policy =>
            $"{{'kind': 'NetworkPolicy', 'metadata': {{'name': '{policy.Name}', 'namespace': 'n'}}, 'spec': {policy.Spec}}}")];
        return """
            {'kind': 'List', 'items': [
              {'kind': 'Namespace', 'metadata': {'name': 'n', 'labels': {'kubernetes.io/metadata.name': 'n'}}},
              {'kind': 'Pod', 'metadata': {'name': 'participant-1', 'namespace': 'n', 'labels': {'app': 'participant', 'pod-template-hash': 'x'}},
               'spec': {'serviceAccountName': 'default', 'containers': [{'ports': [{'name': 'lg-api', 'containerPort': 5001},
                 {'name': 'lg-adm-api', 'containerPort': 5002}, {'name': 'json-api', 'containerPort': 7575}, {'containerPort': 10013}]}]}},
              {'kind': 'Pod', 'metadata': {'name': 'client-1', 'namespace': 'n', 'labels': {'app': 'client'}}, 'spec': {'containers': [{}]}},
              {'kind': 'Pod', 'metadata': {'name': 'done', 'namespace': 'n', 'labels': {'app': 'job'}}, 'spec': {'containers': [{}]}, 'status': {'phase': 'Succeeded'}},
              {'kind': 'Service', 'metadata': {'name': 'participant', 'namespace': 'n'},
               'spec': {'ports': [{'port': 5001}, {'port': 5002}, {'port': 7575}, {'port': 10013}]}},
              {'kind': 'ServiceAccount', 'metadata': {'name': 'default', 'namespace': 'n'}},
              POLICIES]}
            """.Replace("POLICIES", string.Join(", ", policies), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Spec)> Policies(int port, string target)
    {
        var other = target;
        yield return ("deny", "{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}");
        yield return ("in", $"{{'podSelector': {{'matchLabels': {{'app': '{other}'}}}}, 'policyTypes': ['Ingress'], 'ingress': [{{'ports': [{{'port': {port}, 'protocol': 'TCP'}}], 'from': [{{'podSelector': {{'matchLabels': {{'app': 'client'}}}}}}]}}]}}");
        yield return ("out", $"{{'podSelector': {{'matchLabels': {{'app': 'client'}}}}, 'policyTypes': ['Egress'], 'egress': [{{'ports': [{{'port': {port}, 'protocol': 'TCP'}}], 'to': [{{'podSelector': {{'matchLabels': {{'app': '{other}'}}}}}}]}}]}}");
    }

    private async Task<CommandRun> LiveAsync(string objects, string? script = null, bool hasKubectl = true, string? principal = null)
    {
        var file = Path.Combine(_folder, "objects.json");
        await File.WriteAllTextAsync(file, Json(objects));
        var command = Path.Combine(_folder, "kubectl");
        if (hasKubectl)
        {
            ExecutableScript.Write(command, $"echo \"kubectl $*\" >>'{_folder}/calls'\necho 'a warning' >&2\n{script ?? $"cat '{file}'"}\n");
        }

        using var output = new StringWriter();
        using var error = new StringWriter();
        using var bytes = new MemoryStream();
        var graph = new GraphCommand(
            new Terminal(output, error, HasColors: false, ShowsProgress: false), bytes, _ => null, TimeProvider.System, new ProbeAt(command));
        var exitCode = await graph.RunAsync(
            new GraphOptions { Directory = _folder, Plan = SavePlan(target: "participant", principal: principal), Format = "text", IsLive = true, Context = "prod" },
            CancellationToken.None);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    private string SavePlan(int port = 5001, string target = "ledger", string? principal = null, int meshPort = 5001)
    {
        var resources = new List<string>
        {
            Resource("kubernetes:core/v1:Namespace", "n", "{'metadata': {'name': 'n'}}"),
            Resource("canton-infra:isolation:Connections", "connections", """
                {'ends': {'n/client': {'kind': 'pods', 'namespace': 'n', 'labels': {'app': 'client'}, 'isPlatform': false, 'ports': []},
                          'n/TARGET': {'kind': 'pods', 'namespace': 'n', 'labels': {'app': 'TARGET'}, 'isPlatform': false, 'ports': []MESH}},
                 'connections': [{'from': 'n/client', 'to': 'n/TARGET', 'port': 5001, 'protocol': 'TCP', 'requirement': 'A9', 'why': 'It submits.'}]}
                """.Replace("TARGET", target, StringComparison.Ordinal).Replace(
                "MESH", principal is null ? "" : $", 'mesh': {{'principal': '{principal}', 'isServer': true}}", StringComparison.Ordinal)),
        };
        if (target == "participant")
        {
            resources.Add(Resource("kubernetes:helm.sh/v3:Release", "participant",
                "{'chart': 'splice-participant', 'version': '0.6.11', 'name': 'participant', 'namespace': 'n'}"));
        }

        if (principal is not null)
        {
            resources.Add(Resource("kubernetes:security.istio.io/v1:AuthorizationPolicy", "mesh",
                $"{{'metadata': {{'name': 'mesh', 'namespace': 'n'}}, 'spec': {{'rules': [{{'from': [{{'source': {{'notPrincipals': ['*']}}}}], 'to': [{{'operation': {{'ports': ['{meshPort}']}}}}]}}]}}}}"));
            resources.Add(Resource("kubernetes:security.istio.io/v1:PeerAuthentication", "plain",
                "{'metadata': {'name': 'plain', 'namespace': 'n'}, 'spec': {'portLevelMtls': {'5001': {'mode': 'DISABLE'}}}}"));
        }

        resources.AddRange(Policies(port, target).Select(policy => Resource(
            "kubernetes:networking.k8s.io/v1:NetworkPolicy", policy.Name,
            $"{{'metadata': {{'name': '{policy.Name}', 'namespace': 'n'}}, 'spec': {policy.Spec}}}")));
        var path = Path.Combine(_folder, "plan.json");
        File.WriteAllText(path, Json($"{{'version': 1, 'project': 'p', 'stack': 's', 'resources': [{string.Join(", ", resources)}]}}"));
        return path;
    }

    private static string Resource(string type, string name, string properties) =>
        $"{{'urn': 'urn:pulumi:s::p::{type}::{name}', 'type': '{type}', 'name': '{name}', 'kind': 'custom', 'inputs': {properties}, 'outputs': {properties}}}";

    private sealed class ProbeAt(string path) : ICommandProbe
    {
        public Task<CommandAnswer?> AskAsync(string command, string[] arguments, string directory, CancellationToken cancellation) =>
            new CommandProbe().AskAsync(command == "kubectl" ? path : command, arguments, directory, cancellation);
    }
}
