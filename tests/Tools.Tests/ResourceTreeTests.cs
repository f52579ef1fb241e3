using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Tests;

public class ResourceTreeTests
{
    [Fact]
    public void Children_hang_below_their_parents_with_operation_and_findings()
    {
        var before = PlanOf(
            Resource("root", "pulumi:pulumi:Stack", "", ResourceKind.Component),
            Resource("a", "p:m:A", "root") with { Inputs = new MapValue([new("size", 1)]) },
            Resource("gone", "p:m:A", "root"));
        var after = PlanOf(
            Resource("root", "pulumi:pulumi:Stack", "", ResourceKind.Component),
            Resource("a", "p:m:A", "root") with { Inputs = new MapValue([new("size", 2)]) },
            Resource("c", "x:y:C", "root", ResourceKind.Component),
            Resource("b", "p:m:B", "c"),
            Resource("r", "p:m:R", "c", ResourceKind.Read),
            Resource("default", "pulumi:providers:p", "", ResourceKind.DefaultProvider));
        var findings = new PolicyResult(
            [],
            [
                new Finding("pack", "rule", PolicyLevel.Mandatory, "", "b", "wrong"),
                new Finding("pack", "rule", PolicyLevel.Advisory, "", "b", "odd"),
                new Finding("pack", "other", PolicyLevel.Advisory, "", "b", "odd"),
            ],
            [],
            [],
            []);

        Assert.Equal(
            """
                 Type                 Name  Plan    Info
                 pulumi:pulumi:Stack  root
             ~   ├─ p:m:A             a     update  [diff: ~size]; may replace
             +   ├─ x:y:C             c     create
             +   │  ├─ p:m:B          b     create  1 mandatory; 2 advisory
             >   │  └─ p:m:R          r     read
             -   └─ p:m:A             gone  delete


            """.ReplaceLineEndings("\n"),
            Render(PlanDifference.Create(after, before), findings, colors: false));
    }

    [Fact]
    public void Colors_mark_the_operation_and_can_be_off()
    {
        var difference = PlanDifference.Create(PlanOf(Resource("a", "p:m:A", "")), earlier: null);

        Assert.Contains("\u001b[32m+\u001b[0m", Render(difference, PolicyResult.None, colors: true), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", Render(difference, PolicyResult.None, colors: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_resource_with_an_alias_is_no_deletion()
    {
        var before = PlanOf(Resource("old", "p:m:A", ""));
        var after = PlanOf(Resource("new", "p:m:A", "") with { Options = new ResourceOptions { Aliases = ["old"] } });

        Assert.Equal(Operation.Same, Assert.Single(PlanDifference.Create(after, before).Changes).Operation);
    }

    private static string Render(PlanDifference difference, PolicyResult policies, bool colors)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ResourceTree.Write(new Terminal(output, TextWriter.Null, colors, ShowsProgress: false), difference, policies);
        return output.ToString();
    }

    private static Plan PlanOf(params PlannedResource[] resources) => Plan.Create("p", "s", resources);

    private static PlannedResource Resource(string name, string type, string parent, ResourceKind kind = ResourceKind.Custom) =>
        new() { Urn = name, Type = type, Name = name, Kind = kind, Parent = parent };
}
