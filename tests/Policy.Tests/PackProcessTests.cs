using System.Diagnostics;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;
using Xunit.Abstractions;

namespace CantonInfra.Policy.Tests;

public sealed class PackProcessTests(ITestOutputHelper output)
{
    private const string Assembly = "CantonInfra.Policy.dll";

    [Fact]
    public async Task It_goes_through_a_whole_run_as_engines_do()
    {
        await using var pack = await RunningPack.StartAsync(Assembly, "--logtostderr", "-v=9", "--tracing", "http://127.0.0.1:9/");
        var channel = pack.Channel;

        await channel.CallAsync(AnalyzerMethods.Handshake, new AnalyzerHandshakeRequest());
        var stack = new AnalyzerStackConfigureRequest { Stack = "mainnet", Project = "canton-infra", DryRun = true };
        stack.Config["canton-infra:dbPassword"] = Canary.Text;
        stack.ConfigSecretKeys.Add("canton-infra:dbPassword");
        await channel.CallAsync(AnalyzerMethods.ConfigureStack, stack);
        var plugin = await channel.CallAsync(AnalyzerMethods.GetPluginInfo, new Empty());
        var info = await channel.CallAsync(AnalyzerMethods.GetAnalyzerInfo, new Empty());
        var levels = new ConfigureAnalyzerRequest();
        foreach (var policy in info.Policies)
        {
            levels.PolicyConfig[policy.Name] = new PolicyConfig { EnforcementLevel = policy.EnforcementLevel };
        }

        await channel.CallAsync(AnalyzerMethods.Configure, levels);
        await channel.CallAsync(AnalyzerMethods.Remediate, Request("eastus2"));
        var good = await channel.CallAsync(AnalyzerMethods.Analyze, Request("eastus2"));
        var bad = await channel.CallAsync(AnalyzerMethods.Analyze, Request("brazilsouth"));
        var secret = await channel.CallAsync(AnalyzerMethods.Analyze, Request(PropertyValue.Secret(Canary.Text)));
        await channel.CallAsync(AnalyzerMethods.AnalyzeStack, new AnalyzeStackRequest());
        await channel.CallAsync(AnalyzerMethods.Cancel, new Empty());
        var end = await pack.WaitAsync();

        Assert.Equal(plugin.Version, info.Version);
        Assert.Equal("canton-guardrails", info.Name);
        Assert.Empty(good.Diagnostics);
        Assert.DoesNotContain(good.NotApplicable, entry => entry.PolicyName == "regions-allowed");
        var diagnostic = Assert.Single(bad.Diagnostics);
        Assert.Equal(("regions-allowed", EnforcementLevel.Mandatory), (diagnostic.PolicyName, diagnostic.EnforcementLevel));
        Assert.Contains("brazilsouth", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("centralus, eastus2", diagnostic.Message, StringComparison.Ordinal);
        Canary.AssertAbsent(secret.ToString() + Assert.Single(secret.Diagnostics).Message);
        Assert.Equal(0, end.ExitCode);
        Assert.InRange(end.Time, TimeSpan.Zero, RunningPack.AtOnce);
        Assert.Equal("", end.Output);
        Canary.AssertAbsent(end.Errors);
    }

    [Fact]
    public async Task It_ends_when_the_engine_is_gone_but_not_when_a_connection_breaks()
    {
        await using var pack = await RunningPack.StartAsync(Assembly);
        await pack.Channel.CallAsync(AnalyzerMethods.Handshake, new AnalyzerHandshakeRequest());
        await pack.ConnectedAsync();

        pack.BreakConnections();
        await pack.ConnectedAsync();
        Assert.False(pack.HasExited);

        pack.CloseEngine();
        var end = await pack.WaitAsync();
        Assert.InRange(end.Time, TimeSpan.Zero, RunningPack.AtOnce);
        Assert.Contains("is gone", end.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task It_ends_on_signals(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var pack = await RunningPack.StartAsync(Assembly);
        await pack.Channel.CallAsync(AnalyzerMethods.Handshake, new AnalyzerHandshakeRequest());
        using var kill = Process.Start("kill", [signal, $"{pack.ProcessId}"]);

        var end = await pack.WaitAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.InRange(end.Time, TimeSpan.Zero, RunningPack.AtOnce);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("'--logtostderr' is not an engine's address", "--logtostderr")]
    [InlineData("'127.0.0.1' is not", "127.0.0.1")]
    [InlineData("'127.0.0.1:99999' is not", "127.0.0.1:99999")]
    [InlineData("'' is not", "")]
    [InlineData("'.' is not", "127.0.0.1:4444", ".")]
    public async Task It_refuses_to_start_without_an_engines_address(string message, params string[] arguments)
    {
        var end = await RunningPack.RunAsync(Assembly, arguments);

        Assert.Equal(2, end.ExitCode);
        Assert.Equal("", end.Output);
        Assert.Contains(message, end.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("waivers.yaml", "127.0.0.1:4444")]
    [InlineData("limits.yaml", "127.0.0.1:4444")]
    [InlineData("waivers.yaml", "--catalogue")]
    public async Task It_refuses_to_start_with_a_malformed_file(string name, string argument)
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.TopDirectoryOnly))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, name), "- wrong");
        var end = await RunningPack.RunAsync(Path.Combine(folder, Assembly), argument);

