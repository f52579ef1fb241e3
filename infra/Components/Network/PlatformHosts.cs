using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Network;

/// <summary>The hosts that nodes need whatever runs on them.</summary>
/// <remarks>
/// From "Outbound network and FQDN rules for AKS clusters", Microsoft Learn. What the cluster itself needs comes with a tag
/// that Microsoft keeps up to date; these are what its add-ons and Canton's charts need besides.
/// </remarks>
internal static class PlatformHosts
{
    /// <summary>The tag of the hosts that every cluster needs: images of the system, management, sign-in.</summary>
    public const string ClusterTag = "AzureKubernetesService";

    /// <summary>The registries that Keycloak, cert-manager and Envoy Gateway are published in, and where those keep what they have.</summary>
    public static ImmutableArray<string> GatewayHosts { get; } =
    [
        "quay.io", "*.quay.io",
        "auth.docker.io", "registry-1.docker.io", "production.cloudflare.docker.com", "docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com",
    ];

    /// <summary>The hosts of an Azure region.</summary>
    /// <param name="location">The region.</param>
    /// <param name="nodes">The networks of the nodes.</param>
    public static ImmutableArray<OutboundHosts> Of(string location, ImmutableArray<string> nodes) =>
    [
        new("azure-monitor", nodes,
            [
                "*.ods.opinsights.azure.com", "*.oms.opinsights.azure.com", "*.ingest.monitor.azure.com",
                "*.metrics.ingest.monitor.azure.com", "*.monitoring.azure.com", "global.handler.control.monitor.azure.com",
                $"{location}.handler.control.monitor.azure.com",
            ],
            "Logs and metrics of nodes and containers."),
        new("azure-policy", nodes,
            ["data.policy.core.windows.net", "store.policy.core.windows.net", "dc.services.visualstudio.com"],
            "The Azure Policy add-on."),
        new("canton-charts", nodes,
            ["ghcr.io", "pkg-containers.githubusercontent.com"],
            "Charts and images of Canton."),
        new("gateway-images", nodes, GatewayHosts, "Images of Keycloak, cert-manager and Envoy Gateway."),
        new("defender", nodes, ["*.cloud.defender.microsoft.com"], "Microsoft Defender for Containers."),
        new("entra", nodes, ["login.microsoftonline.com"], "Sign-in of workload identities."),
    ];
}
