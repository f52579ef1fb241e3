using System.Collections.Immutable;
using CantonInfra.Canton.Rights;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Services;

/// <summary>What <see cref="MiddlewareService"/> needs.</summary>
internal sealed record MiddlewareServiceArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group for identities.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>The issuer of the cluster's tokens, exactly as the cluster gives it.</summary>
    public required Input<string> TokenIssuer { get; init; }

    /// <summary>The service.</summary>
    public required CantonService Service { get; init; }

    /// <summary>Where its client is.</summary>
    public required IIdentityProvider Identity { get; init; }

    /// <summary>How the service asks for tokens.</summary>
    public required TokenRequestForm TokenRequest { get; init; }

    /// <summary>Another number is another secret, of this service alone.</summary>
    public required int SecretGeneration { get; init; }

    /// <summary>The vault that keeps its id and secret.</summary>
    public required KeyVault Vault { get; init; }

    /// <summary>The service's own namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>The ledger API of the participant, as host and port in the cluster.</summary>
    public required string LedgerApi { get; init; }

    /// <summary>What runs; null where others deploy it.</summary>
    public ServiceImage? Image { get; init; }

    /// <summary>What checks its rights before it starts; null where nothing does.</summary>
    public RightsCheck? RightsCheck { get; init; }
}

/// <summary>
/// One service of the middleware: its identities, its secret, and its pods where an image is given. Where none is, all else stands
/// ready for whoever deploys it (B1, B5, B7).
/// </summary>
internal sealed class MiddlewareService : ComponentResource
{
    private const string NameLabel = "app.kubernetes.io/name";

    // A number that is nobody's on nodes and in images.
    private const int User = 10001;
    private const int CheckSeconds = 120;

    private readonly MiddlewareServiceArgs _args;

    /// <summary>Declares the service.</summary>
    public MiddlewareService(string name, MiddlewareServiceArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:services:MiddlewareService", name, options)
    {
        _args = args;
        var service = args.Service;
        var inThis = new ComponentResourceOptions { Parent = this };
        Identity = new WorkloadIdentity(
            $"{name}-identity",
            new WorkloadIdentityArgs
            {
                Azure = args.Azure,
                ResourceGroupName = args.IdentityResourceGroupName,
                Purpose = service.Name,
                Issuer = args.TokenIssuer,
                Namespace = args.Namespace.NamespaceName,
                ServiceAccount = service.Name,
            },
            inThis);
        args.Namespace.AddServiceAccount(service.Name, Identity.ClientId);
        Client = new ServiceClient(
            service.Name,
            new ServiceClientArgs
            {
                Service = service,
                Identity = args.Identity,
                TokenRequest = args.TokenRequest,
                SecretGeneration = args.SecretGeneration,
                Vault = args.Vault,
                Namespace = args.Namespace,
            },
            inThis);
        if (args.Image is { } image)
        {
            Deploy(name, image);
        }

        RegisterOutputs();
    }

    /// <summary>The service's identity in Azure, to which roles are given.</summary>
    public WorkloadIdentity Identity { get; }

    /// <summary>The service's OAuth client.</summary>
    public ServiceClient Client { get; }

    /// <summary>Whether a service that lacks a right is kept from starting, as the report says it (B7).</summary>
    public string RightsAtStart => _args switch
    {
        { Image: null } => "not enforced: others deploy it",
        { RightsCheck: null } => "not enforced: no image checks it",
        _ => "enforced",
    };

    private static ImmutableSortedDictionary<string, string> PodLabels(string service) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(NameLabel, service);

    private static SecurityContextArgs Unprivileged() => new()
    {
        AllowPrivilegeEscalation = false,
        ReadOnlyRootFilesystem = true,
        Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
    };

    private static VolumeMountArgs Scratch() => new() { Name = "tmp", MountPath = "/tmp" };

    private static EnvVarArgs Variable(string name, string value) => new() { Name = name, Value = value };

    private static EnvFromSourceArgs AllOf(string secret) => new() { SecretRef = new SecretEnvSourceArgs { Name = secret } };

    private void Deploy(string name, ServiceImage image)
    {
        var home = _args.Namespace;
        var service = _args.Service;
        var labels = PodLabels(service.Name);
        _ = new Pulumi.Kubernetes.Core.V1.Service(
            $"{name}-service",
            new ServiceArgs
            {
                Metadata = home.Metadata(service.Name),
                Spec = new ServiceSpecArgs
                {
                    Selector = labels.ToImmutableDictionary(),
                    Ports = { new ServicePortArgs { Name = "http", Port = service.HttpPort, TargetPort = "http" } },
                },
            },
            home.Within(this));
        _ = new Pulumi.Kubernetes.Apps.V1.Deployment(
            $"{name}-pods",
            new DeploymentArgs
            {
                Metadata = home.Metadata(service.Name),
                Spec = new DeploymentSpecArgs
                {
                    Replicas = image.Replicas,
                    Selector = new LabelSelectorArgs { MatchLabels = labels.ToImmutableDictionary() },

                    // Two of one that submits or reads for itself would do everything twice.
                    Strategy = new DeploymentStrategyArgs { Type = image.Replicas > 1 ? "RollingUpdate" : "Recreate" },
                    Template = new PodTemplateSpecArgs
                    {
                        Metadata = new ObjectMetaArgs
                        {
                            Labels = labels.Add("azure.workload.identity/use", "true").ToImmutableDictionary(),

                            // Another secret is another generation of pods.
                            Annotations = home.PodAnnotations
                                .Add("canton-infra/secret-generation", $"{_args.SecretGeneration}").ToImmutableDictionary(),
                        },
                        Spec = Pod(image),
                    },
                },
            },
            home.Within(this, Client));
        if (image.Replicas > 1)
        {
            _ = new Pulumi.Kubernetes.Policy.V1.PodDisruptionBudget(
                $"{name}-budget",
                new Pulumi.Kubernetes.Types.Inputs.Policy.V1.PodDisruptionBudgetArgs
                {
                    Metadata = home.Metadata(service.Name),
                    Spec = new Pulumi.Kubernetes.Types.Inputs.Policy.V1.PodDisruptionBudgetSpecArgs
                    {
                        MaxUnavailable = 1,
                        Selector = new LabelSelectorArgs { MatchLabels = labels.ToImmutableDictionary() },
                    },
                },
                home.Within(this));
        }

        _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-metrics",
            new PodMonitorArgs { Metadata = home.Metadata(service.Name), Spec = PodMonitorSpecArgs.Of(labels, "metrics") },
            home.Within(this));
    }

