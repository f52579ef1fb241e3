using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CantonInfra.Reachability.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Reachability.Tests;

/// <summary>Policies on random clusters, held against an evaluator that was written apart.</summary>
public sealed partial class NaiveComparisonTests
{
    private static readonly (int Port, string Protocol)[] Ports = [(80, "TCP"), (80, "UDP"), (85, "TCP"), (8080, "TCP"), (443, "TCP")];
    private static readonly string[] Outside = ["203.0.113.5", "203.0.113.200", "198.51.100.7", "192.0.2.1", "10.1.2.3"];

    [Theory]
    [InlineData(Semantics.Kubernetes)]
    [InlineData(Semantics.Cilium)]
    public void Two_readings_of_policies_agree(Semantics semantics) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1500),
        Prop.ForAll(Clusters.Arbitrary, cluster =>
        {
            var scenario = Write(cluster, semantics);
            foreach (var (packet, ours) in Questions(cluster, scenario))
            {
                var theirs = Naive(cluster, semantics).Passes(packet);
                if (ours != theirs)
                {
                    Assert.Fail($"{ours?.ToString() ?? "unknown"} and {theirs} for {packet} in {string.Join('\n', cluster.Policies)}");
                }
            }
        }));

    // Whatever becomes of what is not known: it is never said to be allowed or denied unless it is.
    [Fact]
    public void What_is_said_with_parts_unknown_stays_true() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1500),
        Prop.ForAll(Clusters.Arbitrary, Gen.Choose(0, 1000).ToArbitrary(), (cluster, choice) =>
        {
            var hidden = cluster with { Policies = [.. cluster.Policies.Select((policy, index) => (policy.Place, Hide(policy.Spec, choice + (7 * index))))] };
            var known = Questions(cluster, Write(cluster, Semantics.Kubernetes)).Select(question => question.Ours);
            var partly = Questions(hidden, Write(hidden, Semantics.Kubernetes)).Select(question => question.Ours);
            foreach (var (full, part) in known.Zip(partly))
            {
                Assert.True(part is null || part == full, $"{part} was said, and it is {full}:\n{string.Join('\n', hidden.Policies)}\n{string.Join('\n', cluster.Policies)}");
            }
        }));

    [Fact]
    public void Clusters_are_worth_the_comparison()
    {
        var answers = Clusters.Arbitrary.Generator.Sample(200)
            .SelectMany(cluster => Questions(cluster, Write(cluster, Semantics.Kubernetes)).Select(question => question.Ours)).ToList();

        Assert.InRange(answers.Count(answer => answer == true) / (double)answers.Count, 0.2, 0.9);
        Assert.DoesNotContain(null, answers);
    }

    private static Scenario Write(SmallCluster cluster, Semantics semantics)
    {
        var scenario = new Scenario(semantics).Namespace("a", cluster.NamespaceLabels[0]).Namespace("b", cluster.NamespaceLabels[1]);
        for (var index = 0; index < cluster.Pods.Length; index++)
        {
            var (place, labels, container) = cluster.Pods[index];
            scenario.Pod(place, string.Create(CultureInfo.InvariantCulture, $"p{index}"), labels, container);
        }

        for (var index = 0; index < cluster.Policies.Length; index++)
        {
            scenario.Policy(cluster.Policies[index].Place, string.Create(CultureInfo.InvariantCulture, $"n{index}"), cluster.Policies[index].Spec);
        }

        return scenario;
    }

    private static IEnumerable<(Packet Packet, bool? Ours)> Questions(SmallCluster cluster, Scenario scenario)
    {
        var pods = cluster.Pods.Select((pod, index) => (
            Name: string.Create(CultureInfo.InvariantCulture, $"{pod.Place}/p{index}"),
            Address: string.Create(CultureInfo.InvariantCulture, $"10.244.3.{index + 1}"),
            Json: Json($"{{'metadata': {{'namespace': '{pod.Place}', 'labels': {pod.Labels}}}, 'spec': {{'containers': [{pod.Container}]}}}}"))).ToList();
        foreach (var (port, protocol) in Ports)
        {
            foreach (var from in pods)
            {
                foreach (var to in pods)
                {
                    yield return (
                        new Packet(from.Json, from.Address, to.Json, to.Address, port, protocol), scenario.Reaches(from.Name, to.Name, port, protocol));
                }

                foreach (var address in Outside)
                {
                    yield return (new Packet(from.Json, from.Address, null, address, port, protocol), scenario.Leaves(from.Name, address, port, protocol));
                    yield return (new Packet(null, address, from.Json, from.Address, port, protocol), scenario.Enters(address, from.Name, port, protocol));
                }
            }
        }
    }

    private static NaiveEvaluator Naive(SmallCluster cluster, Semantics semantics)
    {
        var namespaces = cluster.NamespaceLabels.Select((labels, index) =>
        {
            var name = index == 0 ? "a" : "b";
            var own = labels == "{}" ? "" : $", {labels[1..^1]}";
            return Json($"{{'metadata': {{'name': '{name}', 'labels': {{'kubernetes.io/metadata.name': '{name}'{own}}}}}}}");
        });
        var policies = cluster.Policies.Select(policy => Json($"{{'metadata': {{'namespace': '{policy.Place}'}}, 'spec': {policy.Spec}}}"));
        return new NaiveEvaluator([.. namespaces], [.. policies], semantics == Semantics.Cilium);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text.Replace('\'', '"'));
        return document.RootElement.Clone();
    }

    // One value of the policy, or a list or map with all that is in it.
    private static string Hide(string spec, int choice)
    {
        var values = Values().Matches(spec);
        if (values.Count == 0)
        {
            return spec;
        }

        var value = values[choice % values.Count].Groups["value"];
        var end = End(spec, value.Index);
        return string.Concat(spec.AsSpan(0, value.Index), "'[unknown]'", spec.AsSpan(end));
    }

    private static int End(string text, int start)
    {
        if (text[start] is not ('{' or '['))
        {
            return text[start] == '\'' ? text.IndexOf('\'', start + 1) + 1 : start + text[start..].TakeWhile(char.IsDigit).Count();
        }

        var depth = 0;
        var at = start;
        do
        {
            depth += text[at] is '{' or '[' ? 1 : text[at] is '}' or ']' ? -1 : 0;
            at++;
        }
        while (depth > 0);

        return at;
    }

    [GeneratedRegex("': (?<value>['\\[{0-9])")]
    private static partial Regex Values();
}
