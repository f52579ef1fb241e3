using CantonInfra.Infra.Settings;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Sources;

namespace CantonInfra.Reports.Tests.Sources;

public sealed class StackSourcesTests
{
    private const string File = """
        config:
          canton-infra:data:
            backupRetentionDays: 14
            geoRedundantBackup: false
          canton-infra:deletionProtection: false
        """;

    private static readonly ComponentSources Components = ComponentSources.Read(Repository.Root, Path.Combine(Repository.Root, "infra"));

    [Theory]
    [InlineData("backup.backupRetentionDays: 14 is too little", "Pulumi.sample.yaml", 3)]
    [InlineData("undecided: backup.geoRedundantBackup", "Pulumi.sample.yaml", 4)]
    [InlineData("Server 'ledger' is not protected: its option protect is off.", "Pulumi.sample.yaml", 5)]
    [InlineData("waived: Server 'ledger' is not protected: its option protect is off. (waiver T-1 of somebody until 2030-07-01: until the move)", "Pulumi.sample.yaml", 5)]
    [InlineData("highAvailability.mode: Disabled", "Pulumi.yaml", 1)]
    [InlineData("It stands alone.", "Pulumi.yaml", 1)]
    public void A_note_leads_to_the_line_of_the_setting_behind_it(string note, string file, int line)
    {
        var plan = new PlanIndex(Sample.Plan("mainnet"));
        var sources = new StackSources(ComponentSources.None, SettingLocations.Parse(new StringReader(File), "Pulumi.sample.yaml", "canton-infra"));

        Assert.Equal((file, line), sources.Of(plan, plan.OfType("azure-native:dbforpostgresql:Server").Single(), note));
    }

    [Fact]
    public void Components_are_found_by_their_type_in_the_sources()
    {
        var (file, line) = Components.Find("canton-infra:data:PostgreSqlServer");

        Assert.Equal("infra/Components/Data/PostgreSqlServer.cs", file);
        Assert.Contains("\"canton-infra:data:PostgreSqlServer\"", System.IO.File.ReadLines(Path.Combine(Repository.Root, file)).ElementAt(line - 1), StringComparison.Ordinal);
        Assert.Equal(("", 0), Components.Find("no:such:Type"));
    }

    [Fact]
    public async Task Every_component_of_the_stacks_is_found()
    {
        var project = Engine.Projects.ProjectFile.Load(Repository.Root);
        var configuration = Engine.Projects.StackConfiguration.Load(project, "mainnet", [], _ => null);
        var result = await new Engine.PreviewEngine(TimeProvider.System).PreviewAsync(new Engine.PreviewRequest(configuration, []));

        Assert.DoesNotContain(
            result.Plan.Resources.Where(resource => resource.Type.StartsWith("canton-infra:", StringComparison.Ordinal)).Select(resource => resource.Type).Distinct(),
            type => Components.Find(type).File.Length == 0);
    }
}
