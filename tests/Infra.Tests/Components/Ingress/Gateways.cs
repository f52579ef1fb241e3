using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components.Ingress;

/// <summary>Gateways for tests of what belongs to them.</summary>
internal static class Gateways
{
    public static TrustZoneNamespace Home() => Scenery.Namespace(EnvoyGateway.NamespaceName, PodSecurity.Restricted);

    public static WebGateway Gateway(string name = "public", Func<WebGatewayArgs, WebGatewayArgs>? change = null) =>
        new(name, (change ?? (args => args))(new WebGatewayArgs
        {
            Namespace = Home(),
            Place = new GatewayPlace(ImmutableSortedDictionary<string, Input<string>>.Empty.Add("service.beta.kubernetes.io/azure-pip-name", "pip"), Clients: null),
            Listeners = [new GatewayListener("validator", "*.validator.example.com", "validator-tls", "validator")],
            RequestsPerSecond = 50,
            Needs = [],
        }));
}
