using System.Collections.Immutable;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Mesh;

/// <summary>The types of Istio's objects, under all versions of their API, and its control plane as charts install it.</summary>
internal static class MeshTypes
{
    /// <summary>Where Istio looks for what holds for the whole mesh, if its settings do not say otherwise.</summary>
    public const string UsualRoot = "istio-system";

    /// <summary>The labels by which a namespace is in a mesh.</summary>
    public static PropertyPath Labels { get; } = PropertyPath.Parse("metadata.labels");

    /// <summary>Whether those who connect must show a certificate.</summary>
    public static ImmutableArray<ResourceTypePattern> PeerAuthentications { get; } =
        ["kubernetes:security.istio.io/v1:PeerAuthentication", "kubernetes:security.istio.io/v1beta1:PeerAuthentication"];

    /// <summary>Who may connect.</summary>
    public static ImmutableArray<ResourceTypePattern> AuthorizationPolicies { get; } =
        ["kubernetes:security.istio.io/v1:AuthorizationPolicy", "kubernetes:security.istio.io/v1beta1:AuthorizationPolicy"];

    /// <summary>How those who connect do it.</summary>
    public static ImmutableArray<ResourceTypePattern> DestinationRules { get; } =
    [
        "kubernetes:networking.istio.io/v1:DestinationRule",
        "kubernetes:networking.istio.io/v1beta1:DestinationRule",
        "kubernetes:networking.istio.io/v1alpha3:DestinationRule",
    ];

    /// <summary>Whether a release installs the control plane; null where its chart is not known.</summary>
    public static bool? IsControlPlane(ResourceView release)
    {
        var chart = new ChartView(release).Chart;
        return chart.TryGetText(out var text) ? text == "istiod" || text.EndsWith("/istiod", StringComparison.Ordinal)
            : chart.State == PropertyState.Known ? false : null;
    }

    /// <summary>Whether the pods of a namespace get sidecars; null where that is not known.</summary>
    public static bool? IsMember(ResourceView home)
    {
        var injection = home.Read(Labels.Then("istio-injection"));
        return injection.State switch
        {
            PropertyState.Missing => home.Read(Labels.Then("istio.io/rev")).State != PropertyState.Missing,
            _ => injection.TryGetText(out var text) ? text == "enabled" : null,
        };
    }

    /// <summary>Whether an object is for a whole namespace, and not for single pods or gateways.</summary>
    public static bool? IsForAll(ResourceView resource)
    {
        var selector = resource.Read("spec.selector.matchLabels");
        return NetworkPolicies.Logic.And(
            selector is { State: PropertyState.Known, Value: MapValue { Entries.Count: 0 } } ? true : selector.IsNothing(),
            resource.Read("spec.targetRef").IsNothing(),
            resource.Read("spec.targetRefs").IsNothing());
    }

    /// <summary>The root namespace of a control plane; null where it is not known.</summary>
    public static string? RootOf(ResourceView release)
    {
        var root = release.Read("values.meshConfig.rootNamespace");
        if (root.State != PropertyState.Missing)
        {
            return root.TryGetText(out var text) ? text : null;
        }

        var own = release.Read("namespace");
        return own.TryGetText(out var place) ? place : own.State == PropertyState.Missing ? UsualRoot : null;
    }
}
