using System.Text;
using System.Text.Json;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Tests;

public sealed class WaivedRenderingTests
{
    private static readonly PreviewResult Result = new(
        PreviewOutcome.Succeeded,
        Plan.Create("p", "s", []),
        new PolicyResult(
            [new PolicyPackSummary("pack", "1.0.0", "policy", [])],
            [],
            [new NoVerdict("pack", "rule", "urn", "undecided: size")],
            [new NoVerdict("pack", "rule", "urn", "waived: too big (waiver T-1)")],
            [])
        {
            NotApplicable = [new NoVerdict("pack", "rule", "urn", "another type")],
        },
        []);

    [Fact]
    public void Json_has_a_list_of_its_own_for_waived()
    {
        using var stream = new MemoryStream();
        PreviewJson.Write(stream, Result, PlanDifference.Create(Result.Plan, earlier: null), []);
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        var policies = document.RootElement.GetProperty("policies");

        Assert.Equal("waived: too big (waiver T-1)", Only(policies.GetProperty("waived")).GetProperty("reason").GetString());
        Assert.Equal("undecided: size", Only(policies.GetProperty("undecided")).GetProperty("reason").GetString());
        Assert.Equal("another type", Only(policies.GetProperty("notApplicable")).GetProperty("reason").GetString());
    }

    [Fact]
    public void Text_names_what_is_waived()
    {
        using var output = new StringWriter { NewLine = "\n" };
        PreviewText.Write(
            new Terminal(output, TextWriter.Null, HasColors: false, ShowsProgress: false),
            Result,
            PlanDifference.Create(Result.Plan, earlier: null),
            []);

        Assert.Contains("✓ pack@v1.0.0", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("- [waived]  rule  (urn)\n          waived: too big (waiver T-1)\n", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("another type", output.ToString(), StringComparison.Ordinal);
    }

    private static JsonElement Only(JsonElement list) => Assert.Single(list.EnumerateArray());
}
