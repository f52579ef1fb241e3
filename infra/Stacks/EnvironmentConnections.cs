using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Components.Mesh;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>Who connects to whom in an environment (A9): the workloads that several components speak of, and their connections.</summary>
internal sealed class EnvironmentConnections
{
    private const int HttpsPort = 443;
    private const string AppLabel = "app";
    private const string NameLabel = "app.kubernetes.io/name";

    private readonly ConnectionPlan _plan;
    private readonly EnvironmentSettings _settings;
    private readonly AddressRange _ledgerDatabase;
    private readonly InternetHosts _signIn;
    private readonly InternetHosts? _identityProvider;
    private readonly InternetHosts _superValidators;
    private readonly Dictionary<string, Workload> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Workload> _participants = new(StringComparer.Ordinal);
    private readonly Workload _metrics;
    private Workload? _publicGateway;
    private Workload? _internalGateway;

    /// <summary>Prepares them.</summary>
    /// <param name="plan">Who keeps them.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="databases">The databases.</param>
    public EnvironmentConnections(ConnectionPlan plan, EnvironmentSettings settings, EnvironmentDatabases databases)
    {
        _plan = plan;
        _settings = settings;
        _ledgerDatabase = plan.AddRange("ledger-database", databases.LedgerNetworks);
        _signIn = plan.AddReleasedHosts("entra", ["login.microsoftonline.com"]);
        _metrics = plan.AddPlatform("kube-system", "ama-metrics", ConnectionPlan.Label("rsName", "ama-metrics"));
        var hosts = EnvironmentIdentity.Hosts(settings.Identity.Provider);
        _superValidators = plan.AddHosts("super-validators", settings.Ledger.Network.Hosts, "The super validators of the network.");
        _identityProvider = hosts.IsEmpty ? null : plan.AddReleasedHosts("identity-provider", hosts);
    }

    /// <summary>Gateways, and what makes them. They come before what is reached through them.</summary>
    /// <param name="home">Their namespace.</param>
    /// <param name="publicClients">The networks that clients of the public gateway come from; null for the internet.</param>
    /// <param name="deployments">The networks that realms are managed from.</param>
    /// <param name="hasInternal">Whether there is a gateway for this network alone.</param>
    /// <param name="mesh">The mesh that gateways connect to others through; null for none.</param>
    public void AddGateways(
        TrustZoneNamespace home,
        ImmutableArray<string>? publicClients,
        ImmutableArray<string> deployments,
        bool hasInternal,
        MeshMembership? mesh)
    {
        var controller = _plan.AddWorkload(home, EnvoyGateway.Contract, "envoy-gateway");
        var certificates = _plan.AddWorkload(home, EnvoyGateway.Contract, "envoy-gateway-helm-certgen");
        _plan.ApiServer.Port(HttpsPort).AllowFrom(controller, "A8", "It makes proxies of Gateways.");
        _plan.ApiServer.Port(HttpsPort).AllowFrom(certificates, "A8", "It keeps the certificates of controller and proxies in secrets.");
        _publicGateway = Gateway("public");
        const string Clients = "People's browsers, and machines that show a certificate.";
        if (publicClients is { } networks)
        {
            _publicGateway.Port("https").AllowFrom(_plan.AddRange("web-clients", networks), "A8", Clients);
        }
        else
        {
            _publicGateway.Port("https").AllowFrom(_plan.AddInternetClients("web-clients"), "A8", Clients);
        }

        if (hasInternal)
        {
            _internalGateway = Gateway("internal");
            if (!deployments.IsEmpty)
            {
                _internalGateway.Port("https").AllowFrom(_plan.AddRange("deployments", deployments), "A1", "Deployments manage realms.");
            }
        }

        Workload Gateway(string name)
        {
            var gateway = _plan.AddWorkload(home, name, WebGateway.PodLabels(name), WebGateway.Ports);
            controller.Port("grpc").AllowFrom(gateway, "A8", "It tells proxies what to serve.");
            gateway.Port("metrics").AllowFrom(_metrics, "A24", "Metrics of the proxies.");
            if (mesh is not null)
            {
                gateway.Join(mesh, WebGateway.ServiceAccount(name), isServer: false);
            }

            return gateway;
        }
    }

