using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using Pulumi;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>What <see cref="KeycloakRoutes"/> needs.</summary>
internal sealed record KeycloakRoutesArgs
{
    /// <summary>Keycloak's namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>Keycloak's address.</summary>
    public required Uri Url { get; init; }

    /// <summary>The address of its administration.</summary>
    public required Uri AdminUrl { get; init; }

    /// <summary>The gateway that the internet is let in to.</summary>
    public required WebGateway Public { get; init; }

    /// <summary>The gateway that is for the network alone.</summary>
    public required WebGateway Internal { get; init; }

    /// <summary>The networks that realms are managed from.</summary>
    public required ImmutableArray<string> Administrators { get; init; }
}

/// <summary>What of Keycloak is reached, and from where: people's realm from everywhere, its administration from within (A1).</summary>
internal sealed class KeycloakRoutes : WebRoutes
{
    /// <summary>The listener of Keycloak's address.</summary>
    public const string Listener = "auth";

    /// <summary>The listener of its administration.</summary>
    public const string AdminListener = "auth-admin";

    private const string GatewayApi = "gateway.networking.k8s.io";

    // The paths that Keycloak's guide to reverse proxies names, of the one realm: not the first realm, whose users rule over all.
    private static readonly ImmutableArray<string> RealmPaths =
    [
        $"{KeycloakAdministration.BasePath}/realms/{ValidatorRealm.RealmName}",
        $"{KeycloakAdministration.BasePath}/resources",
    ];

    private readonly KeycloakRoutesArgs _args;

    /// <summary>Declares the routes.</summary>
    public KeycloakRoutes(string name, KeycloakRoutesArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ingress:KeycloakRoutes", name, args.Namespace, options)
    {
        _args = args;
        var own = args.Url.Host;
        _ = Route("keycloak", own, RealmPaths, args.Public.Host(Listener), args.Internal.Host(Listener));

        // The console signs people in at the server's own address, whatever its own is.
        var console = Route("keycloak-console", own, [$"{KeycloakAdministration.BasePath}/realms/master"], args.Internal.Host(Listener));
        var admin = Route("keycloak-admin", args.AdminUrl.Host, [KeycloakAdministration.BasePath], args.Internal.Host(AdminListener));
        var guard = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            "keycloak-administrators",
            new SecurityPolicyArgs
            {
                Metadata = args.Namespace.Metadata("keycloak-administrators"),
                Spec = new SecurityPolicySpecArgs
                {
                    TargetRefs = [Target("keycloak-console"), Target("keycloak-admin")],
                    Authorization = new AuthorizationArgs
                    {
                        Rules = args.Administrators.IsEmpty
                            ? []
                            : [new AuthorizationRuleArgs { Principal = new PrincipalArgs { ClientNetworks = args.Administrators } }],
                    },
                },
            },
            args.Namespace.Within(this, args.Internal.Ready));
        Ready = [console, admin, guard];
        RegisterOutputs();
    }

    /// <summary>What whoever manages realms waits for.</summary>
    public ImmutableArray<Resource> Ready { get; }

    private static NamedObjectArgs Target(string route) => new() { Group = GatewayApi, Kind = "HTTPRoute", Name = route };

    private Pulumi.Kubernetes.ApiExtensions.CustomResource Route(
        string name, string host, ImmutableArray<string> paths, params ImmutableArray<NamedObjectArgs> parents) => Route(
        name,
        name,
        host,
        parents,
        [Lead(paths, KeycloakServer.ServiceName, KeycloakServer.HttpPort)],
        _args.Public.Ready,
        _args.Internal.Ready);
}
