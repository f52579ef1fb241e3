using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using K8s = Pulumi.Kubernetes;
using Random = Pulumi.Random;

namespace Twins;

internal static partial class TypedCases
{
    private static void KubernetesWorkload()
    {
        var space = new K8s.Core.V1.Namespace("apps", new NamespaceArgs
        {
            Metadata = new ObjectMetaArgs { Name = "apps", Labels = { { "team", "canton" } } },
        });
        var labels = new InputMap<string> { { "app", "web" } };
        _ = new K8s.Apps.V1.Deployment("web", new DeploymentArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = space.Metadata.Apply(metadata => metadata.Name) },
            Spec = new DeploymentSpecArgs
            {
                Replicas = 2,
                Selector = new LabelSelectorArgs { MatchLabels = labels },
                Template = new PodTemplateSpecArgs
                {
                    Metadata = new ObjectMetaArgs { Labels = labels },
                    Spec = new PodSpecArgs
                    {
                        SecurityContext = new PodSecurityContextArgs
                        {
                            RunAsNonRoot = true,
                            SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
                        },
                        Containers =
                        {
                            new ContainerArgs
                            {
                                Name = "web",
                                Image = "example.test/web:1",
                                Ports = { new ContainerPortArgs { ContainerPortValue = 8080, Name = "http" } },
                                Resources = new ResourceRequirementsArgs { Requests = { { "cpu", "100m" }, { "memory", "64Mi" } } },
                                ReadinessProbe = new K8s.Types.Inputs.Core.V1.ProbeArgs { HttpGet = new HTTPGetActionArgs { Path = "/", Port = "http" } },
                                LivenessProbe = new K8s.Types.Inputs.Core.V1.ProbeArgs { TcpSocket = new TCPSocketActionArgs { Port = 8080 } },
                                Env = { new EnvVarArgs { Name = "A", Value = "b" } },
                            },
                        },
                    },
                },
            },
        });
        _ = new K8s.Core.V1.Service("web", new ServiceArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "apps" },
            Spec = new ServiceSpecArgs
            {
                Type = K8s.Core.V1.ServiceSpecType.ClusterIP,
                Selector = labels,
                Ports = { new ServicePortArgs { Port = 80, TargetPort = "http" }, new ServicePortArgs { Port = 81, TargetPort = 8081, Name = "b" } },
            },
        });
    }

    private static void KubernetesIsolation()
    {
        _ = new K8s.Networking.V1.NetworkPolicy("deny", new NetworkPolicyArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "apps" },
            Spec = new NetworkPolicySpecArgs
            {
                PodSelector = new LabelSelectorArgs(),
                PolicyTypes = { "Ingress", "Egress" },
                Ingress =
                {
                    new NetworkPolicyIngressRuleArgs
                    {
                        From =
                        {
                            new NetworkPolicyPeerArgs { NamespaceSelector = new LabelSelectorArgs { MatchLabels = { { "team", "x" } } } },
                        },
                        Ports = { new NetworkPolicyPortArgs { Port = 443, Protocol = "TCP" } },
                    },
                },
            },
        });
        _ = new K8s.Rbac.V1.Role("role", new RoleArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "apps" },
            Rules = { new PolicyRuleArgs { ApiGroups = { "" }, Resources = { "pods" }, Verbs = { "get" } } },
        });
        _ = new K8s.Rbac.V1.RoleBinding("binding", new RoleBindingArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "apps" },
            RoleRef = new RoleRefArgs { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = "role" },
            Subjects = { new SubjectArgs { Kind = "ServiceAccount", Name = "default", Namespace = "apps" } },
        });
        _ = new K8s.Core.V1.ResourceQuota("quota", new ResourceQuotaArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "apps" },
            Spec = new ResourceQuotaSpecArgs { Hard = { { "pods", "10" } } },
        });
    }

    private static void KubernetesSecrets()
    {
        var password = new Random.RandomPassword("password", new() { Length = 20 });
        _ = new K8s.Core.V1.Secret("db", new SecretArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "apps" },
            Type = "Opaque",

            // Only what is assigned is made secret, as in the official package; a bare initialiser would slip past.
            StringData = new InputMap<string> { { "user", "u" }, { "password", password.Result } },
        });
        _ = new K8s.Core.V1.ConfigMap("settings", new ConfigMapArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "apps" },
            Data = { { "key", "value" } },
            Immutable = true,
        });
    }

    private static void KubernetesRelease() => _ = new K8s.Helm.V3.Release("chart", new ReleaseArgs
    {
        Chart = "nginx",
        Version = "1.2.3",
        Namespace = "apps",
        RepositoryOpts = new RepositoryOptsArgs { Repo = "https://example.test/charts" },
        Values = new Dictionary<string, object>
        {
            ["replicas"] = 2,
            ["nested"] = new Dictionary<string, object> { ["list"] = new List<object> { "a", 1, true } },
        },
        Timeout = 600,
        Atomic = true,
    });
}
