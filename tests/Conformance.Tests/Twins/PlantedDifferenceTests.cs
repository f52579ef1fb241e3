using CantonInfra.Conformance.Tests.Support;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Conformance.Tests.Twins;

/// <summary>The comparison of twins notices what it is there to notice.</summary>
public sealed class PlantedDifferenceTests
{
    public static TheoryData<string> Errors => new(Plants.Keys);

    private static readonly SortedDictionary<string, (string Case, string Resource, Func<PlannedResource, PlannedResource> Plant)> Plants =
        new(StringComparer.Ordinal)
        {
            ["a dropped dependency"] = ("everything", "b", resource => resource with { Dependencies = [] }),
            ["a dropped property dependency"] = ("everything", "b", resource => resource with
            {
                PropertyDependencies = resource.PropertyDependencies.Remove("text"),
            }),
            ["a lost secret"] = ("secret-in-map", "a", resource => resource with
            {
                Inputs = resource.Inputs.With("map", new MapValue([new("open", "x"), new("closed", "pw")])),
            }),
            ["a secret too many"] = ("plain", "a", resource => resource with { Inputs = resource.Inputs.With("text", PropertyValue.Secret("x")) }),
            ["a value that should be unknown"] = ("implicit-dependency", "b", resource => resource with { Inputs = resource.Inputs.With("text", "") }),
            ["a null in a list"] = ("plain", "a", resource => resource with
            {
                Inputs = resource.Inputs.With("list", PropertyValue.Of("1", "2", PropertyValue.Null)),
            }),
            ["another provider"] = ("explicit-provider", "a", resource => resource with { Provider = "" }),
            ["another parent"] = ("component", "a", resource => resource with { Parent = "" }),
            ["a lost alias"] = ("alias-by-name", "a", resource => resource with { Options = resource.Options with { Aliases = [] } }),
            ["another timeout"] = ("everything", "b", resource => resource with
            {
                Options = resource.Options with { Timeouts = new OperationTimeouts("6m") },
            }),
            ["a lost output"] = ("component", "g", resource => resource with { Outputs = MapValue.Empty }),
            ["a lost protection"] = ("everything", "b", resource => resource with { Options = resource.Options with { Protect = false } }),
        };

    [NodeTheory]
    [MemberData(nameof(Errors))]
    public async Task A_planted_error_is_noticed(string error)
    {
        var (name, resource, plant) = Plants[error];
        var plan = (await TwinStack.OursAsync(name)).Plan;
        var planted = plan with
        {
            Resources = [.. plan.Resources.Select(candidate => candidate.Name == resource ? plant(candidate) : candidate)],
        };

        Assert.Empty(PlanTexts.Differences(plan, plan));
        Assert.NotEmpty(PlanTexts.Differences(planted, plan));
    }
}