    private PodSpecArgs Pod(ServiceImage image)
    {
        var pod = new PodSpecArgs
        {
            ServiceAccountName = _args.Service.Name,
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            SecurityContext = new PodSecurityContextArgs
            {
                RunAsNonRoot = true,
                RunAsUser = User,
                RunAsGroup = User,
                FsGroup = User,
                SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
            },
            Containers = { Container(image) },
            Volumes = { new VolumeArgs { Name = "tmp", EmptyDir = new EmptyDirVolumeSourceArgs() } },
        };
        if (_args.RightsCheck is { } check)
        {
            pod.InitContainers = [Check(check)];
        }

        return pod;
    }

    private ContainerArgs Container(ServiceImage image)
    {
        var service = _args.Service;
        var variables = image.Variables.SetItem("CANTON_LEDGER_RPC_URL", _args.LedgerApi);
        return new ContainerArgs
        {
            Name = "service",
            Image = image.Image,
            Env = variables.Select(variable => Variable(variable.Key, variable.Value)).ToArray(),

            // The secret of the client last: nothing else gives those names.
            EnvFrom = [.. image.SecretName is { } other ? new[] { AllOf(other) } : [], AllOf(ServiceClient.SecretName)],
            Ports =
            {
                new ContainerPortArgs { Name = "http", ContainerPortValue = service.HttpPort },
                new ContainerPortArgs { Name = "metrics", ContainerPortValue = service.MetricsPort },
            },
            ReadinessProbe = new ProbeArgs { TcpSocket = new TCPSocketActionArgs { Port = "http" }, PeriodSeconds = 10 },
            Resources = new ResourceRequirementsArgs
            {
                Requests = { ["cpu"] = "200m", ["memory"] = "512Mi" },
                Limits = { ["cpu"] = "2", ["memory"] = "512Mi" },
            },
            SecurityContext = Unprivileged(),
            VolumeMounts = { Scratch() },
        };
    }

    // With the service's own token: what it may not do is found before it tries.
    private ContainerArgs Check(RightsCheck check)
    {
        var service = ServiceRights.Find(_args.Service.Name)
            ?? throw new InvalidOperationException($"The table of rights has no service '{_args.Service.Name}'.");
        ImmutableArray<string> arguments =
        [
            "rights", "verify", "--service", service.Name, "--retry-seconds", $"{CheckSeconds}",

            // Within the cluster, and by the network policies to this participant alone.
            "--allow-http",
            .. check.Party is { } party && service.NeedsParty(check.Extras) ? new[] { "--party", party } : [],
            .. check.Extras.SelectMany(extra => new[] { "--extra", extra }),
        ];
        return new ContainerArgs
        {
            Name = "rights",
            Image = check.Image,
            Args = arguments,
            Env = { Variable("CANTON_LEDGER_API_URL", check.LedgerApiUrl.AbsoluteUri.TrimEnd('/')) },
            EnvFrom = { AllOf(ServiceClient.SecretName) },
            Resources = new ResourceRequirementsArgs
            {
                Requests = { ["cpu"] = "50m", ["memory"] = "256Mi" },
                Limits = { ["cpu"] = "1", ["memory"] = "256Mi" },
            },
            SecurityContext = Unprivileged(),
            VolumeMounts = { Scratch() },
        };
    }
}
