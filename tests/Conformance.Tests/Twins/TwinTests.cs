using CantonInfra.Conformance.Tests.Support;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using Twins;

namespace CantonInfra.Conformance.Tests.Twins;

/// <summary>The same program on our SDK and on the official one: the plans are the same.</summary>
public sealed class TwinTests
{
    public static TheoryData<string> Names => new(Case.All.Keys);

    [NodeTheory]
    [MemberData(nameof(Names))]
    public async Task Both_SDKs_give_the_same_plan(string name)
    {
        var results = await Task.WhenAll(TwinStack.OursAsync(name), TwinStack.OfficialAsync(name));
        var (ours, official) = (results[0], results[1]);

        Assert.True(ours.Outcome == official.Outcome, $"{Told(ours)}\n{Told(official)}");
        if (ours.Outcome == PreviewOutcome.Succeeded)
        {
            var differences = PlanTexts.Differences(ours.Plan, official.Plan);
            Assert.True(differences.Count == 0, string.Join('\n', differences));
        }
    }

    private static string Told(PreviewResult result) =>
        $"{result.Outcome}: {string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Debug).Select(diagnostic => diagnostic.Message))}";
}
