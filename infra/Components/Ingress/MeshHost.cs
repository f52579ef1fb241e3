using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>How gateways ask for a Service of a mesh: a sidecar tells by the host's name whom a request is for, and knows no names of the outside.</summary>
internal static class MeshHost
{
    /// <summary>The filters of a rule that leads to a Service; null where its namespace is in no mesh.</summary>
    /// <param name="home">The Service's namespace.</param>
    /// <param name="service">The Service's name.</param>
    public static ImmutableArray<HttpRouteFilterReferenceArgs>? Filters(TrustZoneNamespace home, string service) => home.Mesh is null
        ? null
        :
        [
            new HttpRouteFilterReferenceArgs
            {
                Type = "URLRewrite",
                UrlRewrite = new UrlRewriteArgs { Hostname = $"{service}.{home.NamespaceName}.svc.cluster.local" },
            },
        ];
}
