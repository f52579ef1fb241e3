using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>What <see cref="EnvironmentKeycloak"/> needs.</summary>
internal sealed record EnvironmentKeycloakArgs
{
    /// <summary>What the environment stands on.</summary>
    public required EnvironmentFoundation Foundation { get; init; }

    /// <summary>The cluster.</summary>
    public required EnvironmentCluster Cluster { get; init; }

    /// <summary>The databases.</summary>
    public required EnvironmentDatabases Databases { get; init; }

    /// <summary>Who connects to whom.</summary>
    public required EnvironmentConnections Connections { get; init; }

    /// <summary>What publishes it.</summary>
    public required EnvironmentIngress Ingress { get; init; }

    /// <summary>The vault for passwords.</summary>
    public required KeyVault Secrets { get; init; }
}

/// <summary>Keycloak on the cluster of an environment, where the settings choose it (A1).</summary>
internal static class EnvironmentKeycloak
{
    /// <summary>Its namespace.</summary>
    public const string NamespaceName = "keycloak";

    /// <summary>Declares its servers.</summary>
    /// <returns>The connection for whoever manages realms.</returns>
    public static Pulumi.Keycloak.Provider Declare(KeycloakSettings settings, EnvironmentKeycloakArgs args)
    {
        var database = args.Databases.Keycloak ?? throw new InvalidOperationException("Keycloak comes with a database.");
        var keycloak = args.Cluster.AddMember(NamespaceName, TrustZone.ControlPlane, PodSecurity.Restricted);
        args.Connections.AddKeycloak(keycloak, args.Databases.KeycloakNetworks);
        keycloak.AddServiceAccount("keycloak");
        var secret = keycloak.AddSecret(KeycloakServer.DatabaseSecret, ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add("host", database.Host)
            .Add("username", Output.Create(database.Account.Name))
            .Add("password", database.Account.Password));
        var server = new KeycloakServer("keycloak-server", new KeycloakServerArgs
        {
            Namespace = keycloak,
            Image = settings.Image,
            Replicas = settings.Replicas,
            Url = settings.Url,
            AdminUrl = settings.AdminUrl,
            DatabaseSslMode = args.Foundation.Settings.Data.SslMode,
            Needs = [secret],
        });
        return new KeycloakAdministration("keycloak-admin", new KeycloakAdministrationArgs
        {
            Url = settings.AdminUrl,
            Vault = args.Secrets,
            Namespace = keycloak,
            Needs = [.. server.Ready, .. args.Ingress.Publish(settings, keycloak)],
        }).Connection;
    }
}
