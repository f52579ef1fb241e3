using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>What of an environment is reached from outside, and by which names (A8).</summary>
internal sealed class EnvironmentIngress
{
    private readonly EnvironmentFoundation _base;
    private readonly EnvironmentSettings _settings;
    private readonly PublicDnsZone _zone;
    private readonly WebGateway _public;
    private readonly WebGateway? _internal;
    private readonly MeshMembership? _mesh;

    /// <summary>Declares zone, certificates and gateways; routes come with what they lead to.</summary>
    public EnvironmentIngress(EnvironmentFoundation foundation, EnvironmentCluster cluster, EnvironmentConnections connections)
    {
        _base = foundation;
        _settings = foundation.Settings;
        var gateways = cluster.AddNamespace(EnvoyGateway.NamespaceName, TrustZone.ControlPlane, PodSecurity.Restricted, loadBalancers: 2);
        var certManager = cluster.AddNamespace(CertManager.Name, TrustZone.ControlPlane, PodSecurity.Restricted);
        var entrance = foundation.Network.AdmitWebClients(cluster.Aks.ControlPlane);
        IpAddress = entrance.IpAddress;
        _zone = foundation.Locks.Cover(new PublicDnsZone("dns", new PublicDnsZoneArgs
        {
            Azure = foundation.Azure,
            ResourceGroupName = foundation.Groups.Network,
            DomainName = Host,
            CertificateAuthority = _settings.Ingress.CertificateAuthority,
        }));
        NameServers = _zone.NameServers;
        var authority = foundation.Locks.Cover(new CertManager("certificates", new CertManagerArgs
        {
            Azure = foundation.Azure,
            IdentityResourceGroupName = foundation.Groups.Security,
            TokenIssuer = cluster.Aks.OidcIssuerUrl,
            Namespace = certManager,
            Dns = _zone,
            AcmeServer = _settings.Ingress.AcmeServer,
            Email = _settings.Alerts.Email,
            Images = _settings.Ingress.Images,
        }));
        var controller = new EnvoyGateway("gateways", gateways, _settings.Ingress.Images);
        connections.AddCertManager(certManager, new Uri(_settings.Ingress.AcmeServer).Host);
        _mesh = EnvironmentMesh.Declare(foundation, cluster, connections, authority.Ready);
        connections.AddGateways(
            gateways, entrance.Place.Clients, foundation.Network.DeploymentSources, hasInternal: Keycloak is not null, _mesh);

        ImmutableArray<Resource> certificates =
        [
            .. Keycloak is null ? [] : new[] { authority.AddCertificate(CertificateOf(KeycloakRoutes.Listener), gateways, [$"*.{Host}"], controller) },
            .. Validators.Select(name => authority.AddCertificate(CertificateOf(name), gateways, [$"*.{name}.{Host}"], controller)),
        ];
        _public = new WebGateway("public", new WebGatewayArgs
        {
            Namespace = gateways,
            Place = entrance.Place,
            Listeners = [.. KeycloakListeners(isInternal: false), .. Validators.SelectMany(ValidatorListeners)],
            RequestsPerSecond = _settings.Ingress.RequestsPerSecond,
            ProxyDigest = _settings.Ingress.Images.EnvoyProxy,
            Mesh = _mesh,
            Needs = [controller.Ready, entrance.Ready, .. certificates],
        });
        _internal = Keycloak is null ? null : new WebGateway("internal", new WebGatewayArgs
        {
            Namespace = gateways,
            Place = foundation.Network.InternalGateway,
            Listeners = [.. KeycloakListeners(isInternal: true)],
            RequestsPerSecond = _settings.Ingress.RequestsPerSecond,
            ProxyDigest = _settings.Ingress.Images.EnvoyProxy,
            Mesh = _mesh,
            Needs = [controller.Ready, .. certificates],
        });
    }

    /// <summary>The name servers that the environment's zone has to be delegated to.</summary>
    public Output<ImmutableArray<string>> NameServers { get; }

