using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>Who connects to whom in an environment (A9): the workloads that several components speak of, and their connections.</summary>
internal sealed class EnvironmentConnections
{
    private const int HttpsPort = 443;
    private const int PostgreSqlPort = 5432;
    private const string AppLabel = "app";
    private const string NameLabel = "app.kubernetes.io/name";

    // What services listen on by their own configuration.
    private static readonly ImmutableDictionary<CantonService, (int Http, int Metrics)> ServicePorts =
        new Dictionary<CantonService, (int Http, int Metrics)>
        {
            [CantonService.Relayer] = (8080, 9090),
            [CantonService.ApiServer] = (8081, 9091),
            [CantonService.Indexer] = (8082, 9092),
        }.ToImmutableDictionary();

    private readonly ConnectionPlan _plan;
    private readonly EnvironmentSettings _settings;
    private readonly AddressRange _ledgerDatabase;
    private readonly InternetHosts _signIn;
    private readonly InternetHosts? _identityProvider;
    private readonly Dictionary<string, Workload> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Workload> _participants = new(StringComparer.Ordinal);

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
        var hosts = EnvironmentIdentity.Hosts(settings.Identity.Provider);
        _identityProvider = hosts.IsEmpty ? null : plan.AddReleasedHosts("identity-provider", hosts);
    }

    /// <summary>A validator: its participant, its app and its two user interfaces.</summary>
    /// <param name="validator">The settings.</param>
    /// <param name="home">Its namespace.</param>
    public void AddValidator(ValidatorSettings validator, TrustZoneNamespace home)
    {
        var participant = _plan.AddWorkload(
            home,
            "participant",
            ConnectionPlan.Label(AppLabel, "participant"),
            new ContainerPort("lg-api", 5001),
            new ContainerPort("lg-adm-api", 5002),
            new ContainerPort("json-api", 7575),
            new ContainerPort("metrics", 10013, IsNamed: false));
        var app = _plan.AddWorkload(
            home,
            "validator-app",
            ConnectionPlan.Label(AppLabel, "validator-app"),
            new ContainerPort("val-http", 5003),
            new ContainerPort("metrics", 10013, IsNamed: false));
        participant.Port("lg-api").AllowFrom(app, "A8", "The validator app submits and reads.");
        participant.Port("lg-adm-api").AllowFrom(app, "A8", "The validator app sets the participant up.");
        foreach (var workload in new[] { participant, app })
        {
            _ledgerDatabase.Port(PostgreSqlPort).AllowFrom(workload, "A11", "Its database.");
            _identityProvider?.AllowFrom(workload, "A1", "Tokens, and the keys that tokens are checked with.");
        }

        if (validator.KeyStorage == KeyStorage.Vault)
        {
            _plan.PrivateEndpoints.Port(HttpsPort).AllowFrom(participant, "A16", "Its keys in the vault.");
            _signIn.AllowFrom(participant, "A16", "The token for the vault.");
        }

        _participants.Add(validator.Name, participant);
    }

    /// <summary>Keycloak.</summary>
    /// <param name="home">Its namespace.</param>
    /// <param name="databases">The networks of its database.</param>
    public void AddKeycloak(TrustZoneNamespace home, ImmutableArray<string> databases)
    {
        var keycloak = _plan.AddWorkload(
            home,
            "keycloak",
            ConnectionPlan.Label(AppLabel, "keycloak"),
            new ContainerPort("http", 8080),
            new ContainerPort("management", 9000),
            new ContainerPort("jgroups", 7800));
        keycloak.Port("jgroups").AllowFrom(keycloak, "A1", "The servers share sign-ins.");
        _plan.AddRange("keycloak-database", databases).Port(PostgreSqlPort).AllowFrom(keycloak, "A12", "Its database.");
    }

    /// <summary>A service of the middleware. Its pods are deployed by others, and have the label <c>app.kubernetes.io/name</c>.</summary>
    /// <param name="service">The service.</param>
    /// <param name="home">Its namespace.</param>
    public void AddService(CantonService service, TrustZoneNamespace home)
    {
        var ports = ServicePorts[service];
        var workload = _plan.AddWorkload(
            home,
            service.Name,
            ConnectionPlan.Label(NameLabel, service.Name),
            new ContainerPort("http", ports.Http),
            new ContainerPort("metrics", ports.Metrics));
        _participants[_settings.Services.Validator].Port("lg-api").AllowFrom(workload, "B1", service.Description);
        _identityProvider?.AllowFrom(workload, "B1", "Its tokens.");
        _services.Add(service.Name, workload);
        if (_services.TryGetValue(CantonService.ApiServer.Name, out var api)
            && _services.TryGetValue(CantonService.Indexer.Name, out var indexer)
            && (service == CantonService.ApiServer || service == CantonService.Indexer))
        {
            indexer.Port("http").AllowFrom(api, "B1", "The API server asks what the indexer has read.");
        }
    }
}
