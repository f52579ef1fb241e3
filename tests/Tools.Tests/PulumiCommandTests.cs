using System.Collections.Immutable;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Deployment;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Terminals;
using Moq;

namespace CantonInfra.Tools.Tests;

public sealed class PulumiCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;
    private readonly Mock<ICommandProbe> _probe = new(MockBehavior.Strict);
    private readonly Mock<IProcessLauncher> _launcher = new(MockBehavior.Strict);
    private readonly StringWriter _error = new();
    private ImmutableArray<string> _arguments;
    private ImmutableDictionary<string, string?> _environment = ImmutableDictionary<string, string?>.Empty;

    public PulumiCommandTests()
    {
        File.WriteAllText(Path.Combine(_folder, "Pulumi.yaml"), "name: probe\nruntime: dotnet\n");
        Directory.CreateDirectory(Path.Combine(_folder, "policy"));
        HasCli("v3.259.0");
        _launcher
            .Setup(launcher => launcher.RunAsync(
                "pulumi", It.IsAny<ImmutableArray<string>>(), It.IsAny<IReadOnlyCollection<(string, string?)>>()))
            .Callback((string _, ImmutableArray<string> arguments, IReadOnlyCollection<(string Name, string? Value)> environment) =>
            {
                _arguments = arguments;
                _environment = environment.ToImmutableDictionary(variable => variable.Name, variable => variable.Value);
            })
            .ReturnsAsync(17);
    }

    private string Pack => Path.Combine(_folder, "policy");

    [Theory]
    [InlineData("up --stack mainnet", "up --policy-pack {pack} --stack mainnet")]
    [InlineData("preview", "preview --policy-pack {pack}")]
    [InlineData("update -y", "update --policy-pack {pack} -y")]
    [InlineData("--color never up", "--color never up --policy-pack {pack}")]
    [InlineData("--non-interactive pre", "--non-interactive pre --policy-pack {pack}")]
    [InlineData("up --policy-pack mine", "up --policy-pack {pack} --policy-pack mine")]
    [InlineData("destroy -s devnet", "destroy -s devnet")]
    [InlineData("stack output up", "stack output up")]
    [InlineData("--color up", "--color up")]
    [InlineData("config set --secret a b", "config set --secret a b")]
    [InlineData("--version", "--version")]
    public async Task Commands_that_ask_policies_get_the_projects(string given, string passed)
    {
        Assert.Equal(17, await RunAsync(["-C", _folder, .. given.Split(' ')]));

        Assert.Equal<string>(["-C", _folder, .. passed.Split(' ').Select(part => part == "{pack}" ? Pack : part)], _arguments);
    }

    [Theory]
    [InlineData("-C={0}")]
    [InlineData("--cwd={0}")]
    [InlineData("--cwd {0}")]
    public async Task The_folder_is_found_in_every_form(string form)
    {
        await RunAsync([.. string.Format(System.Globalization.CultureInfo.InvariantCulture, form, _folder).Split(' '), "up"]);

        Assert.Equal(Pack, _arguments[^1]);
    }

    [Fact]
    public async Task The_folder_may_be_below_the_project()
    {
        await RunAsync(["up", "-C", Pack]);

        Assert.Equal<string>(["up", "--policy-pack", Pack, "-C", Pack], _arguments);
    }

    [Fact]
    public async Task The_program_is_built_against_the_official_packages()
    {
        await RunAsync(["up", "-C", _folder]);

        Assert.Equal("nuget", _environment["PulumiSdk"]);
        Assert.Null(_environment["CANTON_INFRA_ALLOW_LOCAL_SDK"]);
    }

    [Fact]
    public async Task Without_a_cli_nothing_runs()
    {
        HasCli(null);

        await IsRefusedAsync("not on the PATH");
    }

    [Theory]
    [InlineData("v3.218.0")]
    [InlineData("rubbish")]
    public async Task With_an_old_cli_nothing_runs(string version)
    {
        HasCli(version);

        await IsRefusedAsync("3.219.0");
    }

    [Fact]
    public async Task Without_the_policies_nothing_runs()
    {
        Directory.Delete(Pack);

        await IsRefusedAsync("no folder 'policy'");
    }

    [Fact]
    public async Task Outside_a_project_nothing_runs()
    {
        File.Delete(Path.Combine(_folder, "Pulumi.yaml"));

        await IsRefusedAsync("Pulumi.yaml");
    }

    [Fact]
    public async Task A_cli_that_tells_of_a_newer_one_is_understood()
    {
        HasCli("v3.259.0\nwarning: A new version of Pulumi is available.");

        Assert.Equal(17, await RunAsync(["up", "-C", _folder]));
    }

    public void Dispose()
    {
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void HasCli(string? version) => _probe
        .Setup(probe => probe.AskAsync("pulumi", new[] { "version" }, _folder, It.IsAny<CancellationToken>()))
        .ReturnsAsync(version is null ? null : new CommandAnswer(0, version + "\n"));

    private async Task IsRefusedAsync(string message)
    {
        Assert.Equal(ExitCodes.Configuration, await RunAsync(["up", "-C", _folder]));
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        _launcher.VerifyNoOtherCalls();
    }

    private Task<int> RunAsync(string[] arguments) => new PulumiCommand(
        new Terminal(TextWriter.Null, _error, HasColors: false, ShowsProgress: false), _probe.Object, _launcher.Object)
        .RunAsync(arguments, CancellationToken.None);
}
