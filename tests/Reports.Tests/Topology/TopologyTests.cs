using System.Xml.Linq;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Topology;

namespace CantonInfra.Reports.Tests.Topology;

public sealed class TopologyTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Boxes_are_in_boxes()
    {
        var stack = Build(Sample.Plan("mainnet"));

        var region = Assert.Single(stack.Children, child => child.Kind == BoxKind.Region);
        Assert.Equal("eastus2", region.Title);
        var network = Assert.Single(region.Children, child => child.Kind == BoxKind.Network);
        Assert.Equal("10.0.0.0/16", network.Detail);
        var subnet = Assert.Single(network.Children);
        Assert.Equal((BoxKind.Subnet, "10.0.1.0/24"), (subnet.Kind, subnet.Detail));
        Assert.Equal("ledger", Assert.Single(subnet.Children).Title);
        var group = Assert.Single(region.Children, child => child.Kind == BoxKind.Group);
        Assert.Equal(["keys", Sample.Hostile], group.Children.Select(child => child.Title));
    }

    [Fact]
    public async Task Releases_are_in_their_namespace()
    {
        var result = await PreviewAsync("mainnet");

        var home = Assert.Single(Boxes(Build(result.Plan)), box => box is { Title: "validator", Detail: "data-plane" });
        Assert.Contains("validator-participant", home.Children.Select(child => child.Title));
    }

    [Theory]
    [InlineData("devnet")]
    [InlineData("mainnet")]
    [InlineData("subscription-prod")]
    public async Task Every_managed_resource_is_there_once(string stack)
    {
        var result = await PreviewAsync(stack);
        var managed = result.Plan.Resources.Count(resource => resource.Kind == ResourceKind.Custom && !resource.Type.StartsWith("pulumi:", StringComparison.Ordinal));

        Assert.Equal(managed, Build(result.Plan).Total);
        Assert.True(managed > 50);
    }

    [Fact]
    public void No_box_stands_on_another_and_children_are_inside()
    {
        static void Check(PlacedBox box)
        {
            Assert.All(box.Children, child => Assert.True(
                child.X >= box.X && child.Y >= box.Y + 40 && child.X + child.Width <= box.X + box.Width && child.Y + child.Height <= box.Y + box.Height));
            Assert.All(
                box.Children.SelectMany((one, index) => box.Children.Skip(index + 1).Select(other => (one, other))),
                pair => Assert.False(
                    pair.one.X < pair.other.X + pair.other.Width && pair.other.X < pair.one.X + pair.one.Width
                    && pair.one.Y < pair.other.Y + pair.other.Height && pair.other.Y < pair.one.Y + pair.one.Height));
            Assert.All(box.Children, Check);
        }

        FsCheck.Check.QuickThrowOnFailure(FsCheck.Fluent.Prop.ForAll<byte[]>(
            FsCheck.Fluent.ArbMap.Default.ArbFor<byte[]>(), numbers => Check(BoxLayout.Place(Random(numbers)))));
    }

    [Fact]
    public void The_picture_is_an_image_with_a_name_and_the_names_of_all_boxes()
    {
        var svg = XDocument.Parse(TopologySvg.Write(Build(Sample.Plan("mainnet")), isInPage: false)).Root!;

        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Contains("mainnet", (string?)svg.Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains(svg.Descendants(Svg + "title"), title => title.Value.StartsWith("</script>", StringComparison.Ordinal));
        Assert.Empty(svg.Descendants(Svg + "script"));
    }

    [Fact]
    public void Mermaid_gets_no_markup_from_names()
    {
        var text = TopologyMermaid.Write(Build(Sample.Plan("mainnet")));

        Assert.StartsWith("flowchart TB\n  subgraph n0 [\"mainnet<br/>sample\"]\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Equal(text.Split('\n').Count(line => line.TrimStart().StartsWith("subgraph", StringComparison.Ordinal)), text.Split('\n').Count(line => line.Trim() == "end"));
    }

    private static Box Build(Plan plan) => TopologyBuilder.Build(new PlanIndex(plan));

    // Numbers as a tree: each is a box with a title of that length; even ones take the boxes so far as their children.
    private static Box Random(byte[] numbers)
    {
        List<Box> boxes = [];
        foreach (var number in numbers)
        {
            var children = number % 4 == 0 ? boxes.ToArray() : [];
            if (children.Length > 0)
            {
                boxes.Clear();
            }

            boxes.Add(new Box(children.Length == 0 && number % 3 == 0 ? BoxKind.Count : BoxKind.Item, new string('x', number), "", -1, 1, [.. children]));
        }

        return new Box(BoxKind.Stack, "stack", "", -1, 0, [.. boxes]);
    }

    private static async Task<Engine.PreviewResult> PreviewAsync(string stack)
    {
        var configuration = StackConfiguration.Load(ProjectFile.Load(Repository.Root), stack, [], _ => null);
        return await new Engine.PreviewEngine(TimeProvider.System).PreviewAsync(new Engine.PreviewRequest(configuration, []));
    }

    private static IEnumerable<Box> Boxes(Box box) => box.Children.SelectMany(Boxes).Prepend(box);
}
