using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>What <see cref="TrustZoneNamespace"/> needs.</summary>
internal sealed record TrustZoneNamespaceArgs
{
    /// <summary>The way to the cluster.</summary>
    public required Pulumi.Kubernetes.Provider Kubernetes { get; init; }

    /// <summary>The trust zone, a label.</summary>
    public required TrustZone Zone { get; init; }

    /// <summary>The Pod Security Standard that pods must keep.</summary>
    public required PodSecurity PodSecurity { get; init; }

    /// <summary>How many Services may have a load balancer of Azure's in front: what is reached from outside comes by a gateway.</summary>
    public int LoadBalancers { get; init; }

    /// <summary>The mesh that all its pods join; null for none.</summary>
    public MeshMembership? Mesh { get; init; }
}

/// <summary>A namespace that nothing enters or leaves but what is allowed one by one (A9, C1).</summary>
internal sealed class TrustZoneNamespace : ComponentResource
{
    /// <summary>The most processors of a container that says nothing: one that asks for more than these is refused by the cluster.</summary>
    public const int MostProcessors = 8;

    private const int DnsPort = 53;
    private const int MostPods = 50;

    // Each load balancer takes a port on nodes for each of its own, and one for its health.
    private const int NodePortsPerLoadBalancer = 4;
    private const string RbacApi = "rbac.authorization.k8s.io";

    // Restarting is deleting a pod, and scaling changes no pod. Whoever could run a pod, a command in one or another image would
    // have the identity of the namespace's workloads, and with it their keys (A20).
    private static readonly ImmutableArray<(string[] ApiGroups, string[] Resources, string[] Verbs)> OperatorRules =
    [
        ([""], ["pods"], ["delete"]),
        (["apps"], ["deployments/scale", "statefulsets/scale"], ["patch", "update"]),
    ];

    private readonly string _name;
    private readonly TrustZoneNamespaceArgs _args;
    private readonly Resource _home;
    private readonly CustomResourceOptions _inNamespace;

    /// <summary>Declares the namespace.</summary>
    /// <param name="name">The namespace's name, also the logical one.</param>
    /// <param name="args">What it needs.</param>
    /// <param name="options">The options.</param>
    public TrustZoneNamespace(string name, TrustZoneNamespaceArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:isolation:TrustZoneNamespace", name, options)
    {
        _name = name;
        _args = args;
        _home = new Pulumi.Kubernetes.Core.V1.Namespace(
            name,
            new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = name, Labels = Labels(args) } },
            new CustomResourceOptions { Parent = this, Provider = args.Kubernetes, DependsOn = [.. args.Mesh?.Needs ?? []] });

        // Objects name the namespace in plain text, and not by its output: in a first preview, before there is a cluster,
        // that would be unknown, and no policy could tell that the namespace is closed.
        _inNamespace = Within(this);

