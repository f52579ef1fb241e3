using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using Pulumi;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>The routes to what one namespace has (A8).</summary>
internal abstract class WebRoutes : ComponentResource
{
    private readonly TrustZoneNamespace _home;

    /// <summary>Prepares them.</summary>
    /// <param name="type">The component's type.</param>
    /// <param name="name">Its logical name.</param>
    /// <param name="home">The namespace.</param>
    /// <param name="options">The options.</param>
    protected WebRoutes(string type, string name, TrustZoneNamespace home, ComponentResourceOptions? options)
        : base(type, name, options)
    {
        _home = home;
    }

    /// <summary>Leads paths to a Service of the namespace.</summary>
    /// <param name="paths">What paths begin with.</param>
    /// <param name="service">The Service.</param>
    /// <param name="port">What it is reached at.</param>
    protected HttpRouteRuleArgs Lead(ImmutableArray<string> paths, string service, int port) => new()
    {
        Matches = At(paths),
        Filters = MeshHost.Filters(_home, service),
        BackendRefs = [new NamedObjectArgs { Name = service, Port = port }],
    };

    /// <summary>Paths, by what they begin with.</summary>
    protected static ImmutableArray<HttpRouteMatchArgs> At(params ImmutableArray<string> paths) =>
        [.. paths.Select(path => new HttpRouteMatchArgs { Path = new HttpPathMatchArgs { Value = path } })];

    /// <summary>Declares a route.</summary>
    /// <param name="logicalName">The logical name.</param>
    /// <param name="name">The name in the namespace.</param>
    /// <param name="host">The host.</param>
    /// <param name="parents">The gateways' hosts that it is of.</param>
    /// <param name="rules">Where which path leads; of several that match the longest counts.</param>
    /// <param name="after">What must be there before it.</param>
    protected Pulumi.Kubernetes.ApiExtensions.CustomResource Route(
        string logicalName,
        string name,
        string host,
        ImmutableArray<NamedObjectArgs> parents,
        ImmutableArray<HttpRouteRuleArgs> rules,
        params ReadOnlySpan<Resource> after) => new(
        logicalName,
        new HttpRouteArgs
        {
            Metadata = _home.Metadata(name),
            Spec = new HttpRouteSpecArgs { ParentRefs = parents, Hostnames = [host], Rules = rules },
        },
        _home.Within(this, after));
}