        Directory.Delete(folder, recursive: true);
        Assert.Equal((2, ""), (end.ExitCode, end.Output));
        Assert.Contains($"{name}:1: The file must be a mapping", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_large_requests_and_many_at_a_time()
    {
        await using var pack = await RunningPack.StartAsync(Assembly);
        var large = Request("brazilsouth");
        large.Properties.Fields["blob"] = Value.ForString(new string('x', 20 * 1024 * 1024));

        var answer = await pack.Channel.CallAsync(AnalyzerMethods.Analyze, large);
        Assert.Single(answer.Diagnostics);

        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(
            index => pack.Channel.CallAsync(AnalyzerMethods.Analyze, Request(index % 2 == 0 ? "eastus2" : "brazilsouth"))));
        output.WriteLine($"500 parallel calls: {watch.ElapsedMilliseconds} ms");

        Assert.Equal(250, answers.Sum(each => each.Diagnostics.Count));
    }

    [Fact]
    public async Task It_judges_a_stack_of_500_resources_alike_each_time()
    {
        await using var pack = await RunningPack.StartAsync(Assembly);
        var request = new AnalyzeStackRequest();
        for (var index = 0; index < 250; index++)
        {
            var name = $"n{index}";
            var place = new StackItem("kubernetes:core/v1:Namespace", name, "{'metadata': {'name': '[unknown]'}}");
            request.Resources.Add(place.ToWire());
            request.Resources.Add(new StackItem(
                "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                name,
                "{'metadata': {'namespace': '[unknown]'}, 'spec': {'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}}")
            {
                Sources = index % 2 == 0 ? [("metadata", StackItem.UrnOf(place.Type, name))] : [],
            }.ToWire());
        }

        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var answer = await pack.Channel.CallAsync(AnalyzerMethods.AnalyzeStack, request);
            output.WriteLine($"AnalyzeStack with 500 resources: {watch.ElapsedMilliseconds} ms");

            Assert.StartsWith("Undecided until more is known, which is no pass: 125.", Assert.Single(answer.Diagnostics).Message, StringComparison.Ordinal);
            Assert.Equal(125, answer.NotApplicable.Count(entry => entry.Reason.StartsWith("undecided: ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Both_places_that_state_a_version_agree() =>
        Assert.Contains(
            $"version: {Guardrails.Version}\n",
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PulumiPolicy.yaml")),
            StringComparison.Ordinal);

    private static AnalyzeRequest Request(PropertyValue location) => new()
    {
        Type = "azure-native:network:VirtualNetwork",
        Name = "main",
        Urn = "urn:pulumi:mainnet::canton-infra::azure-native:network:VirtualNetwork::main",
        Properties = PropertyEncoding.Encode(MapValue.Empty.With("location", location), EncodingOptions.Analyzer),
        Options = new AnalyzerResourceOptions(),
    };
}
