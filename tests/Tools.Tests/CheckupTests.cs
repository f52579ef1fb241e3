using CantonInfra.Tools.Diagnosis;
using Moq;

namespace CantonInfra.Tools.Tests;

public sealed class CheckupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;
    private readonly Mock<ICommandProbe> _probe = new(MockBehavior.Strict);

    public CheckupTests()
    {
        File.WriteAllText(Path.Combine(_folder, "Pulumi.yaml"), "name: probe\nruntime: dotnet\n");
        File.WriteAllText(
            Path.Combine(_folder, "Directory.Packages.props"),
            """<Project><ItemGroup><PackageVersion Include="Pulumi" Version="3.1.0" /><PackageVersion Include="Pulumi.Random" Version="4.0.0" /></ItemGroup></Project>""");
        Answers("dotnet", "--version", new CommandAnswer(0, "10.0.401\n"));
        Answers("node", "--version", null);
        Answers("pulumi", "version", null);
        Answers("dotnet", "restore", new CommandAnswer(0, ""));
    }

    [Fact]
    public async Task A_machine_without_cli_and_node_is_fine_for_previews()
    {
        var findings = await RunAsync();

        Assert.DoesNotContain(findings.Values, finding => finding.Health == Health.Broken);
        Assert.Equal(Health.Absent, findings["Pulumi CLI"].Health);
        Assert.Equal(Health.Absent, findings["Node.js"].Health);
        Assert.Equal(Health.Good, findings["NuGet feed"].Health);
        Assert.StartsWith("PulumiSdk=local", findings["Pulumi SDK"].State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_that_the_feed_lacks_are_named()
    {
        Answers("dotnet", "restore", new CommandAnswer(
            1,
            "Doctor.csproj : error NU1101: Unable to find package Pulumi. No packages exist with this id\n"
            + "Doctor.csproj : error NU1102: Unable to find package Pulumi.Random with version (= 4.0.0)\n"));

        Assert.Equal("lacks Pulumi, Pulumi.Random", (await RunAsync())["NuGet feed"].State);
    }

    [Fact]
    public async Task A_restore_that_fails_for_another_reason_is_no_good_feed()
    {
        Answers("dotnet", "restore", new CommandAnswer(1, "Doctor.csproj : error NU1301: The feed does not answer\n"));

        Assert.Equal(Health.Absent, (await RunAsync())["NuGet feed"].Health);
    }

    [Fact]
    public async Task The_question_to_the_feed_leaves_nothing_behind()
    {
        await RunAsync();

        Assert.False(Directory.Exists(Path.Combine(_folder, ".cache", "doctor")));
    }

    [Theory]
    [InlineData("v3.219.0", 0)]
    [InlineData("v3.260.1-alpha.1+abc", 0)]
    [InlineData("v3.218.9", 2)]
    [InlineData("rubbish", 2)]
    public async Task The_cli_must_be_new_enough(string version, int health)
    {
        Answers("pulumi", "version", new CommandAnswer(0, version + "\n"));

        Assert.Equal((Health)health, (await RunAsync())["Pulumi CLI"].Health);
    }

    [Fact]
    public async Task Without_the_dotnet_sdk_nothing_works()
    {
        Answers("dotnet", "--version", null);

        Assert.Equal(Health.Broken, (await RunAsync())[".NET SDK"].Health);
    }

    [Fact]
    public async Task A_switch_that_does_not_exist_is_told() =>
        Assert.Equal(Health.Broken, (await RunAsync(name => name == "PulumiSdk" ? "official" : null))["Pulumi SDK"].Health);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Answers(string command, string firstArgument, CommandAnswer? answer) => _probe
        .Setup(probe => probe.AskAsync(
            command, It.Is<string[]>(arguments => arguments[0] == firstArgument), It.IsAny<string>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(answer);

    private async Task<Dictionary<string, CheckupFinding>> RunAsync(Func<string, string?>? environment = null) =>
        (await new Checkup(_probe.Object, environment ?? (_ => null)).RunAsync(_folder, CancellationToken.None))
            .ToDictionary(finding => finding.Subject, StringComparer.Ordinal);
}
