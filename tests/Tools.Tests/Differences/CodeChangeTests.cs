using System.Diagnostics;
using System.Text.Json;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Rendering.Changes;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Tests.Differences;

/// <summary>A change of code from git to the comment, with the real git, compiler and engine: the base is built beside the present.</summary>
public sealed class CodeChangeTests : IDisposable
{
    private const string Canary = "canary-5ca1ab1e";

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-code-").FullName;

    public CodeChangeTests()
    {
        // A small program, so that it compiles in seconds, against what this project's own program is built with.
        var built = Path.Combine(CommandRun.Repository, "infra", "bin", "Release", "net10.0");
        Write("Pulumi.yaml", "name: shop\nruntime: dotnet\nmain: program\n");
        Write(".gitignore", ".cache/\nbin/\nobj/\n");
        Write("program/Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{built}/Pulumi*.dll" />
              </ItemGroup>
            </Project>

            """);
        Program("""
                _ = new Traffic("flow-logs");
                Open("web", "10.0.0.0/8", "443");
                Database("ledger");
                Database("reports");
            """);
        Stack("validator", generation: 1);
        Git("init", "--quiet", "--initial-branch=main");
        Commit("Begin");
    }

    [Fact]
    public async Task A_reviewer_sees_what_a_change_of_code_and_settings_does()
    {
        Git("switch", "--quiet", "--create", "change");
        Program("""
                _ = new Traffic("traffic");
                Open("web", "10.0.0.0/8", "443");
                Open("support", "Internet", "22");
                Database("ledger");
            """);
        Stack("validator,treasury", generation: 2);
        Commit("Let support in, and save a server");

        var live = await RunAsync("--base", "main", "--save", PathOf(".cache/saved"), "--json", PathOf(".cache/report.json"), "--format", "markdown");
        Assert.True(live.ExitCode == 0, live.Output + live.Error);
        var comment = live.Output;
        var head = comment[..comment.IndexOf("| stack |", StringComparison.Ordinal)];

        Assert.InRange(head.Length, 1, CommentHead.Length);
        Assert.Contains("\n## ⛔ 3 grave dangers\n\n**code change and stack file change** · `", head, StringComparison.Ordinal);
        Assert.DoesNotContain("working tree", head, StringComparison.Ordinal);
        Assert.Equal(
            [
                "- ⛔ `azure-native:dbforpostgresql:Server reports` is deleted: a database server with its databases: `although it is protected` (`prod`)",
                "- ⛔ `shop:index:Traffic flow-logs` is replaced, for it moves without an alias: 1 resource is deleted and created again under the same "
                    + "physical names: `to keep it: new Alias { Name = \"flow-logs\" } on traffic` (`prod`)",
                "- ⛔ `azure-native:network:SecurityRule support` opens a port to anybody: `Internet → *:22` (`prod`)",
            ],
            head.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)));

        // The rotated password is listed, the new validator counted; neither is a danger, and nothing of the password is shown.
        Assert.Contains("- **replace** `random:index/randomPassword:RandomPassword validator`", comment, StringComparison.Ordinal);
        Assert.Contains("- setting `shop:generation`: `1` → `2`", comment, StringComparison.Ordinal);
        Assert.Contains("- **create** `random:index/randomPassword:RandomPassword treasury`", comment, StringComparison.Ordinal);
        Assert.DoesNotContain("RandomPassword", head, StringComparison.Ordinal);

        // What was kept tells the same elsewhere, and neither has the secret, which the plans do hold.
        var saved = await RunAsync("--saved", PathOf(".cache/saved"), "--format", "markdown");
        Assert.Equal(comment, saved.Output);
        Assert.Contains("`administratorLoginPassword`: `[secret]` → `[secret]`", comment, StringComparison.Ordinal);
        foreach (var text in Directory.EnumerateFiles(PathOf(".cache/saved")).Append(PathOf(".cache/report.json")).Select(File.ReadAllText).Append(comment))
        {
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        }

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf(".cache/report.json")));
        Assert.True(json.RootElement.GetProperty("codeChange").GetBoolean());

        // With the alias that the comment names, the move is none.
        Program("""
                _ = new Traffic("traffic", new ComponentResourceOptions { Aliases = { new Alias { Name = "flow-logs" } } });
                Open("web", "10.0.0.0/8", "443");
                Database("ledger");
                Database("reports");
            """);
        Stack("validator", generation: 1);
        var moved = await RunAsync("--base", "main");
        Assert.True(moved.ExitCode == 0, moved.Error);
        Assert.Contains("prod: no changes", moved.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Dangers", moved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_that_does_not_compile_is_told_with_its_error()
    {
        Program("    this is no program;");
        Commit("Break it");
        Program("    Database(\"ledger\");");

        var run = await RunAsync("--base", "HEAD");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("The program of the base does not build, so there is nothing to compare with:", run.Error, StringComparison.Ordinal);
        Assert.Contains("error CS", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.Attributes = FileAttributes.Normal;
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Program(string declarations) => Write("program/Program.cs", $$"""
        using Pulumi;
        using Pulumi.AzureNative.DBforPostgreSQL;
        using Pulumi.AzureNative.Network;
        using Pulumi.Random;

        return await Deployment.RunAsync(() =>
        {
        {{declarations}}
            var config = new Config();
            foreach (var validator in config.Require("validators").Split(','))
            {
                _ = new RandomPassword(validator, new RandomPasswordArgs { Length = 32, Keepers = { ["generation"] = config.Require("generation") } });
            }
        });

        static void Database(string name) => _ = new Server(
            name,
            new ServerArgs
            {
                ServerName = name,
                ResourceGroupName = "rg",
                AdministratorLoginPassword = Output.CreateSecret("{{Canary}}" + new Config().Require("generation")),
            },
            new CustomResourceOptions { Protect = true });

        static void Open(string name, string source, string port) => _ = new SecurityRule(name, new SecurityRuleArgs
        {
            SecurityRuleName = name,
            NetworkSecurityGroupName = "nsg",
            ResourceGroupName = "rg",
            Direction = "Inbound",
            Access = "Allow",
            Priority = 100,
            Protocol = "Tcp",
            SourceAddressPrefix = source,
            SourcePortRange = "*",
            DestinationAddressPrefix = "*",
            DestinationPortRange = port,
        });

        internal sealed class Traffic : ComponentResource
        {
            public Traffic(string name, ComponentResourceOptions? options = null)
                : base("shop:index:Traffic", name, options)
            {
                _ = new FlowLog(
                    name,
                    new FlowLogArgs { FlowLogName = "flow-logs", NetworkWatcherName = "watcher", ResourceGroupName = "rg", TargetResourceId = "vnet", StorageId = "st" },
                    new CustomResourceOptions { Parent = this });
            }
        }

        """);

    private void Stack(string validators, int generation) =>
        Write("Pulumi.prod.yaml", $"config:\n  shop:validators: {validators}\n  shop:generation: \"{generation}\"\n");

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    private string PathOf(string path) => Path.Combine(_folder, path);

    private void Commit(string message)
    {
        Git("add", "--all");
        Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", message);
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
        var verb = DiffVerb.Create(new DiffCommand(
            terminal, bytes, _ => null, TimeProvider.System, new CommandProbe(), new CommandProbe(TimeSpan.FromMinutes(5))));
        var code = await verb.Parse(["-C", _folder, .. arguments]).InvokeAsync();
        return new CommandRun(code, output + System.Text.Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }
}
