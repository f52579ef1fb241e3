using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>Services whose metrics the cluster's agent collects.</summary>
/// <param name="Name">A name, unique in the cluster.</param>
/// <param name="Namespaces">Where the services are.</param>
/// <param name="Services">Their names.</param>
/// <param name="Port">The name of their port.</param>
internal sealed record ScrapeJob(string Name, ImmutableArray<string> Namespaces, ImmutableArray<string> Services, string Port)
{
    /// <summary>As Prometheus takes it.</summary>
    public string Configuration =>
        $"""
        - job_name: {Name}
          scrape_interval: 30s
          kubernetes_sd_configs:
          - role: endpoints
            namespaces:
              names: [{string.Join(", ", Namespaces)}]
          relabel_configs:
          - source_labels: [__meta_kubernetes_service_name, __meta_kubernetes_endpoint_port_name]
            regex: ({string.Join('|', Services)});{Port}
            action: keep
          - source_labels: [__meta_kubernetes_namespace]
            target_label: namespace
          - source_labels: [__meta_kubernetes_service_name]
            target_label: service
        """;
}
