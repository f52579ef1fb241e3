using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Files;
using CantonInfra.Tools.Differences.Saved;

namespace CantonInfra.Tools.Tests.Differences;

/// <summary>Reports in a few words.</summary>
internal static class Reports
{
    public static ChangeReport Of(Plan before, Plan after, params ImmutableArray<Finding> findings) =>
        Saved(before, after, findings).Report();

    public static SavedComparison Saved(Plan before, Plan after, params ImmutableArray<Finding> findings) => new(
        "0123456789abcdef", "", IsCodeChange: true, PolicyFiles.None, [new SavedStack(Plans.Stack, Plans.Side(before), Plans.Side(after, findings), [])]);

    /// <summary>Many resources of which all are deleted, and as many that are new; texts of this length in each.</summary>
    public static ChangeReport Large(int resources, int length, int stacks = 1)
    {
        var text = new string('x', length);
        PlannedResource Make(string side, int index) => Plans.Resource(
            "azure-native:keyvault:Key", $"{side}-{index}-{text}", $$"""{"keyName":"{{side}}{{index}}","note":"{{text}}"}""");
        var before = Plans.Of(Enumerable.Range(0, resources).Select(index => Make("old", index)));
        var after = Plans.Of(Enumerable.Range(0, resources).Select(index => Make("new", index)));
        var findings = Enumerable.Range(0, resources)
            .Select(index => new Finding("pack", $"rule-{index % 7}", PolicyLevel.Advisory, "low", $"urn-{index}", text))
            .ToImmutableArray();
        var side = new SavedStack(Plans.Stack, Plans.Side(before), Plans.Side(after, findings), []);
        return new SavedComparison(
            "0123456789abcdef", "", IsCodeChange: true, PolicyFiles.None, [.. Enumerable.Range(0, stacks).Select(index => side with { Stack = $"s{index}" })]).Report();
    }
}
