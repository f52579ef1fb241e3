using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using CantonInfra.Contracts;
using CantonInfra.Reachability.Evaluation;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reports.Connections;
using CantonInfra.Reports.Internet;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Tests.Connections;

public sealed class ConnectionPictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly InternetReport NoInternet = new([], [], [], [], []);

    [Theory]
    [InlineData("mainnet")]
    [InlineData("devnet")]
    public async Task Every_connection_is_drawn_or_told_in_words(string stack)
    {
        var plan = new PlanIndex(await StackPlan.OfAsync(stack));
        var internet = InternetReport.Of(plan);
        var report = ConnectionReport.Of(plan, internet);
        var graph = report.Graph!;
        var zones = new ConnectionZones(graph);

        // A secret with the text of a name, such as the id of a client, does not make the name one.
        Assert.DoesNotContain(graph.Nodes.Select(node => node.Name).Concat(graph.Edges.SelectMany(edge => new[] { edge.From, edge.To, edge.Why })), text => text.Contains("[secret]", StringComparison.Ordinal));

        // Web clients are shown as the internet, from whose hosts each a line comes; what kube-system does in each cluster is told below.
        var entrances = graph.Edges.Count(edge => edge.From == "web-clients");
        var hosts = internet.Entrances.Select(entrance => (entrance.Gateway, entrance.Port)).Distinct().Count();
        var inside = graph.Edges.Count(edge => zones.Of(edge.From) == zones.Of(edge.To));
        var common = graph.Edges.Count(edge => zones.Of(edge.From) == "kube-system" || zones.Of(edge.To) == "kube-system");
        Assert.Equal(graph.Edges.Length - entrances - inside - common + hosts, report.Map!.Lines.Sum(line => line.Connections));
        Assert.True(entrances == 1 && inside > 3 && common > 15, $"{entrances} {inside} {common}");
        Assert.Equal(["ama-metrics", "kube-dns"], report.Map.Common.Select(item => item.Title));
        Assert.DoesNotContain(report.Map.Zones, zone => zone.Id == "web-clients");
        Assert.Equal("data-plane", Assert.Single(report.Map.Zones, zone => zone.Id == "validator").Detail);
    }

    [Fact]
    public async Task What_comes_from_the_internet_stands_first_and_what_goes_there_last()
    {
        var plan = await StackPlan.OfAsync("mainnet");
        var (graph, _) = GraphBuilder.Build(PlanResources.Of(plan), ChartContracts.Known);

        var placed = ConnectionLayout.Place(ConnectionReport.MapOf(graph!, plan));

        var first = Assert.Single(placed.Zones, zone => zone.Zone.Kind == ZoneKind.Entrance);
        var last = Assert.Single(placed.Zones, zone => zone.Zone.Kind == ZoneKind.Hosts);
        Assert.Equal(0, first.X);
        Assert.Equal(placed.Zones.Max(zone => zone.X), last.X);
        Assert.Contains(placed.Lines, line => line.Line.From == ConnectionZones.Entrance && line.Line.To == "ingress");
        Assert.InRange(placed.Width, 1000, 1700);
    }

    [Fact]
    public void Nothing_stands_on_anything_and_lines_end_at_borders_whatever_connects_to_whom()
    {
        FsCheck.Check.One(
            FsCheck.Config.QuickThrowOnFailure.WithMaxTest(60),
            FsCheck.Fluent.Prop.ForAll<byte[]>(FsCheck.Fluent.ArbMap.Default.ArbFor<byte[]>(), numbers =>
            {
                var graph = Random(numbers);
                var map = ConnectionMap.Of(graph, NoInternet, _ => "");
                var placed = ConnectionLayout.Place(map);

                Assert.All(
                    placed.Zones.SelectMany((one, index) => placed.Zones.Skip(index + 1).Select(other => (one, other))),
                    pair => Assert.False(
                        pair.one.X < pair.other.X + pair.other.Width && pair.other.X < pair.one.X + pair.one.Width
                        && pair.one.Y < pair.other.Y + pair.other.Height && pair.other.Y < pair.one.Y + pair.one.Height,
                        $"{pair.one.Zone.Id} {pair.other.Zone.Id}"));
                Assert.All(placed.Zones, zone => Assert.True(zone.X >= 0 && zone.Y >= 0 && zone.X + zone.Width <= placed.Width && zone.Y + zone.Height <= placed.Height));
                Assert.All(placed.Zones, zone => Assert.All(zone.Items, item => Assert.True(
                    item.X >= zone.X && item.Y >= zone.Y && item.X + item.Width <= zone.X + zone.Width && item.Y + item.Height <= zone.Y + zone.Height)));
                Assert.Equal(map.Lines.Length, placed.Lines.Length);
                var at = placed.Zones.ToDictionary(zone => zone.Zone.Id);
                Assert.All(placed.Lines, line =>
                {
                    var (left, right) = line.IsBack ? (at[line.Line.To], at[line.Line.From]) : (at[line.Line.From], at[line.Line.To]);
                    Assert.Equal((left.X + left.Width, right.X), (line.Points[0].X, line.Points[^1].X));
                    Assert.InRange(line.Points[0].Y, left.Y, left.Y + left.Height);
                    Assert.InRange(line.Points[^1].Y, right.Y, right.Y + right.Height);
                    Assert.All(line.Points.Zip(line.Points.Skip(1)), step => Assert.True(step.First.X <= step.Second.X));
                });
            }));
    }

    [Fact]
    public void The_same_connections_in_another_order_give_the_same_picture()
    {
        var graph = Random([.. Enumerable.Range(0, 60).Select(number => (byte)(number * 37))]);
        var turned = graph with { Nodes = [.. graph.Nodes.Reverse()], Edges = [.. graph.Edges.Reverse()] };

        Assert.Equal(Write(graph), Write(turned));
    }

    [Fact]
    public void What_does_not_work_looks_different_and_says_so()
    {
        var svg = XDocument.Parse(Write(Random([])));
        var edges = svg.Descendants(Svg + "g").Where(group => ((string?)group.Attribute("class"))?.StartsWith("edge", StringComparison.Ordinal) == true).ToList();

        Assert.Equal(["edge fails", "edge undecided", "edge undeclared", "edge works"], edges.Select(edge => (string?)edge.Attribute("class")).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(edges, edge => edge.Element(Svg + "title")!.Value.EndsWith(", fails", StringComparison.Ordinal));
        Assert.Equal("img", (string?)svg.Root!.Attribute("role"));
        Assert.StartsWith("Connections of", (string?)svg.Root.Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains(svg.Descendants(Svg + "title"), title => title.Value.StartsWith("</script>", StringComparison.Ordinal));
        Assert.Empty(svg.Descendants(Svg + "script"));
    }

    [Fact]
    public void Mermaid_gets_no_markup_from_names()
    {
        var text = ConnectionMermaid.Write(Random([]));

        Assert.StartsWith("flowchart LR\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("onerror=\"", text, StringComparison.Ordinal);
    }

    private static string Write(ConnectionGraph graph) => ConnectionSvg.Write(ConnectionMap.Of(graph, NoInternet, _ => ""), "sample", isInPage: false);

    // One connection of each state, one name that wants to be markup, and for each pair of numbers one more.
    private static ConnectionGraph Random(byte[] numbers)
    {
        string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"space-{number % 9}/pods-{number % 23}");
        ConnectionNode Pods(string name) => new(name, NodeKind.Pods, name[..name.IndexOf('/', StringComparison.Ordinal)], null, []);
        var edges = Enum.GetValues<EdgeState>().Select((state, index) => Edge(Name(index), Name(index + 1), 1000 + index, state))
            .Append(Edge(Name(1), Sample.Hostile, 443, EdgeState.Undeclared))
            .Append(Edge(Name(2), "hosts", 443, EdgeState.Works))
            .Concat(numbers.Zip(numbers.Skip(1)).Where((_, index) => index % 2 == 0)
                .Select(pair => Edge(Name(pair.First), Name(pair.Second), 2000 + pair.First, EdgeState.Works)))
            .Distinct()
            .ToList();
        var names = edges.SelectMany(edge => new[] { edge.From, edge.To }).Where(name => name.StartsWith("space-", StringComparison.Ordinal)).Distinct();
        return new ConnectionGraph(
            [.. names.Select(Pods), new ConnectionNode("hosts", NodeKind.Hosts, null, null, ["a.example.com", "b.example.com"])],
            [.. edges], [], Semantics.Kubernetes, Holds: false);
    }

    private static ConnectionEdge Edge(string from, string to, int port, EdgeState state) =>
        new(from, to, string.Create(CultureInfo.InvariantCulture, $"TCP {port}"), state, "A9", "why", ImmutableArray<string>.Empty);
}