    /// <summary>The address that public names lead to.</summary>
    public Output<string> IpAddress { get; }

    private string Host => _settings.Identity.Host;

    private KeycloakSettings? Keycloak => _settings.Identity.Provider as KeycloakSettings;

    private IEnumerable<string> Validators => _settings.Ledger.Validators.Select(validator => validator.Name);

    /// <summary>Publishes Keycloak, and lets deployments to its administration.</summary>
    /// <param name="keycloak">Its settings.</param>
    /// <param name="home">Its namespace.</param>
    /// <returns>What whoever manages realms waits for.</returns>
    public ImmutableArray<Resource> Publish(KeycloakSettings keycloak, TrustZoneNamespace home)
    {
        _zone.AddAddress(keycloak.Url.Host, IpAddress);
        var routes = new KeycloakRoutes("keycloak-routes", new KeycloakRoutesArgs
        {
            Namespace = home,
            Url = keycloak.Url,
            AdminUrl = keycloak.AdminUrl,
            Public = _public,
            Internal = _internal ?? throw new InvalidOperationException("Keycloak comes with an internal gateway."),
            Administrators = _base.Network.DeploymentSources,
        });
        return
        [
            .. routes.Ready,
            Resolve("idp-name", keycloak.Url),
            Resolve("idp-admin-name", keycloak.AdminUrl),
        ];
    }

    /// <summary>Publishes a validator's user interfaces.</summary>
    /// <param name="validator">Its name.</param>
    /// <param name="home">Its namespace.</param>
    public void Publish(string validator, TrustZoneNamespace home)
    {
        var peers = Peers(validator);
        var addresses = UserInterfaceAddresses.Of(validator, Host);
        _zone.AddAddress(new Uri(addresses.Wallet).Host, IpAddress);
        _zone.AddAddress(new Uri(addresses.NameService).Host, IpAddress);
        _ = new ValidatorRoutes($"{validator}-routes", new ValidatorRoutesArgs
        {
            Validator = validator,
            Namespace = home,
            Host = Host,
            Gateway = _public,
            Chart = _settings.Ledger.Release.AppIn(validator),
            HasPeers = !peers.IsEmpty,
        });
        if (!peers.IsEmpty)
        {
            _zone.AddAddress(ValidatorRoutes.PeerHost(validator, Host), IpAddress);
            _public.RequireCertificates(ValidatorRoutes.PeerListener(validator), peers);
        }
    }

    private static string CertificateOf(string listener) => $"{listener}-tls";

    // In this network the name leads to the internal gateway: what is meant for it need not leave and come back.
    private Resource Resolve(string name, Uri address) => _base.Network.ResolveToInternalGateway(name, address.Host);

    private ImmutableArray<MachinePeer> Peers(string validator) =>
        [.. _settings.Ingress.Peers.Where(peer => peer.Validator == validator)];

    private IEnumerable<GatewayListener> KeycloakListeners(bool isInternal)
    {
        if (Keycloak is not { } keycloak)
        {
            yield break;
        }

        var certificate = CertificateOf(KeycloakRoutes.Listener);
        yield return new GatewayListener(KeycloakRoutes.Listener, keycloak.Url.Host, certificate, "keycloak");
        if (isInternal)
        {
            yield return new GatewayListener(KeycloakRoutes.AdminListener, keycloak.AdminUrl.Host, certificate, "keycloak");
        }
    }

    private IEnumerable<GatewayListener> ValidatorListeners(string validator)
    {
        var certificate = CertificateOf(validator);
        yield return new GatewayListener(validator, $"*.{validator}.{Host}", certificate, validator);
        if (!Peers(validator).IsEmpty)
        {
            yield return new GatewayListener(
                ValidatorRoutes.PeerListener(validator), ValidatorRoutes.PeerHost(validator, Host), certificate, validator);
        }
    }
}
