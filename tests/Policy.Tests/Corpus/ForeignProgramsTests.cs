using CantonInfra.Policy.Files;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Corpus;

/// <summary>Judges programs in other people's style with the whole pack and the limits as they are.</summary>
public sealed class ForeignProgramsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus", "Programs");

    // Not waivers.yaml: what is permitted to our own stacks says nothing about those of others.
    private static readonly PolicyPack Pack = Guardrails.Create(
        Limits.LimitsFile.Load(Path.Combine(AppContext.BaseDirectory, Limits.LimitsFile.Name)), [], TimeProvider.System);

    public static TheoryData<string> Programs =>
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_pack_finds_what_is_wrong_and_nothing_else(string program)
    {
        var differences = ForeignProgramFile.Load(Path.Combine(Folder, $"{program}.yaml")).Differences(Pack);
        Assert.True(differences.Length == 0, $"{program}:\n{differences}");
    }

    [Fact]
    public void There_are_many_programs_and_a_third_of_them_is_good()
    {
        var programs = Directory.EnumerateFiles(Folder, "*.yaml").Select(ForeignProgramFile.Load).ToList();
        Assert.True(programs.Count >= 36, $"There are {programs.Count} programs.");
        Assert.InRange(programs.Count(program => program.Violations.IsEmpty), programs.Count / 3, programs.Count / 2);
    }

    [Fact]
    public void What_is_said_otherwise_than_expected_is_told()
    {
        var differences = Read(Bad.Replace("[]", "[{ rule: required-tags, resource: rg }, { rule: regions-allowed, resource: net }]", StringComparison.Ordinal))
            .Differences(Pack);
        Assert.Contains("is violated unexpectedly:\n  - { rule: regions-allowed, resource: rg }", differences, StringComparison.Ordinal);
        Assert.Contains("is not found:\n  - { rule: regions-allowed, resource: net }", differences, StringComparison.Ordinal);
        Assert.DoesNotContain("required-tags", differences, StringComparison.Ordinal);
    }

    [Fact]
    public void References_are_known_values_or_unknown_ones_and_dependencies()
    {
        var program = Read(Bad);
        var net = program.Resources[^1];
        Assert.Equal("{\"id\":\"[unknown]\",\"location\":\"westeurope\",\"text\":\"it's 1\"}", net.Properties.ToString());
        Assert.Equal([("location", program.Resources[1].Urn), ("id", program.Resources[1].Urn)], net.Sources.AsEnumerable());
    }

    [Theory]
    [InlineData("who: A sentence.", "who: words", "'who' must say in a sentence")]
    [InlineData("stack: dev", "stak: dev", "unknown key 'stak'")]
    [InlineData("name: net", "name: rg", "two resources 'rg'")]
    [InlineData("${rg.id}", "${group.id}", "no resource 'group'")]
    [InlineData("[]", "[{ rule: required-tags, resource: group }]", "no resource 'group'")]
    [InlineData("expect", "undecided", "'expect' is missing")]
    public void Malformed_programs_are_refused(string text, string by, string what) => Assert.Contains(
        what, Assert.Throws<MalformedFileException>(() => Read(Bad.Replace(text, by, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    private const string Bad = """
        who: A sentence.
        stack: dev
        resources:
          - type: azure-native:resources:ResourceGroup
            name: rg
            properties: { location: westeurope }
          - type: store:index:Net
            name: net
            properties: { location: "${rg.location}", id: "${rg.id}", text: "it's 1" }
        expect: []
        """;

    private static ForeignProgram Read(string text) => ForeignProgramFile.Read("test.yaml", text);
}
