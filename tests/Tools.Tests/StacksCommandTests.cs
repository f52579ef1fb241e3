using System.Text.Json;

namespace CantonInfra.Tools.Tests;

public sealed class StacksCommandTests
{
    [Fact]
    public async Task Every_stack_is_listed_with_what_tells_it_apart()
    {
        var run = await CommandRun.InvokeAsync("stacks", "-C", CommandRun.Repository);

        Assert.Equal(0, run.ExitCode);
        var mainnet = run.Output.Split('\n').Single(line => line.StartsWith("mainnet", StringComparison.Ordinal));
        Assert.Contains("centralus", mainnet, StringComparison.Ordinal);
        Assert.Contains("deny", mainnet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_json_where_it_is_wanted()
    {
        var run = await CommandRun.InvokeAsync("stacks", "-C", CommandRun.Repository, "--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Contains(
            document.RootElement.GetProperty("stacks").EnumerateArray(),
            stack => stack.GetProperty("name").GetString() == "devnet" && stack.GetProperty("mode").GetString() == "audit");
    }

    [Fact]
    public async Task Outside_a_project_there_is_nothing_to_list()
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

        var run = await CommandRun.InvokeAsync("stacks", "-C", folder);

        Directory.Delete(folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Pulumi.yaml", run.Error, StringComparison.Ordinal);
    }
}