    /// <summary>cert-manager.</summary>
    /// <param name="home">Its namespace.</param>
    /// <param name="authority">The host of the certificate authority.</param>
    public void AddCertManager(TrustZoneNamespace home, string authority)
    {
        var controller = Part("cert-manager");
        var webhook = Part("cert-manager-webhook");
        Part("cert-manager-cainjector");
        Part("cert-manager-startupapicheck");
        webhook.Port("https").AllowFrom(_plan.ApiServer, "A8", "The API server has certificates checked.");
        controller.Port("http-metrics").AllowFrom(_metrics, "A24", "When certificates expire.");
        _signIn.AllowFrom(controller, "A8", "The token for the zone.");
        _plan.AddReleasedHosts("azure-management", ["management.azure.com"]).AllowFrom(controller, "A8", "Records in the zone.");
        _plan.AddHosts("certificate-authority", [authority], "Certificates.").AllowFrom(controller, "A8", "Certificates.");

        Workload Part(string name)
        {
            var part = _plan.AddWorkload(home, CertManager.Contract, name);
            _plan.ApiServer.Port(HttpsPort).AllowFrom(part, "A8", "It works on objects of the cluster.");
            return part;
        }
    }

    /// <summary>A service mesh.</summary>
    /// <param name="system">The namespace of its control plane.</param>
    /// <param name="nodes">The namespace of what runs on each node.</param>
    /// <returns>Where pods of the mesh connect to.</returns>
    public WorkloadPort AddMesh(TrustZoneNamespace system, TrustZoneNamespace nodes)
    {
        var control = _plan.AddWorkload(system, IstioMesh.ControlContract, IstioMesh.ControlPlane);
        _plan.ApiServer.Port(HttpsPort).AllowFrom(control, "C2", "It follows pods, services and policies.");
        _plan.ApiServer.Port(HttpsPort)
            .AllowFrom(_plan.AddWorkload(nodes, IstioMesh.NodeContract, IstioMesh.NodeAgent), "C2", "It mends pods that started before it.");
        control.Port("https-webhooks").AllowFrom(_plan.ApiServer, "C2", "The API server has sidecars put into pods, and policies checked.");
        control.Port("http-monitoring").AllowFrom(_metrics, "A24", "Its metrics.");
        return control.Port("tls-xds");
    }

    /// <summary>A validator: its participant, its app, its two user interfaces, and the job that keeps what it is known by.</summary>
    /// <param name="validator">The settings.</param>
    /// <param name="home">Its namespace.</param>
    public ValidatorWorkloads AddValidator(ValidatorSettings validator, TrustZoneNamespace home)
    {
        var node = _settings.Ledger.Release.ParticipantIn(home.NamespaceName);
        var apps = _settings.Ledger.Release.AppIn(home.NamespaceName);
        var participant = _plan.AddWorkload(home, node, Validator.ParticipantName);
        var app = _plan.AddWorkload(home, apps, Validator.AppService);
        var backup = _plan.AddWorkload(home, IdentitiesBackup.JobName, ConnectionPlan.Label(AppLabel, IdentitiesBackup.JobName));
        participant.Port("lg-api").AllowFrom(app, "A1", "The validator app submits and reads.");
        participant.Port("lg-adm-api").AllowFrom(app, "A1", "The validator app sets the participant up.");
        app.Port("val-http").AllowFrom(backup, "A12", "What the validator is known by.");
        foreach (var workload in new[] { participant, app })
        {
            _ledgerDatabase.Port(PostgreSqlServer.PortNumber).AllowFrom(workload, "A11", "Its database.");
            _superValidators.AllowFrom(workload, "A10", "Scans, sequencers and the sponsor of the network.");
            workload.Port("metrics").AllowFrom(_metrics, "A24", "Its metrics.");
        }

        foreach (var workload in new[] { participant, app, backup })
        {
            AllowIdentityProvider(workload, "A1", "Tokens, and the keys that tokens are checked with.");
        }

        _plan.PrivateEndpoints.Port(HttpsPort).AllowFrom(backup, "A12", "The storage that backups are kept in.");
        _signIn.AllowFrom(backup, "A12", "The token for the storage.");
        AllowKeys(validator, participant);
        if (validator.Waas is { } waas)
        {
            _plan.AddHosts($"waas-{validator.Name}", [waas.ApiUrl.Host], $"The wallet-as-a-service of {validator.Name}.")
                .AllowFrom(app, "A19", "Registration, and wallets whose keys are there.");
        }

        _participants.Add(validator.Name, participant);
        var workloads = new ValidatorWorkloads(
            participant,
            app,
            backup,
            _plan.AddWorkload(home, apps, "wallet-web-ui", Validator.AppService),
            _plan.AddWorkload(home, apps, "ans-web-ui", Validator.AppService));
        if (_publicGateway is { } gateway)
        {
            app.Port("val-http").AllowFrom(gateway, "A8", "The API that the user interfaces use.");
            workloads.WalletUi.Port("http").AllowFrom(gateway, "A8", "The pages.");
            workloads.NameServiceUi.Port("http").AllowFrom(gateway, "A8", "The pages.");
        }

        return workloads;
    }