        // An empty selector is every pod, and no rules under both types is nothing in and nothing out.
        Policy("default-deny", new NetworkPolicySpecArgs
        {
            PodSelector = new LabelSelectorArgs(),
            PolicyTypes = { "Ingress", "Egress" },
        });
        Policy("allow-dns", new NetworkPolicySpecArgs
        {
            PodSelector = new LabelSelectorArgs(),
            PolicyTypes = { "Egress" },
            Egress = { new NetworkPolicyEgressRuleArgs { To = { ClusterDns() }, Ports = { Dns("UDP"), Dns("TCP") } } },
        });
        Bound();
        RegisterOutputs();
    }

    /// <summary>The namespace's name.</summary>
    public string NamespaceName => _name;

    /// <summary>The Pod Security Standard that pods must keep.</summary>
    public PodSecurity PodSecurity => _args.PodSecurity;

    /// <summary>The mesh that all its pods join; null for none.</summary>
    public MeshMembership? Mesh => _args.Mesh;

    /// <summary>Annotations that all its pods have.</summary>
    public ImmutableSortedDictionary<string, string> PodAnnotations =>
        _args.Mesh?.PodAnnotations ?? ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How to declare an object of this namespace.</summary>
    /// <param name="parent">The component that it belongs to.</param>
    /// <param name="after">What must be there before.</param>
    public CustomResourceOptions Within(Resource parent, params ReadOnlySpan<Resource> after) => new()
    {
        Parent = parent,
        Provider = _args.Kubernetes,
        DependsOn = [_home, .. after],
    };

    /// <summary>What an object of this namespace is called.</summary>
    /// <param name="name">The object's name.</param>
    public ObjectMetaArgs Metadata(string name) => new() { Name = name, Namespace = _name };

    /// <summary>Lets groups of people restart and scale what runs here, and nothing else; Azure has no role as small.</summary>
    /// <param name="role">The role's name.</param>
    /// <param name="groups">The object ids of their groups in Entra; nothing is made where there are none.</param>
    public void AddOperators(string role, ImmutableArray<string> groups)
    {
        if (groups.IsEmpty)
        {
            return;
        }

        _ = new Pulumi.Kubernetes.Rbac.V1.Role(
            $"{_name}-{role}",
            new RoleArgs
            {
                Metadata = Metadata(role),
                Rules = OperatorRules
                    .Select(rule => new PolicyRuleArgs { ApiGroups = rule.ApiGroups, Resources = rule.Resources, Verbs = rule.Verbs })
                    .ToArray(),
            },
            _inNamespace);
        _ = new Pulumi.Kubernetes.Rbac.V1.RoleBinding(
            $"{_name}-{role}",
            new RoleBindingArgs
            {
                Metadata = Metadata(role),
                RoleRef = new RoleRefArgs { ApiGroup = RbacApi, Kind = "Role", Name = role },
                Subjects = groups.Select(group => new SubjectArgs { ApiGroup = RbacApi, Kind = "Group", Name = group }).ToArray(),
            },
            _inNamespace);
    }

    /// <summary>Makes a service account whose pods get no token for the API server.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="clientId">The client id of the identity in Azure that its pods act as; null where they act as none.</param>
    /// <returns>The account; pods that run as it wait for it.</returns>
    public Resource AddServiceAccount(string account, Output<string>? clientId = null)
    {
        var metadata = Metadata(account);
        if (clientId is not null)
        {
            metadata.Annotations = new InputMap<string> { ["azure.workload.identity/client-id"] = clientId };
        }

        return new Pulumi.Kubernetes.Core.V1.ServiceAccount(
            $"{_name}-{account}",
            new ServiceAccountArgs { Metadata = metadata, AutomountServiceAccountToken = false },
            _inNamespace);
    }

    /// <summary>Keeps a secret where only this namespace's pods can have it.</summary>
    /// <param name="secret">The secret's name.</param>
    /// <param name="data">The values; they are secrets whatever they were before.</param>
    /// <returns>The secret; pods that name it wait for it.</returns>
    public Resource AddSecret(string secret, ImmutableSortedDictionary<string, Output<string>> data) =>
        new Pulumi.Kubernetes.Core.V1.Secret(
            $"{_name}-{secret}",
            new SecretArgs
            {
                Metadata = Metadata(secret),
                Type = "Opaque",
                StringData = Output.CreateSecret(Values(data)),
            },
            _inNamespace);

    /// <summary>Allows some of what is denied; for <see cref="ConnectionPlan"/>, which knows both ends.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="spec">What it allows.</param>
    internal void AddPolicy(string policy, NetworkPolicySpecArgs spec) => Policy(policy, spec);

    private static InputMap<string> Labels(TrustZoneNamespaceArgs args)
    {
        var labels = new InputMap<string>
        {
            ["app.kubernetes.io/managed-by"] = "pulumi",
            ["canton-infra/trust-zone"] = TrustZones.Labels[args.Zone],
            ["pod-security.kubernetes.io/enforce"] = args.PodSecurity.ToString().ToLowerInvariant(),

            // What is not enforced yet is seen at least.
            ["pod-security.kubernetes.io/audit"] = "restricted",
            ["pod-security.kubernetes.io/warn"] = "restricted",
        };
        if (args.Mesh is not null)
        {
            labels.Add(MeshMembership.NamespaceLabel.Key, MeshMembership.NamespaceLabel.Value);
        }

        return labels;
    }

    private static Output<ImmutableDictionary<string, string>> Values(ImmutableSortedDictionary<string, Output<string>> data) =>
        Output.All(data.Values).Apply(values =>
            data.Keys.Zip(values).ToImmutableDictionary(pair => pair.First, pair => pair.Second));

    private static NetworkPolicyPeerArgs ClusterDns() => new()
    {
        NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = "kube-system" } },
        PodSelector = new LabelSelectorArgs { MatchLabels = { ["k8s-app"] = "kube-dns" } },
    };

    private static NetworkPolicyPortArgs Dns(string protocol) => new() { Protocol = protocol, Port = DnsPort };

    // Whoever takes over one pod cannot fill the cluster with others, nor open a way in from outside.
    private void Bound()
    {
        _ = new Pulumi.Kubernetes.Core.V1.ResourceQuota(
            $"{_name}-quota",
            new ResourceQuotaArgs
            {
                Metadata = Metadata("quota"),
                Spec = new ResourceQuotaSpecArgs
                {
                    Hard =
                    {
                        ["pods"] = $"{MostPods}",
                        ["services.loadbalancers"] = $"{_args.LoadBalancers}",
                        ["services.nodeports"] = $"{_args.LoadBalancers * NodePortsPerLoadBalancer}",
                    },
                },
            },
            _inNamespace);

        // For containers that say nothing. The processor's limit is what guardrails let be given at most, so that it holds nobody up.
        _ = new Pulumi.Kubernetes.Core.V1.LimitRange(
            $"{_name}-limits",
            new LimitRangeArgs
            {
                Metadata = Metadata("limits"),
                Spec = new LimitRangeSpecArgs
                {
                    Limits =
                    {
                        new LimitRangeItemArgs
                        {
                            Type = "Container",
                            Default = { ["cpu"] = $"{MostProcessors}", ["memory"] = "1Gi" },
                            DefaultRequest = { ["cpu"] = "50m", ["memory"] = "128Mi" },
                        },
                    },
                },
            },
            _inNamespace);

        // Kubernetes makes this one itself, with a token for every pod that names no other.
        _ = new Pulumi.Kubernetes.Core.V1.ServiceAccountPatch(
            $"{_name}-default",
            new ServiceAccountPatchArgs
            {
                Metadata = new ObjectMetaPatchArgs
                {
                    Name = "default",
                    Namespace = _name,
                    Annotations = { ["pulumi.com/patchForce"] = "true" },
                },
                AutomountServiceAccountToken = false,
            },
            _inNamespace);
    }

    private void Policy(string policy, NetworkPolicySpecArgs spec) => _ = new Pulumi.Kubernetes.Networking.V1.NetworkPolicy(
        $"{_name}-{policy}", new NetworkPolicyArgs { Metadata = Metadata(policy), Spec = spec }, _inNamespace);
}
