using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="KeycloakServer"/> needs.</summary>
internal sealed record KeycloakServerArgs
{
    /// <summary>Its namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>The official image or a copy of it, with its digest.</summary>
    public required string Image { get; init; }

    /// <summary>How many servers there are.</summary>
    public required int Replicas { get; init; }

    /// <summary>Its address, without the base path: inside and outside, so that there is one issuer.</summary>
    public required Uri Url { get; init; }

    /// <summary>The address of its administration, without the base path.</summary>
    public required Uri AdminUrl { get; init; }

    /// <summary>How the database's certificate is checked, as PostgreSQL calls it.</summary>
    public required string DatabaseSslMode { get; init; }

    /// <summary>What of the database and of secrets must be there before.</summary>
    public required ImmutableArray<Resource> Needs { get; init; }
}

/// <summary>Keycloak: the official image as it is, with its own database server behind and a gateway in front (A1).</summary>
internal sealed class KeycloakServer : ComponentResource
{
    /// <summary>The Service.</summary>
    public const string ServiceName = "keycloak";

    /// <summary>The port that gateways reach.</summary>
    public const int HttpPort = 8080;

    /// <summary>The secret with the database's host, account and password.</summary>
    public const string DatabaseSecret = "keycloak-database";

    private const string DatabaseName = "keycloak";

    // The number of the image's own user.
    private const int User = 1000;
    // What a sidecar hands on comes from here, and it lets in gateways only.
    private const string Sidecar = "127.0.0.6/32";
    private const int StartSeconds = 300;
    private const int ProbeSeconds = 10;

    private static readonly ContainerPort Management = new("management", 9000);

    private readonly KeycloakServerArgs _args;

