using System.Text.Json;

namespace CantonInfra.Reports.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("canton-infra-report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_stack_in_order_gives_a_report_and_no_error()
    {
        var run = await InvokeAsync("--stack", "devnet", "--format", "json", "--format", "markdown");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["report.json", "report.md"], Files());
        using var document = Read("report.json");
        var stack = Assert.Single(document.RootElement.GetProperty("stacks").EnumerateArray());
        Assert.Equal(("devnet", "environment"), (stack.GetProperty("name").GetString(), stack.GetProperty("kind").GetString()));
        Assert.Equal(
            stack.GetProperty("findings").EnumerateArray().Count(finding => finding.GetProperty("state").GetString() == "fail"),
            stack.GetProperty("checks").GetProperty("fail").GetInt32());
        Assert.InRange(stack.GetProperty("access").GetArrayLength(), 50, 500);
        Assert.Equal("RPO 240 min, RTO 60 min", stack.GetProperty("recovery").GetProperty("promise").GetString());
        Assert.Contains("devnet: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_violation_is_reported_at_the_line_of_its_setting_and_in_the_exit_code()
    {
        var run = await InvokeAsync("--stack", "mainnet", "--format", "sarif", "--format", "json", "-c", "azure-native:location=uksouth");

        Assert.Equal(5, run.ExitCode);
        using var sarif = Read("report.sarif");
        using var json = Read("report.json");
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Where(result => result.GetProperty("level").GetString() == "error").ToList();
        Assert.Equal(json.RootElement.GetProperty("checks").GetProperty("fail").GetInt32(), results.Count);
        var wanted = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "Pulumi.mainnet.yaml"));
        var line = Array.FindIndex(wanted, text => text.Contains("azure-native:location:", StringComparison.Ordinal)) + 1;
        Assert.Contains(results, result => result.GetProperty("ruleId").GetString() == "regions-allowed" && PlaceOf(result) == ("Pulumi.mainnet.yaml", line));
    }

    [Fact]
    public async Task Without_a_browser_all_but_the_printed_file_is_written()
    {
        var run = await InvokeAsync(_ => null, "--stack", "subscription-nonprod", "--format", "html", "--format", "pdf");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["index.html"], Files());
        Assert.Contains("CHROME_PATH", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "no-such-stack", "There is no stack", "--stack", "no-such-stack")]
    [InlineData(2, "", "addressSpace", "--stack", "devnet", "-c", "canton-infra:addressSpace=nonsense")]
    public async Task What_is_not_whole_is_not_reported(int exitCode, string name, string message, params string[] arguments)
    {
        var run = await InvokeAsync(arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("svg", "<svg ")]
    [InlineData("mermaid", "flowchart TB\n")]
    [InlineData("json", "{\n  \"version\": 1,\n  \"kind\": \"topology\"")]
    public async Task A_stack_is_drawn_the_same_each_time(string format, string beginning)
    {
        var first = await ReportRun.InvokeAsync("graph", "--kind", "topology", "--stack", "subscription-prod", "--format", format, "-C", Repository.Root);
        var second = await ReportRun.InvokeAsync("graph", "--kind", "topology", "--stack", "subscription-prod", "--format", format, "-C", Repository.Root);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.StartsWith(beginning, first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [Theory]
    [InlineData("svg", "<svg ")]
    [InlineData("mermaid", "flowchart LR\n")]
    [InlineData("json", "{\n  \"version\": 1")]
    public async Task Connections_are_drawn_the_same_each_time(string format, string beginning)
    {
        var first = await ReportRun.InvokeAsync("graph", "--kind", "connections", "--stack", "devnet", "--format", format, "-C", Repository.Root);
        var second = await ReportRun.InvokeAsync("graph", "--kind", "connections", "--stack", "devnet", "--format", format, "-C", Repository.Root);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.StartsWith(beginning, first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [Theory]
    [InlineData("topology", "text")]
    public async Task A_format_of_another_kind_is_refused(string kind, string format)
    {
        var run = await ReportRun.InvokeAsync("graph", "--kind", kind, "--stack", "devnet", "--format", format, "-C", Repository.Root);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"not as {format}", run.Error, StringComparison.Ordinal);
    }

    private static (string File, int Line) PlaceOf(JsonElement result)
    {
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        return (place.GetProperty("artifactLocation").GetProperty("uri").GetString()!, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    private Task<ReportRun> InvokeAsync(params string[] arguments) => InvokeAsync(Environment.GetEnvironmentVariable, arguments);

    private Task<ReportRun> InvokeAsync(Func<string, string?> environment, params string[] arguments) =>
        ReportRun.InvokeAsync(environment, ["report", "--out", _folder.FullName, "-C", Repository.Root, .. arguments]);

    private IEnumerable<string> Files() => _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    private JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.FullName, name)));
}
