using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.PolicySdk.Testing;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;
using CantonInfra.Reachability.Reading;

namespace CantonInfra.Reachability.Tests;

/// <summary>A cluster as a plan has it, written as property notation.</summary>
internal sealed class Scenario
{
    public const string PodNetwork = "10.244.0.0/16";

    private readonly List<ClusterResource> _resources = [];
    private (ClusterModel Cluster, PolicyEvaluation Evaluation)? _evaluated;

    public Scenario(Semantics semantics = Semantics.Kubernetes) => Add(
        "azure-native:containerservice:ManagedCluster",
        "cluster",
        $"{{'networkProfile': {{'podCidr': '{PodNetwork}', 'networkDataplane': '{(semantics == Semantics.Cilium ? "cilium" : "azure")}'}}}}");

    public ImmutableArray<ClusterResource> Resources => [.. _resources];

    public Scenario Add(string type, string name, string properties)
    {
        _evaluated = null;
        _resources.Add(new ClusterResource(
            $"urn:pulumi:dev::p::{type}::{name}",
            type,
            name,
            PropertyNotation.Read(properties),
            "",
            ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        return this;
    }

    public Scenario Namespace(string name, string labels = "{}") =>
        Add("kubernetes:core/v1:Namespace", name, $"{{'metadata': {{'name': '{name}', 'labels': {labels}}}}}");

    public Scenario Pod(string place, string name, string labels, string container = "{}", string spec = "") => Add(
        "kubernetes:core/v1:Pod",
        $"{place}-{name}",
        $"{{'metadata': {{'name': '{name}', 'namespace': '{place}', 'labels': {labels}}}, 'spec': {{{spec}'containers': [{container}]}}}}");

    public Scenario Policy(string place, string name, string spec) => Add(
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        $"{place}-{name}",
        $"{{'metadata': {{'name': '{name}', 'namespace': '{place}'}}, 'spec': {spec}}}");

    public ClusterModel Read() => ClusterReader.Read(Resources, ChartContracts.Known);

    /// <summary>Whether a pod reaches another, both as namespace, slash and name.</summary>
    public bool? Reaches(string source, string target, int port, string protocol = "TCP")
    {
        var (cluster, evaluation) = Evaluate();
        var from = Pod(cluster, source);
        var to = Pod(cluster, target);
        var span = new PortSpan(protocol, port, port);
        return evaluation.Decide(from, Direction.Egress, to, span).IsAllowed & evaluation.Decide(to, Direction.Ingress, from, span).IsAllowed;
    }

    public bool? Leaves(string source, string address, int port, string protocol = "TCP")
    {
        var (cluster, evaluation) = Evaluate();
        return evaluation.Decide(Pod(cluster, source), Direction.Egress, Outside(address), new PortSpan(protocol, port, port)).IsAllowed;
    }

    public bool? Enters(string address, string target, int port, string protocol = "TCP")
    {
        var (cluster, evaluation) = Evaluate();
        return evaluation.Decide(Pod(cluster, target), Direction.Ingress, Outside(address), new PortSpan(protocol, port, port)).IsAllowed;
    }

    private static OutsideAddresses Outside(string address) => new(AddressSpan.Parse($"{address}/{(address.Contains(':') ? 128 : 32)}"));

    private static PodSet Pod(ClusterModel cluster, string name) => Assert.Single(cluster.Pods, pods => pods.Name == name);

    private (ClusterModel Cluster, PolicyEvaluation Evaluation) Evaluate()
    {
        if (_evaluated is not { } evaluated)
        {
            var cluster = Read();
            evaluated = (cluster, new PolicyEvaluation(cluster.Policies, cluster.Semantics, cluster.PodNetworks, cluster.NodeNetworks));
            _evaluated = evaluated;
        }

        return evaluated;
    }
}