    /// <summary>Keycloak.</summary>
    /// <param name="home">Its namespace.</param>
    /// <param name="databases">The networks of its database.</param>
    public void AddKeycloak(TrustZoneNamespace home, ImmutableArray<string> databases)
    {
        var keycloak = _plan.AddWorkload(
            home,
            "keycloak",
            KeycloakServer.PodLabels,
            KeycloakServer.Ports);
        keycloak.Port("jgroups").AllowFrom(keycloak, "A1", "The servers share sign-ins.");
        keycloak.Port("jgroups-fd").AllowFrom(keycloak, "A1", "The servers notice when one of them is gone.");
        keycloak.Port("management").AllowFrom(_metrics, "A24", "Its metrics.");
        foreach (var gateway in new[] { _publicGateway, _internalGateway }.OfType<Workload>())
        {
            keycloak.Port("http").AllowFrom(gateway, "A1", "Sign-ins.");
        }

        _plan.AddRange("keycloak-database", databases).Port(PostgreSqlServer.PortNumber).AllowFrom(keycloak, "A12", "Its database.");
    }

    /// <summary>A service of the middleware. Where others deploy its pods, they have the label <c>app.kubernetes.io/name</c>.</summary>
    /// <param name="settings">The service.</param>
    /// <param name="home">Its namespace.</param>
    public void AddService(CantonServiceSettings settings, TrustZoneNamespace home)
    {
        var service = settings.Service;
        var workload = _plan.AddWorkload(
            home,
            service.Name,
            ConnectionPlan.Label(NameLabel, service.Name),
            new ContainerPort("http", service.HttpPort),
            new ContainerPort("metrics", service.MetricsPort));
        var participant = _participants[_settings.Services.Validator];
        participant.Port("lg-api").AllowFrom(workload, "B1", service.Description);
        if (_settings.Services.RightsImage is not null)
        {
            participant.Port("json-api").AllowFrom(workload, "B7", "Before it starts it asks what its user may.");
        }

        workload.Port("metrics").AllowFrom(_metrics, "A24", "Its metrics.");
        AllowIdentityProvider(workload, "B1", "Its tokens.");
        foreach (var address in settings.Reach.Addresses)
        {
            _plan.AddRange($"{service.Name}-{address.Name}", [address.AddressPrefix]).Port(address.Port)
                .AllowFrom(workload, "A9", $"What the settings name {address.Name}.");
        }

        if (!settings.Reach.Hosts.IsEmpty)
        {
            _plan.AddHosts(service.Name, settings.Reach.Hosts, $"What {service.Name} reaches outside.")
                .AllowFrom(workload, "A10", "The hosts that the settings name.");
        }

        _services.Add(service.Name, workload);
        if (_services.TryGetValue(CantonService.ApiServer.Name, out var api)
            && _services.TryGetValue(CantonService.Indexer.Name, out var indexer)
            && (service == CantonService.ApiServer || service == CantonService.Indexer))
        {
            indexer.Port("http").AllowFrom(api, "B1", "The API server asks what the indexer has read.");
        }
    }

    private void AllowKeys(ValidatorSettings validator, Workload participant)
    {
        if (validator.Kms.HasVault)
        {
            _plan.PrivateEndpoints.Port(HttpsPort).AllowFrom(participant, "A18", "Its keys in the vault.");
            _signIn.AllowFrom(participant, "A18", "The token for the vault.");
        }
        else if (!validator.Kms.Hosts.IsEmpty)
        {
            _plan.AddHosts($"kms-{validator.Name}", validator.Kms.Hosts, $"The keys of {validator.Name}.")
                .AllowFrom(participant, "A17", "Its keys at another cloud.");
        }
    }

    // Keycloak's name leads pods to the internal gateway; another provider is outside.
    private void AllowIdentityProvider(Workload workload, string requirement, string why)
    {
        _internalGateway?.Port("https").AllowFrom(workload, requirement, why);
        _identityProvider?.AllowFrom(workload, requirement, why);
    }
}
