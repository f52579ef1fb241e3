using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What <see cref="ScrapeJobs"/> needs.</summary>
internal sealed record ScrapeJobsArgs
{
    /// <summary>The way to the cluster.</summary>
    public required Pulumi.Kubernetes.Provider Kubernetes { get; init; }

    /// <summary>The jobs, all of the cluster.</summary>
    public required ImmutableArray<ScrapeJob> Jobs { get; init; }
}

/// <summary>
/// What Azure's agent for managed Prometheus collects besides the cluster's own metrics. It reads one object with a fixed name, and needs
/// no Prometheus operator.
/// </summary>
internal sealed class ScrapeJobs : ComponentResource
{
    // Both fixed by the agent: "Create custom Prometheus scrape job from your cluster using ConfigMap", Microsoft Learn.
    private const string SystemNamespace = "kube-system";
    private const string ConfigMapName = "ama-metrics-prometheus-config";

    /// <summary>Declares the jobs.</summary>
    public ScrapeJobs(string name, ScrapeJobsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:observability:ScrapeJobs", name, options)
    {
        _ = new Pulumi.Kubernetes.Core.V1.ConfigMap(
            name,
            new ConfigMapArgs
            {
                Metadata = new ObjectMetaArgs { Name = ConfigMapName, Namespace = SystemNamespace },
                Data =
                {
                    ["prometheus-config"] = $"scrape_configs:\n{string.Join('\n', args.Jobs.Select(job => job.Configuration))}\n",
                },
            },
            new CustomResourceOptions { Parent = this, Provider = args.Kubernetes });
        RegisterOutputs();
    }
}
