using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.Policy.Rules.Keys;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>A property that holds a password or another secret.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where; with a wildcard for each part of a map.</param>
internal sealed record SecretPlace(ResourceTypePattern Type, PropertyPath Path);

/// <summary>The properties that hold passwords and other secrets, by type.</summary>
internal static class SecretPlaces
{
    private const string KubernetesSecret = "kubernetes:core/v1:Secret";

    // Parts of a Kubernetes Secret that say where something is or who signs in, not with what.
    private static readonly ImmutableHashSet<string> Harmless = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "address", "audience", "authority", "ca", "cert", "crt", "database", "dbname", "email", "host", "hostname", "id", "issuer", "login", "name", "port",
        "realm", "region", "scope", "sslmode", "type", "uri", "url", "user", "username");

    private static readonly char[] Joints = ['-', '_', '.'];

    /// <summary>All of them.</summary>
    public static ImmutableArray<SecretPlace> All { get; } =
    [
        Of(IdentityTypes.KeycloakUser, "initialPassword.value"),
        Of(IdentityTypes.KeycloakClient, "clientSecret"),
        Of(IdentityTypes.Auth0User, "password"),
        Of(IdentityTypes.Auth0Credentials, "clientSecret"),
        Of("azuread:index/user:User", "password"),
        Of("azure-native:dbforpostgresql:Server", "administratorLoginPassword"),
        Of("azure-native:dbforpostgresql:SingleServer", "properties.administratorLoginPassword"),
        Of("azure-native:sql:Server", "administratorLoginPassword"),
        Of("azure:postgresql/flexibleServer:FlexibleServer", "administratorPassword"),
        Of("azure:postgresql/server:Server", "administratorLoginPassword"),
        Of("azure:mssql/server:Server", "administratorLoginPassword"),
        Of("postgresql:index/role:Role", "password"),
        Of("azure-native:compute:VirtualMachine", "osProfile.adminPassword"),
        Of("azure-native:compute:VirtualMachineScaleSet", "virtualMachineProfile.osProfile.adminPassword"),
        Of("azure-native:containerservice:ManagedCluster", "windowsProfile.adminPassword"),
        Of("azure-native:containerservice:ManagedCluster", "servicePrincipalProfile.secret"),
        Of("azure:compute/linuxVirtualMachine:LinuxVirtualMachine", "adminPassword"),
        Of("azure:compute/windowsVirtualMachine:WindowsVirtualMachine", "adminPassword"),
        Of("azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet", "adminPassword"),
        Of("azure:compute/windowsVirtualMachineScaleSet:WindowsVirtualMachineScaleSet", "adminPassword"),
        Of("azure:containerservice/kubernetesCluster:KubernetesCluster", "servicePrincipal.clientSecret"),
        Of(KeyTypes.Secret, "properties.value"),
        Of(KeyTypes.ClassicSecret, "value"),
        Of(KubernetesSecret, "data[*]"),
        Of(KubernetesSecret, "stringData[*]"),
        Of("pulumi:providers:postgresql", "password"),
        Of("pulumi:providers:keycloak", "password"),
        Of("pulumi:providers:keycloak", "clientSecret"),
        Of("pulumi:providers:canton", "clientSecret"),
        Of("pulumi:providers:auth0", "clientSecret"),
        Of("pulumi:providers:auth0", "apiToken"),
        Of("pulumi:providers:azure-native", "clientSecret"),
        Of("pulumi:providers:azure", "clientSecret"),
        Of("pulumi:providers:azuread", "clientSecret"),
    ];

    /// <summary>The values of a resource that have to be secret, as far as they are given.</summary>
    public static IEnumerable<PropertyReading> Of(ResourceView resource) =>
        from place in All
        where place.Type.Matches(resource.Type)
        from reading in resource.Select(place.Path)
        where reading.State != PropertyState.Missing && !IsHarmless(resource, reading)
        select reading;

    /// <summary>Whether a property of a resource is one of these places, or above or below one.</summary>
    public static bool Covers(ResourceView resource, PropertyPath path) =>
        All.Any(place => place.Type.Matches(resource.Type) && place.Path.Elements.Zip(path.Elements).All(
            pair => pair.First.IsWildcard || pair.First.Equals(pair.Second)) && path.Elements.Length >= place.Path.Elements.Length);

    private static bool IsHarmless(ResourceView resource, PropertyReading reading) =>
        resource.Type.Canonical == KubernetesSecret
        && (string.IsNullOrEmpty(reading.TryGetText(out var text) ? text : "-")
            || (reading.Path.Elements is [_, { Key: { } key }] && Harmless.Contains(key[(key.LastIndexOfAny(Joints) + 1)..])));

    private static SecretPlace Of(string type, string path) => new(type, PropertyPath.Parse(path));
}
