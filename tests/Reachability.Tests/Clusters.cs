using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Reachability.Tests;

/// <summary>A small cluster as JSON in single quotes.</summary>
/// <param name="NamespaceLabels">The labels of the namespaces a and b.</param>
/// <param name="Pods">The pods: namespace, labels, container.</param>
/// <param name="Policies">The policies: namespace and spec.</param>
internal sealed record SmallCluster(
    string[] NamespaceLabels, (string Place, string Labels, string Container)[] Pods, (string Place, string Spec)[] Policies);

/// <summary>Small clusters in which much is alike, so that policies often mean somebody.</summary>
internal static class Clusters
{
    private static readonly Gen<string> Place = Gen.Elements("a", "b");
    private static readonly Gen<string> Value = Gen.Elements("1", "2");
    private static readonly Gen<string> Key = Gen.Elements("x", "y");

    private static readonly Gen<string> Labels =
        from x in Gen.Elements("", "'x': '1'", "'x': '2'")
        from y in Gen.Elements("", "'y': '1'", "'y': '2'")
        select $"{{{Join(x, y)}}}";

    private static readonly Gen<string> Expression =
        from key in Key
        from operation in Gen.Elements("In", "NotIn", "Exists", "DoesNotExist")
        from value in Value
        select operation is "In" or "NotIn"
            ? $"{{'key': '{key}', 'operator': '{operation}', 'values': ['{value}']}}"
            : $"{{'key': '{key}', 'operator': '{operation}'}}";

    private static readonly Gen<string> Selector = Gen.Frequency(
        (2, Gen.Constant("{}")),
        (3, Labels.Select(labels => $"{{'matchLabels': {labels}}}")),
        (2, Expression.Select(expression => $"{{'matchExpressions': [{expression}]}}")),
        (1, from labels in Labels from expression in Expression select $"{{'matchLabels': {labels}, 'matchExpressions': [{expression}]}}"));

    // Blocks that hold all addresses of pods or none, since which of them a pod has is not in a plan.
    private static readonly Gen<string> Block = Gen.Elements(
        "{'cidr': '0.0.0.0/0'}", "{'cidr': '10.244.0.0/16'}", "{'cidr': '203.0.113.0/24', 'except': ['203.0.113.128/25']}",
        "{'cidr': '0.0.0.0/0', 'except': ['10.0.0.0/8']}", "{'cidr': '198.51.100.0/24'}");

    private static readonly Gen<string> Peer = Gen.Frequency(
        (2, Selector.Select(pods => $"{{'podSelector': {pods}}}")),
        (2, Selector.Select(places => $"{{'namespaceSelector': {places}}}")),
        (2, from places in Selector from pods in Selector select $"{{'namespaceSelector': {places}, 'podSelector': {pods}}}"),
        (2, Block.Select(block => $"{{'ipBlock': {block}}}")));

    private static readonly Gen<string> Port = Gen.Elements(
        "{'port': 80}", "{'port': 80, 'protocol': 'UDP'}", "{'port': 'http'}", "{'port': 'dns', 'protocol': 'UDP'}",
        "{'port': 80, 'endPort': 90}", "{'protocol': 'TCP'}", "{'port': 8080}");

    private static readonly Gen<string> Types = Gen.Elements(
        "", "'policyTypes': []", "'policyTypes': ['Ingress']", "'policyTypes': ['Egress']", "'policyTypes': ['Ingress', 'Egress']");

    private static readonly Gen<string> Spec =
        from selector in Selector
        from types in Types
        from ingress in Rules("ingress", "from")
        from egress in Rules("egress", "to")
        select $"{{{Join($"'podSelector': {selector}", types, ingress, egress)}}}";

    private static readonly Gen<string> Container = Gen.Elements(
        "{}", "{'ports': [{'name': 'http', 'containerPort': 80}]}", "{'ports': [{'name': 'http', 'containerPort': 8080}]}",
        "{'ports': [{'name': 'dns', 'containerPort': 80, 'protocol': 'UDP'}, {'containerPort': 8080}]}");

    public static Arbitrary<SmallCluster> Arbitrary { get; } = Arb.From(
        from first in Labels
        from second in Labels
        from pods in Several(from place in Place from labels in Labels from container in Container select (place, labels, container), 2, 4)
        from policies in Several(from place in Place from spec in Spec select (place, spec), 0, 4)
        select new SmallCluster([first, second], pods, policies),
        Shrink);

    private static Gen<string> Rules(string name, string peers) => Gen.Frequency(
        (2, Gen.Constant("")),
        (1, Gen.Constant($"'{name}': []")),
        (4, Several(Rule(peers), 1, 2).Select(rules => $"'{name}': [{string.Join(", ", rules)}]")));

    private static Gen<string> Rule(string peers) =>
        from listed in Several(Peer, 0, 2)
        from ports in Several(Port, 0, 2)
        select $"{{{Join(listed.Length == 0 ? "" : $"'{peers}': [{string.Join(", ", listed)}]", ports.Length == 0 ? "" : $"'ports': [{string.Join(", ", ports)}]")}}}";

    private static Gen<T[]> Several<T>(Gen<T> one, int least, int most) =>
        from count in Gen.Choose(least, most)
        from items in one.ArrayOf(count)
        select items;

    private static IEnumerable<SmallCluster> Shrink(SmallCluster cluster) =>
        cluster.Policies.Select((_, index) => cluster with { Policies = [.. cluster.Policies.Where((_, other) => other != index)] });

    private static string Join(params IEnumerable<string> parts) => string.Join(", ", parts.Where(part => part.Length > 0));
}