    /// <summary>Declares the servers.</summary>
    public KeycloakServer(string name, KeycloakServerArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:KeycloakServer", name, options)
    {
        _args = args;
        var home = args.Namespace;
        var service = new Pulumi.Kubernetes.Core.V1.Service(
            $"{name}-service",
            new ServiceArgs
            {
                Metadata = home.Metadata(ServiceName),
                Spec = new ServiceSpecArgs
                {
                    Selector = PodLabels.ToImmutableDictionary(),
                    Ports = { new ServicePortArgs { Name = "http", Port = HttpPort, TargetPort = "http" } },
                },
            },
            home.Within(this));
        if (home.Mesh is not null)
        {
            // Servers connect to each other by address, and a sidecar knows only addresses that a Service has: also of servers that start.
            _ = new Pulumi.Kubernetes.Core.V1.Service(
                $"{name}-peers",
                new ServiceArgs
                {
                    Metadata = home.Metadata($"{ServiceName}-peers"),
                    Spec = new ServiceSpecArgs
                    {
                        ClusterIP = "None",
                        PublishNotReadyAddresses = true,
                        Selector = PodLabels.ToImmutableDictionary(),
                        Ports = Ports.Where(port => port.Name.StartsWith("jgroups", StringComparison.Ordinal))
                            .Select(port => new ServicePortArgs { Name = $"tcp-{port.Name}", Port = port.Number, TargetPort = port.Name })
                            .ToArray(),
                    },
                },
                home.Within(this));
        }

        var deployment = new Pulumi.Kubernetes.Apps.V1.Deployment(
            $"{name}-servers",
            new DeploymentArgs { Metadata = home.Metadata(ServiceName), Spec = Servers() },
            home.Within(this, [.. args.Needs]));
        _ = new Pulumi.Kubernetes.Policy.V1.PodDisruptionBudget(
            $"{name}-budget",
            new PodDisruptionBudgetArgs
            {
                Metadata = home.Metadata(ServiceName),
                Spec = new PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = Selector() },
            },
            home.Within(this));
        _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-metrics",
            new PodMonitorArgs
            {
                Metadata = home.Metadata(ServiceName),
                Spec = PodMonitorSpecArgs.Of(PodLabels, Management.Name),
            },
            home.Within(this));
        Ready = [service, deployment];
        RegisterOutputs();
    }

    /// <summary>The labels of its pods.</summary>
    public static ImmutableSortedDictionary<string, string> PodLabels { get; } =
        ImmutableSortedDictionary<string, string>.Empty.Add("app.kubernetes.io/name", "keycloak");

    /// <summary>What its pods listen on: the last two among themselves.</summary>
    public static ImmutableArray<ContainerPort> Ports { get; } =
        [new("http", HttpPort), Management, new("jgroups", 7800), new("jgroups-fd", 57800)];

    /// <summary>What whoever manages realms waits for.</summary>
    public ImmutableArray<Resource> Ready { get; }

    private static LabelSelectorArgs Selector() => new() { MatchLabels = PodLabels.ToImmutableDictionary() };

    private static EnvVarArgs Variable(string name, string value) => new() { Name = name, Value = value };

    private static EnvVarArgs FromSecret(string name, string secret, string key) => new()
    {
        Name = name,
        ValueFrom = new EnvVarSourceArgs { SecretKeyRef = new SecretKeySelectorArgs { Name = secret, Key = key } },
    };

    private static ProbeArgs Probe(string path, int failures) => new()
    {
        HttpGet = new HTTPGetActionArgs { Path = $"/health/{path}", Port = Management.Name },
        PeriodSeconds = ProbeSeconds,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };

    private static TopologySpreadConstraintArgs Spread(string key, string otherwise) => new()
    {
        MaxSkew = 1,
        TopologyKey = key,
        WhenUnsatisfiable = otherwise,
        LabelSelector = Selector(),
    };

    private static string WithBase(Uri url) => $"{url.GetLeftPart(UriPartial.Authority)}{KeycloakAdministration.BasePath}";

    private DeploymentSpecArgs Servers() => new()
    {
        Replicas = _args.Replicas,
        Selector = Selector(),
        Strategy = new DeploymentStrategyArgs
        {
            Type = "RollingUpdate",
            RollingUpdate = new RollingUpdateDeploymentArgs { MaxUnavailable = 0, MaxSurge = 1 },
        },
        Template = new PodTemplateSpecArgs
        {
            Metadata = PodMetadata(),
            Spec = new PodSpecArgs
            {
                ServiceAccountName = ServiceName,
                AutomountServiceAccountToken = false,
                EnableServiceLinks = false,
                TerminationGracePeriodSeconds = 60,
                SecurityContext = new PodSecurityContextArgs
                {
                    RunAsNonRoot = true,
                    RunAsUser = User,
                    SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
                },
                TopologySpreadConstraints =
                {
                    Spread("topology.kubernetes.io/zone", "ScheduleAnyway"), Spread("kubernetes.io/hostname", "DoNotSchedule"),
                },
                Containers = { Server() },
            },
        },
    };

    private ObjectMetaArgs PodMetadata()
    {
        var metadata = new ObjectMetaArgs { Labels = PodLabels.ToImmutableDictionary() };
        if (!_args.Namespace.PodAnnotations.IsEmpty)
        {
            metadata.Annotations = _args.Namespace.PodAnnotations.ToImmutableDictionary();
        }

        return metadata;
    }

    private ContainerArgs Server() => new()
    {
        Name = "keycloak",
        Image = _args.Image,
        Args = { "start" },
        Env = [.. Settings(), .. Secrets()],
        Ports = Ports
            .Select(port => new ContainerPortArgs { Name = port.Name, ContainerPortValue = port.Number, Protocol = port.Protocol })
            .ToArray(),
        StartupProbe = Probe("started", StartSeconds / ProbeSeconds),
        ReadinessProbe = Probe("ready", 3),
        LivenessProbe = Probe("live", 6),
        Resources = new ResourceRequirementsArgs
        {
            Requests = { ["cpu"] = "500m", ["memory"] = "2Gi" },
            Limits = { ["cpu"] = "4", ["memory"] = "2Gi" },
        },

        // The root stays writable: the official image builds itself for its settings when it starts, beside its own libraries.
        SecurityContext = new SecurityContextArgs
        {
            AllowPrivilegeEscalation = false,
            Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
        },
    };

    private IEnumerable<EnvVarArgs> Settings()
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            // One address whoever asks, so that tokens have one issuer.
            ["KC_HOSTNAME"] = WithBase(_args.Url),
            ["KC_HOSTNAME_ADMIN"] = WithBase(_args.AdminUrl),
            ["KC_HOSTNAME_BACKCHANNEL_DYNAMIC"] = "false",
            ["KC_HTTP_RELATIVE_PATH"] = KeycloakAdministration.BasePath,

            // TLS ends at the gateway, whose word on clients is taken; nobody else's.
            ["KC_HTTP_ENABLED"] = "true",
            ["KC_HTTP_PORT"] = HttpPort.ToString(CultureInfo.InvariantCulture),
            ["KC_PROXY_HEADERS"] = "xforwarded",
            ["KC_PROXY_TRUSTED_ADDRESSES"] = _args.Namespace.Mesh is null ? OverlayAddresses.Pods : $"{OverlayAddresses.Pods},{Sidecar}",

            ["KC_HEALTH_ENABLED"] = "true",
            ["KC_METRICS_ENABLED"] = "true",
            ["KC_HTTP_MANAGEMENT_PORT"] = Management.Number.ToString(CultureInfo.InvariantCulture),
            ["KC_HTTP_MANAGEMENT_RELATIVE_PATH"] = "/",

            ["KC_DB"] = "postgres",
            ["KC_DB_URL_DATABASE"] = DatabaseName,
            ["KC_DB_URL_PROPERTIES"] =
                $"?sslmode={_args.DatabaseSslMode}&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",

            // Servers find each other by the database, and encrypt what they tell each other.
            ["KC_CACHE"] = "ispn",
            ["KC_CACHE_STACK"] = "jdbc-ping",
            ["KC_CACHE_EMBEDDED_MTLS_ENABLED"] = "true",

            // Sign-ins and changes to standard output, also those that succeeded (A26).
            ["KC_LOG"] = "console",
            ["KC_LOG_CONSOLE_OUTPUT"] = "json",
            ["KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__SUCCESS_LEVEL"] = "info",
            ["KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__ERROR_LEVEL"] = "warn",
        };
        return settings.Select(setting => Variable(setting.Key, setting.Value));
    }

    private static IEnumerable<EnvVarArgs> Secrets() =>
    [
        FromSecret("KC_DB_URL_HOST", DatabaseSecret, "host"),
        FromSecret("KC_DB_USERNAME", DatabaseSecret, "username"),
        FromSecret("KC_DB_PASSWORD", DatabaseSecret, "password"),
        FromSecret("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakAdministration.SecretName, "username"),
        FromSecret("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakAdministration.SecretName, "password"),
    ];
}
