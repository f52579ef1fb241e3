using System.Collections.Immutable;
using CantonInfra.Contracts;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Pods that are alike: what one of them may do, all may.</summary>
internal sealed class Workload : ConnectionEnd
{
    private readonly string _name;
    private readonly string _namespace;
    private readonly ImmutableSortedDictionary<string, string> _labels;
    private readonly ImmutableArray<ContainerPort> _ports;

    /// <summary>Pods of a namespace.</summary>
    /// <param name="plan">Who keeps the connections.</param>
    /// <param name="home">The namespace; null for one of the platform's, where nothing of ours is declared.</param>
    /// <param name="inNamespace">The namespace's name.</param>
    /// <param name="name">What the pods are called.</param>
    /// <param name="labels">The labels that tell them from all other pods of the namespace.</param>
    /// <param name="ports">What they listen on.</param>
    internal Workload(
        ConnectionPlan plan,
        TrustZoneNamespace? home,
        string inNamespace,
        string name,
        ImmutableSortedDictionary<string, string> labels,
        ImmutableArray<ContainerPort> ports)
        : base(plan, $"{inNamespace}/{name}")
    {
        // A selector without labels is every pod of the namespace.
        if (labels.IsEmpty)
        {
            throw new ArgumentException($"The pods of {Name} need a label that other pods of the namespace do not have.", nameof(labels));
        }

        Home = home;
        _name = name;
        _namespace = inNamespace;
        _labels = labels;
        _ports = ports;
    }

    /// <summary>The namespace; null for one of the platform's.</summary>
    public TrustZoneNamespace? Home { get; }

    /// <summary>The name within the namespace.</summary>
    public string ShortName => _name;

    /// <summary>What its pods are in a mesh; null where they are in none.</summary>
    public MeshIdentity? Identity { get; private set; }

    /// <summary>The labels of its pods, which policies select by and pods have to have.</summary>
    public ImmutableSortedDictionary<string, string> PodLabels => _labels;

    /// <summary>A port.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public WorkloadPort Port(string name) => new(
        Plan,
        this,
        _ports.FirstOrDefault(port => port.Name == name) ?? throw new ArgumentException(
            $"{Name} has no port '{name}'; it has {string.Join(", ", _ports.Select(port => port.Name))}.", nameof(name)));

    /// <inheritdoc/>
    public override ImmutableDictionary<string, object> Describe() => (Identity is { } identity
            ? ImmutableDictionary<string, object>.Empty
                .Add("mesh", ImmutableDictionary<string, object>.Empty.Add("principal", identity.Principal).Add("isServer", identity.IsServer))
            : ImmutableDictionary<string, object>.Empty)
        .Add("kind", "pods")
        .Add("namespace", _namespace)
        .Add("labels", _labels.ToImmutableDictionary())
        .Add("isPlatform", Home is null)
        .Add("ports", _ports.Select(port => (object)ImmutableDictionary<string, object>.Empty
            .Add("name", port.Name)
            .Add("port", port.Number)
            .Add("protocol", port.Protocol)).ToImmutableArray());

    /// <summary>Says that its pods are in a mesh, and that they connect to its control plane.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="serviceAccount">The service account of the pods.</param>
    /// <param name="isServer">Whether what comes to them comes through the mesh, too.</param>
    internal void Join(MeshMembership mesh, string serviceAccount, bool isServer)
    {
        Identity = new MeshIdentity(mesh.PrincipalOf(_namespace, serviceAccount), isServer);
        mesh.ControlPlane.AllowFrom(this, "C2", "Its certificate, and who may connect to it.");
    }

    /// <summary>The pods as a policy's subject.</summary>
    internal LabelSelectorArgs Selector() => new() { MatchLabels = Labels() };

    /// <summary>The pods as a policy's peer.</summary>
    internal NetworkPolicyPeerArgs Peer() => new()
    {
        NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = _namespace } },
        PodSelector = Selector(),
    };

    private Pulumi.InputMap<string> Labels() => _labels.ToImmutableDictionary();
}
