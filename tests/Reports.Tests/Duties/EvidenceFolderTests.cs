using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Reports.Duties;

namespace CantonInfra.Reports.Tests.Duties;

public sealed class EvidenceFolderTests : IDisposable
{
    private const string Good = """
        control: recovery-test
        stacks: [mainnet, devnet]
        performedOn: 2030-06-01
        performedBy: Somebody
        artefact: drill.log
        sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        validForDays: 365
        """;

    private static readonly ImmutableArray<string> Stacks = ["devnet", "mainnet"];

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("canton-infra-evidence-");

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void Evidence_is_read()
    {
        Write("drill.yaml", Good);

        var record = Assert.Single(Load());

        Assert.Equal(("evidence/drill.yaml", "recovery-test", "Somebody", 365), (record.File, record.Duty, record.PerformedBy, record.ValidForDays));
        Assert.Equal(["devnet", "mainnet"], record.Stacks.AsEnumerable());
        Assert.Equal(new DateOnly(2031, 6, 1), record.ValidUntil);
    }

    [Fact]
    public void A_project_without_evidence_has_none() => Assert.Empty(Load());

    [Theory]
    [InlineData("recovery-test", "no-such-duty", 1, "no duty")]
    [InlineData("[mainnet, devnet]", "[mainnet, prod]", 2, "There is no stack 'prod'")]
    [InlineData("[mainnet, devnet]", "[]", 2, "at least one stack")]
    [InlineData("2030-06-01", "2030-06-31", 3, "not a day")]
    [InlineData("2030-06-01", "2030-06-16", 3, "in the future")]
    [InlineData("Somebody", "''", 4, "must be a text")]
    [InlineData("aaaaaaaaaa", "xxxxxxxxxx", 6, "64 hexadecimal digits")]
    [InlineData("365", "381", 7, "from 1 to 380")]
    [InlineData("365", "0", 7, "from 1 to 380")]
    [InlineData("artefact:", "artifact:", 5, "not known here")]
    [InlineData("control: recovery-test\n", "", 1, "'control' is missing")]
    [InlineData("control: recovery-test", "control: [", 1, "not valid YAML")]
    public void What_is_wrong_is_said_with_its_line(string good, string bad, int line, string message)
    {
        Write("drill.yaml", Good.Replace(good, bad, StringComparison.Ordinal));

        var exception = Assert.Throws<ConfigurationException>(() => Load());

        Assert.Contains(exception.Diagnostics, diagnostic =>
            diagnostic.Location == new SourceLocation("evidence/drill.yaml", line) && diagnostic.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_of_all_files_are_told_at_once()
    {
        Write("one.yaml", Good.Replace("recovery-test", "other", StringComparison.Ordinal));
        Write("two.yml", "- a list");

        Assert.Equal(
            ["evidence/one.yaml", "evidence/two.yml"], Assert.Throws<ConfigurationException>(() => Load()).Diagnostics.Select(diagnostic => diagnostic.Location!.Path));
    }

    [Fact]
    public void The_projects_own_evidence_is_in_order() =>
        EvidenceFolder.Load(Repository.Root, [.. Engine.Projects.ProjectFile.Load(Repository.Root).StackNames], DateOnly.MaxValue);

    private void Write(string name, string text)
    {
        var folder = _project.CreateSubdirectory("evidence");
        File.WriteAllText(Path.Combine(folder.FullName, name), text);
    }

    private ImmutableArray<EvidenceRecord> Load() => EvidenceFolder.Load(_project.FullName, Stacks, Sample.Today);
}
