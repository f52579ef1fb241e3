using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Gateways;

/// <summary>Services of a cluster are not on the internet.</summary>
internal sealed class ServicesInternal : ResourcePolicy
{
    private const string Service = "kubernetes:core/v1:Service";

    private const string Proxy = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";

    private const string InternalKey = "service.beta.kubernetes.io/azure-load-balancer-internal";

    // With one of them a gateway has the address that the program made for it, which is judged where it is made.
    private static readonly ImmutableArray<string> OwnAddress =
        ["service.beta.kubernetes.io/azure-pip-name", "service.beta.kubernetes.io/azure-pip-prefix-id"];

    private static readonly PropertyPath Internal = PropertyPath.Parse("metadata.annotations").Then(InternalKey);
    private static readonly PropertyPath ProxyService = PropertyPath.Parse("spec.provider.kubernetes.envoyService");

    public override string Id => "services-internal";

    public override string Title => "Services of clusters are reached from inside the network only";

    public override string Rationale =>
        "A Service of type LoadBalancer gets a public address unless an annotation says no, and one of type NodePort opens a port on every "
        + "node. Both are made with a few lines in a chart, and no security group is asked.";

    public override string Remediation =>
        "Leave type out (ClusterIP). Where a gateway needs a load balancer, set the annotation "
        + "service.beta.kubernetes.io/azure-load-balancer-internal to 'true'. Leave externalIPs out.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        Service,
        Good: """{"metadata": {"annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}}, "spec": {"type": "LoadBalancer"}}""",
        Bad: """{"spec": {"type": "LoadBalancer"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A8"),
        new(PolicyControl.Requirement, "D1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Service, Proxy, .. ChartView.Types];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        resource.Is(Proxy) ? [JudgeProxy(resource)]
        : resource.IsAny(ChartView.Types) ? new ChartView(resource).Values.SelectMany(each => JudgeChart(resource, each)) : JudgeService(resource);

    // As charts have it by custom: a map 'service' with a type and annotations.
    private static IEnumerable<PolicyVerdict> JudgeChart(ResourceView chart, ChartValues values)
    {
        if (!values.Name.EndsWith("service", StringComparison.OrdinalIgnoreCase) || values.Text("type") is not ("LoadBalancer" or "NodePort"))
        {
            yield break;
        }

        var annotation = (values.Map["annotations"]?.Unwrapped as MapValue)?[Internal.Elements[^1].Key!]?.Unwrapped;
        yield return values.Text("type") == "NodePort"
            ? PolicyVerdict.Violation(values.Path.Then("type"), $"{chart} has a service that opens a port on every node.")
            : annotation is StringValue { Value: "true" } or BoolValue { Value: true } ? PolicyVerdict.Pass
            : annotation is UnknownValue or OutputValue ? PolicyVerdict.Undecided(values.Path.Then("annotations"))
            : PolicyVerdict.Violation(values.Path.Then("type"), $"{chart} has a service that makes a load balancer with an address on the internet.");
    }

    private static IEnumerable<PolicyVerdict> JudgeService(ResourceView resource)
    {
        var type = resource.Read("spec.type");
        yield return type.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !type.TryGetText(out var kind) ? PolicyVerdict.Undecided(type.Path)
            : kind switch
            {
                "LoadBalancer" => JudgeBalancer(resource),
                "NodePort" => PolicyVerdict.Violation(type.Path, $"{resource} opens a port on every node."),
                _ => PolicyVerdict.Pass,
            };
        var addresses = resource.Read("spec.externalIPs");
        yield return addresses.IsNothing() switch
        {
            true => PolicyVerdict.Pass,
            null => PolicyVerdict.Undecided(addresses.Path),
            false => PolicyVerdict.Violation(addresses.Path, $"{resource} takes traffic for {addresses}, addresses that it need not own."),
        };
    }

    /// <summary>Only a load balancer that is public by mistake is mended; what gives nodes ports has to be decided on.</summary>
    public override PolicyRemedy Mend(ResourceView resource, StackContext stack) =>
        !resource.IsAny(ChartView.Types) && JudgeService(resource).OfType<ViolationVerdict>().Any(violation => violation.Path == Internal)
            ? PolicyRemedy.Set(resource, Internal, "true")
            : PolicyRemedy.Nothing;

    // Envoy Gateway makes a load balancer for each Gateway unless it is told otherwise.
    private static PolicyVerdict JudgeProxy(ResourceView proxy)
    {
        var provider = proxy.Read("spec.provider.type");
        if (provider.TryGetText(out var where) && where != "Kubernetes")
        {
            return PolicyVerdict.NotApplicable("Its proxies run outside of clusters.");
        }

        var type = proxy.Read(ProxyService.Then("type"));
        if (type.State != PropertyState.Missing && !type.TryGetText(out _))
        {
            return PolicyVerdict.Undecided(type.Path);
        }

        var kind = type.TryGetText(out var text) ? text : "LoadBalancer";
        var annotations = ProxyService.Then("annotations");
        var isInternal = proxy.Read(annotations.Then(InternalKey));
        var own = OwnAddress.Select(key => proxy.Read(annotations.Then(key))).ToList();
        return kind switch
        {
            "NodePort" => PolicyVerdict.Violation(type.Path, $"{proxy} opens a port on every node."),
            "LoadBalancer" when isInternal.State == PropertyState.Unknown => PolicyVerdict.Undecided(isInternal.Path),
            "LoadBalancer" when (isInternal.TryGetText(out var flag) && flag == "true") || own.Exists(each => each.State != PropertyState.Missing) =>
                PolicyVerdict.Pass,
            "LoadBalancer" => PolicyVerdict.Violation(
                annotations.Then(InternalKey), $"{proxy} makes load balancers with some address on the internet: neither inside nor one that the program made."),
            _ => PolicyVerdict.Pass,
        };
    }

    private static PolicyVerdict JudgeBalancer(ResourceView resource)
    {
        var annotation = resource.Read(Internal);
        return annotation.State != PropertyState.Missing && !annotation.TryGetText(out _) ? PolicyVerdict.Undecided(annotation.Path)
            : annotation.TryGetText(out var text) && text == "true" ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(Internal, $"{resource} makes a load balancer with an address on the internet.");
    }
}
