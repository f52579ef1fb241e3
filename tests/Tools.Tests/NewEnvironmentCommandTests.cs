using CantonInfra.Tools.NewEnvironments;

namespace CantonInfra.Tools.Tests;

/// <summary>A new environment is a new file: nothing else changes before it can be previewed.</summary>
public sealed class NewEnvironmentCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    public NewEnvironmentCommandTests()
    {
        // This project's program and policies, with stacks of its own.
        File.WriteAllText(
            Path.Combine(_folder, "Pulumi.yaml"),
            File.ReadAllText(Path.Combine(CommandRun.Repository, "Pulumi.yaml"))
                .Replace("main: infra", $"main: {Path.Combine(CommandRun.Repository, "infra")}", StringComparison.Ordinal)
                .Replace("path: providers", $"path: {Path.Combine(CommandRun.Repository, "providers")}", StringComparison.Ordinal));
        File.Copy(Path.Combine(CommandRun.Repository, "Pulumi.devnet.yaml"), Path.Combine(_folder, "Pulumi.devnet.yaml"));
    }

    [Theory]
    [InlineData("devnet")]
    [InlineData("testnet")]
    [InlineData("mainnet")]
    public async Task It_previews_with_policies_and_no_code_change(string network)
    {
        var written = await RunAsync("stage2", "--network", network);
        var preview = await CommandRun.InvokeAsync(
            "preview", "-C", _folder, "--stack", "stage2", "--policy-pack", Path.Combine(CommandRun.Repository, "policy"));

        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains("./canton-infra preview --stack stage2", written.Output, StringComparison.Ordinal);
        Assert.True(preview.ExitCode == 0, preview.Output + preview.Error);
        Assert.Contains("canton-infra-stage2", preview.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[mandatory]", preview.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_is_in_it_and_the_network_is_free()
    {
        await RunAsync(
            "second", "--subscription", "00000000-0000-0000-0000-000000000099", "--owner", "it's us", "--location", "eastus2", "--host", "canton.corp.example");

        var text = await File.ReadAllTextAsync(Path.Combine(_folder, "Pulumi.second.yaml"));
        foreach (var line in new[]
        {
            "azure-native:subscriptionId: '00000000-0000-0000-0000-000000000099'", "canton-infra:owner: 'it''s us'", "azure-native:location: 'eastus2'",
            "url: 'https://auth.canton.corp.example'", "canton-infra:addressSpace: '10.41.0.0/20'", "canton-infra:costCenter: 'canton-second'",
        })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_overwrites_nothing()
    {
        var before = await File.ReadAllTextAsync(Path.Combine(_folder, "Pulumi.devnet.yaml"));

        var run = await RunAsync("devnet");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is a stack 'devnet' already", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(_folder, "Pulumi.devnet.yaml")));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData("9x")]
    [InlineData("x")]
    [InlineData("Stage")]
    [InlineData("stage_2")]
    [InlineData("stage--2")]
    [InlineData("stage-")]
    [InlineData("stage\n")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        var run = await RunAsync(name);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: '{name.Trim()}", run.Error, StringComparison.Ordinal);
        Assert.Contains("no name for an environment: 2 to 24 lowercase letters", run.Error, StringComparison.Ordinal);
        Assert.Equal("Pulumi.devnet.yaml", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(_folder, "Pulumi.*.yaml"))));
    }

    [Fact]
    public async Task Mistakes_are_told_at_once_and_nothing_is_written()
    {
        var run = await RunAsync(
            "second", "--subscription", "nope", "--tenant", "{x}", "--admin-group", "1", "--location", "mars base", "--organization", "a-b", "--alerts", "nobody",
            "--host", "Not A Host", "--address-space", "10.0.0.0/24", "--owner", " ", "--cost-center", "a\nb");

        Assert.Equal(2, run.ExitCode);
        string[] options =
            ["--subscription", "--tenant", "--admin-group", "--location", "--organization", "--alerts", "--host", "--owner", "--cost-center", "--address-space"];
        Assert.Equal(options, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[1].Trim()));
        Assert.False(File.Exists(Path.Combine(_folder, "Pulumi.second.yaml")));
    }

    [Fact]
    public async Task A_region_without_zones_is_refused_before_Azure_would()
    {
        var run = await RunAsync("second", "--location", "ukwest");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--location: 'ukwest' has no availability zones", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "Pulumi.second.yaml")));
    }

    [Theory]
    [InlineData("a1")]
    [InlineData("canton-staging-eu-west-1")]
    public async Task The_shortest_and_the_longest_name_preview(string name)
    {
        var written = await RunAsync(name, "--organization", "Acme_1", "--address-space", "10.99.0.0/16", "--owner", "a: b # c");
        var preview = await CommandRun.InvokeAsync(
            "preview", "-C", _folder, "--stack", name, "--policy-pack", Path.Combine(CommandRun.Repository, "policy"));

        Assert.True(written.ExitCode == 0, written.Error);
        Assert.True(preview.ExitCode == 0, preview.Output + preview.Error);
    }

    [Theory]
    [InlineData("10.40.0.0/20")]
    [InlineData("10.41.0.0/20", "10.40.0.0/16")]
    [InlineData("10.42.0.0/20", "10.40.8.0/24", "10.41.0.0/20", "nonsense")]
    [InlineData(null, "10.0.0.0/8")]
    public void The_first_network_that_nobody_has_is_free(string? expected, params string[] taken) =>
        Assert.Equal(expected, FreeAddressSpace.Find(taken));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.InvokeAsync(["new-env", .. arguments, "-C", _folder]);
}
