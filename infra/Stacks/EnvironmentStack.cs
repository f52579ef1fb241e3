using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>One environment: composes its parts from the settings and connects them.</summary>
internal sealed class EnvironmentStack
{
    /// <summary>Declares the environment.</summary>
    public EnvironmentStack(EnvironmentSettings settings)
    {
        var foundation = EnvironmentFoundation.Declare(settings);
        var connections = new ConnectionPlan(foundation.Network);
        var observability = new EnvironmentObservability(foundation);
        var vaults = new EnvironmentVaults(foundation, observability);
        observability.KeepIn(vaults);
        observability.Detect();
        var cluster = new EnvironmentCluster(foundation, observability, vaults, connections);
        var databases = new EnvironmentDatabases(foundation, observability, vaults);
        var flows = new EnvironmentConnections(connections, settings, databases);
        var ingress = new EnvironmentIngress(foundation, cluster, flows);
        var identity = EnvironmentIdentity.Declare(settings, keycloak => EnvironmentKeycloak.Declare(keycloak, new EnvironmentKeycloakArgs
        {
            Foundation = foundation,
            Cluster = cluster,
            Databases = databases,
            Connections = flows,
            Ingress = ingress,
            Secrets = vaults.Secrets,
        }));
        EnvironmentIdentity.WarnOfServices(identity, settings.Services);
        var validators = new EnvironmentValidators(new EnvironmentValidatorsArgs
        {
            Foundation = foundation,
            Cluster = cluster,
            Databases = databases,
            Identity = identity,
            Vaults = vaults,
            Observability = observability,
            Connections = flows,
        });
        foreach (var (name, validator) in validators.ByName)
        {
            ingress.Publish(name, validator.Namespace);
        }

        var services = new EnvironmentServices(new EnvironmentServicesArgs
        {
            Foundation = foundation,
            Cluster = cluster,
            Connections = flows,
            Identity = identity,
            Secrets = vaults.Secrets,
            Validators = validators,
        });
        _ = foundation.Locks.Cover(new NoPublicAddresses("no-public-addresses", new NoPublicAddressesArgs
        {
            Azure = foundation.Azure,
            Purposes = [ResourceGroups.SecurityPurpose, ResourceGroups.DataPurpose, ResourceGroups.ClusterPurpose],
            Groups = foundation.Groups,
            Enforcement = settings.Enforcement,
        }));
        var access = foundation.Locks.CoverGrants(new EnvironmentAccess(
            foundation.Azure, foundation.Groups, observability.Logs, vaults.ByName, cluster.Aks, cluster.Namespaces).Grant(settings));

        connections.Declare();
        foundation.Locks.Declare(new DeletionLocksArgs { Azure = foundation.Azure, Extent = settings.Locks }, foundation.Groups);

        Outputs = new Dictionary<string, object?>
        {
            ["access"] = access.Table.AddRange(EnvironmentIdentity.HumanAccess(settings)),
            ["clusterId"] = cluster.Aks.Id,
            ["dnsNameServers"] = ingress.NameServers,
            ["databaseServers"] = databases.ServerNames,
            ["egressIpAddress"] = foundation.Network.EgressIpAddress,
            ["identity"] = EnvironmentIdentity.Describe(identity),
            ["identitiesBackups"] = validators.IdentitiesBackups,
            ["keyManagement"] = validators.KeyManagement,
            ["ingressIpAddress"] = ingress.IpAddress,
            ["keyVault"] = vaults.Keys.AzureName,
            ["ledgerApiUsers"] = services.ByName
                .Select(service => (Name: service.Key, service.Value.Client.Subject))
                .Concat(validators.ByName.Select(validator => (Name: validator.Key, Subject: validator.Value.Secrets.LedgerApiUser)))
                .ToImmutableDictionary(user => user.Name, user => user.Subject),
            ["ledgerDatabaseHost"] = databases.LedgerHost,
            ["ledgerDatabases"] = settings.Ledger.Validators.ToImmutableDictionary(
                validator => validator.Name, validator => validator.Databases.All),
            ["location"] = settings.Azure.Location,
            ["logAnalyticsWorkspaceId"] = observability.Logs.WorkspaceId,
            ["oidcIssuerUrl"] = cluster.Aks.OidcIssuerUrl,
            ["recoveryObjectives"] = databases.RecoveryObjectives.ToOutput(),
            ["rightsAtStart"] = services.ByName.ToImmutableDictionary(service => service.Key, service => service.Value.RightsAtStart),
            ["secretVault"] = vaults.Secrets.AzureName,
            ["serversPendingRestart"] = databases.ServersPendingRestart,
            ["virtualNetworkId"] = foundation.Network.VirtualNetworkId,
            ["walletUsers"] = validators.ByName.ToImmutableDictionary(
                validator => validator.Key, validator => validator.Value.Secrets.WalletUsers),
        };
        if (databases.Keycloak is { } keycloak)
        {
            Outputs["keycloakDatabaseHost"] = keycloak.Host;
        }

        if (!services.Rights.IsEmpty)
        {
            Outputs["ledgerRights"] = services.Rights;
        }

        if (services.LedgerAccess is { } ledger)
        {
            Outputs["ledgerAccess"] = ledger;
        }
    }

    /// <summary>The stack's outputs by name.</summary>
    public IDictionary<string, object?> Outputs { get; }
}
