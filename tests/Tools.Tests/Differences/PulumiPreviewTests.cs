
namespace CantonInfra.Tools.Tests.Differences;

/// <summary>What the Pulumi CLI writes with <c>preview --json</c>, reported by the same writers.</summary>
public sealed class PulumiPreviewTests : IDisposable
{
    private const string Server = "urn:pulumi:mainnet::canton-infra::azure-native:dbforpostgresql:Server::psql";
    private const string Secret = "urn:pulumi:mainnet::canton-infra::azure-native:keyvault:Secret::password";

    private static readonly string Document = """
        {
          "config": {"azure-native:location": "centralus"},
          "steps": [
            {"op": "same", "urn": "urn:pulumi:mainnet::canton-infra::pulumi:pulumi:Stack::canton-infra-mainnet",
             "newState": {"urn": "urn:pulumi:mainnet::canton-infra::pulumi:pulumi:Stack::canton-infra-mainnet", "custom": false, "type": "pulumi:pulumi:Stack"}},
            {"op": "create-replacement", "urn": "SERVER", "newState": {"urn": "SERVER", "custom": true, "type": "azure-native:dbforpostgresql:Server"}},
            {"op": "replace", "urn": "SERVER",
             "oldState": {"urn": "SERVER", "custom": true, "type": "azure-native:dbforpostgresql:Server", "id": "/s/psql", "protect": true, "inputs": {"createMode": "Default"}},
             "newState": {"urn": "SERVER", "custom": true, "type": "azure-native:dbforpostgresql:Server", "protect": true, "inputs": {"createMode": "Create"}},
             "diffReasons": ["createMode"], "replaceReasons": ["createMode"]},
            {"op": "delete-replaced", "urn": "SERVER", "oldState": {"urn": "SERVER", "custom": true, "type": "azure-native:dbforpostgresql:Server"}},
            {"op": "update", "urn": "SECRET",
             "oldState": {"urn": "SECRET", "custom": true, "type": "azure-native:keyvault:Secret", "inputs": {"properties": {"value": "[secret]"}, "tags": {"a": "1"}}},
             "newState": {"urn": "SECRET", "custom": true, "type": "azure-native:keyvault:Secret", "inputs": {"properties": {"value": "[secret]"}, "tags": {"a": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}}}}
          ],
          "diagnostics": [],
          "changeSummary": {"replace": 1, "same": 1, "update": 1}
        }
        """.Replace("SERVER", Server, StringComparison.Ordinal).Replace("SECRET", Secret, StringComparison.Ordinal);

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    [Fact]
    public async Task The_providers_word_on_what_replaces_counts()
    {
        var run = await CommandRun.InvokeAsync("diff", "--pulumi-json", Write(Document), "--format", "markdown");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.StartsWith("<!-- canton-infra:pulumi -->\n## ⛔ 1 grave danger\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "`azure-native:dbforpostgresql:Server psql` is replaced: a database server with its databases: `createMode, although it is protected`",
            run.Output,
            StringComparison.Ordinal);
        Assert.Contains("| `mainnet` |  |  | 1 | 1 |  |", run.Output, StringComparison.Ordinal);
        Assert.Contains("`tags.a`: `1` → `[unknown]`", run.Output, StringComparison.Ordinal);
        Assert.Contains("against what is deployed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_the_preview_are_the_verdict()
    {
        var run = await CommandRun.InvokeAsync(
            "diff", "--format", "markdown", "--pulumi-json",
            Write(Document.Replace("\"diagnostics\": []", """ "diagnostics": [{"severity": "error", "message": "mandatory <b>policy</b>"}] """, StringComparison.Ordinal)));

        Assert.Contains("❌ the preview failed for 1 of 1 stack; ", run.Output, StringComparison.Ordinal);
        Assert.Contains("mandatory ‹b›policy‹/b›", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"steps": [{"op": "create"}]}""")]
    [InlineData("""{"steps": [{"op": "create", "urn": "x", "newState": {"urn": "x"}}]}""")]
    public async Task Anything_else_is_refused(string document)
    {
        var run = await CommandRun.InvokeAsync("diff", "--pulumi-json", Write(document));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("preview.json", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string document)
    {
        var file = Path.Combine(_folder, "preview.json");
        File.WriteAllText(file, document);
        return file;
    }
}
