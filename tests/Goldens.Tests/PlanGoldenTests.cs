using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Goldens.Tests;

/// <summary>The plans of all stacks of this repository.</summary>
public class PlanGoldenTests
{
    private static readonly (string Name, Func<Plan, string> View)[] Views =
    [
        ("tree.txt", PlanViews.Tree),
        ("types.txt", PlanViews.Types),
        ("dependencies.txt", PlanViews.Dependencies),
        ("inputs.json", PlanViews.Inputs),
    ];

    public static TheoryData<string> Stacks => new(ProjectFile.Load(Golden.Repository).StackNames);

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task A_stacks_plan_is_the_one_that_was_reviewed(string stack)
    {
        var configuration = StackConfiguration.Load(ProjectFile.Load(Golden.Repository), stack, [], _ => null);

        var result = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));

        Assert.True(
            result.Outcome == PreviewOutcome.Succeeded, string.Join('\n', result.Diagnostics.Select(diagnostic => diagnostic.Message)));
        foreach (var (name, view) in Views)
        {
            Golden.Check($"{stack}/{name}", view(result.Plan));
        }
    }

    [Fact]
    public void Every_golden_belongs_to_a_stack()
    {
        var stacks = ProjectFile.Load(Golden.Repository).StackNames;

        Assert.Empty(Golden.Names().Except(stacks.SelectMany(stack => Views.Select(view => $"{stack}/{view.Name}"))));
    }
}
