using System.Collections.Immutable;
using static CantonInfra.Infra.Components.Governance.PolicyEffect;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>The policies of our initiative (A13): all that Azure can deny of what our own pack asks, and what it can only report.</summary>
/// <remarks>
/// GUIDs, effects, parameters and controls: the repository Azure/azure-policy at f4a50ba, 2026-04-29 (facts/azure.md, section 8.2).
/// Where there is a control that no initiative of Azure maps, it is ours, by the control's title.
/// </remarks>
internal static class GuardrailTable
{
    /// <summary>The initiative's parameter for the regions.</summary>
    public const string AllowedLocations = "allowedLocations";

    /// <summary>The initiative's parameter for the images of containers.</summary>
    public const string AllowedImages = "allowedContainerImagesRegex";

    /// <summary>The initiative's parameter for a container's processors.</summary>
    public const string CpuLimit = "cpuLimit";

    /// <summary>The initiative's parameter for a container's memory.</summary>
    public const string MemoryLimit = "memoryLimit";

    /// <summary>The initiative's parameter for the namespaces that Kubernetes and AKS fill.</summary>
    public const string SystemNamespaces = "excludedNamespaces";

    /// <summary>The initiative's parameter for those and the namespaces of gateways, which alone may be reached from outside.</summary>
    public const string GatewayNamespaces = "gatewayNamespaces";

    private static readonly ImmutableArray<PolicyEffect> AuditDeny = [Audit, Deny, Disabled];
    private static readonly ImmutableArray<PolicyEffect> AuditOnly = [Audit, Disabled];
    private static readonly ImmutableArray<PolicyEffect> Existence = [AuditIfNotExists, Disabled];

    /// <summary>All of them.</summary>
    public static ImmutableArray<GuardrailPolicy> All { get; } =
    [
        // Regions: denied in every mode, as our own pack does it.
        Always(GuardrailGroup.Locations, "allowed-locations", "e56962a6-4747-49cd-b67b-bf8b01975c4c", "Resources are in the allowed regions only.", "AM-2", "CC6.1")
            with { Parameters = Given("listOfAllowedLocations", AllowedLocations) },
        Always(GuardrailGroup.Locations, "allowed-locations-groups", "e765b5de-1225-4ba3-bd56-1ac6695af988", "Resource groups are in the allowed regions only.", "AM-2", "CC6.1")
            with { Parameters = Given("listOfAllowedLocations", AllowedLocations) },

        // The definition denies and has no parameter for it; an override makes it audit.
        new(GuardrailGroup.Network, "no-public-ip-on-interfaces", "83a86a26-fd1f-447c-b59d-e51f44264114", "No network interface has a public IP address.", [Deny], Audit, Deny)
        {
            EffectParameter = null,
            Benchmark = ["NS-2"],
            Soc2 = ["CC6.6"],
        },
        Watched(GuardrailGroup.Network, "vnet-flow-logs", "4c3c6c5f-0d47-4402-99b8-aa543dd8bcee", "Virtual networks have flow logs.", "LT-4", "CC7.2", AuditOnly),
        Watched(GuardrailGroup.Network, "flow-log-analytics", "2f080164-9f4d-497e-9db6-416dc9f7b48a", "Flow logs are on, with traffic analytics.", "LT-4", "CC7.2", AuditOnly),

        Switched(GuardrailGroup.Kubernetes, "aks-private-cluster", "040732e8-d947-40b8-95d6-854c95024bf8", "A cluster's API server is private.", "NS-2", "CC6.6"),
        Switched(GuardrailGroup.Kubernetes, "aks-no-local-accounts", "993c2fcd-2b29-49d2-9eb0-df2c3a730c32", "A cluster has no local accounts.", "IM-1", "CC6.1"),
        Switched(GuardrailGroup.Kubernetes, "aks-disk-keys", "7d7be79c-23ba-4033-84dd-45e2a5ccdd67", "A cluster's disks are encrypted with customer-managed keys.", "DP-5", "CC6.1"),
        Switched(GuardrailGroup.Kubernetes, "aks-host-encryption", "41425d9f-d1a5-499a-9932-f8ed8453932c", "A cluster's nodes encrypt temporary disks and caches on the host.", "DP-4", "CC6.1"),
        Watched(GuardrailGroup.Kubernetes, "aks-entra", "450d2877-ebea-41e8-b00c-e286317d21bf", "Users of a cluster sign in with Entra.", "IM-1", "CC6.1", AuditOnly),
        Watched(GuardrailGroup.Kubernetes, "aks-no-command-invoke", "89f2d532-c53c-4f8f-9afa-4927b1114a0d", "No commands run in a cluster by way of Azure's management endpoint.", "PA-7", "CC6.6", AuditOnly),
        Watched(GuardrailGroup.Kubernetes, "aks-auto-upgrade", "5c345cdf-2049-47e0-b8fe-b0e96bc2df35", "Clusters upgrade themselves.", "PV-6", "CC7.1", AuditOnly),
        Watched(GuardrailGroup.Kubernetes, "aks-node-os-upgrade", "04408ca5-aa10-42ce-8536-98955cdddd4c", "Nodes get new system images by themselves.", "PV-6", "CC7.1", AuditOnly),
        Watched(GuardrailGroup.Kubernetes, "aks-etcd-keys", "dbbdc317-9734-4dd8-9074-993b29c69008", "Secrets of a cluster are encrypted with a key of Key Vault.", "DP-5", "CC6.1", AuditOnly),
        Watched(GuardrailGroup.Kubernetes, "aks-workload-identity", "2cc2e023-0dac-4046-875b-178f683929d5", "Pods get identities without secrets.", "IM-3", "CC6.1", AuditOnly),
        Watched(GuardrailGroup.Kubernetes, "aks-image-cleaner", "af3c26b2-6fad-493e-9236-9c68928516ab", "Nodes remove images that nothing uses.", "PV-6", "CC7.1", AuditOnly),
        Watched(GuardrailGroup.Kubernetes, "aks-no-ssh", "28257686-e9db-403e-b9e2-a5eecbe03da9", "Nodes have no SSH.", "PV-2", "CC6.1", AuditOnly),

        InCluster("no-privileged-containers", "95edb821-ddaf-4404-9732-666045e056b4", "No container is privileged.", "PV-2", "CC6.8", "CC8.1"),

        // The charts of Splice do not say it of their pods, so to deny it would be to refuse validators; all other namespaces enforce it.
        InCluster("no-privilege-escalation", "1c6e92c9-99f0-4e55-9cf2-0c234dc48f99", "No container may gain privileges.", "PV-2", "CC6.8", "CC8.1")
            with { Denied = Audit },
        InCluster("no-host-namespaces", "47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8", "No pod shares processes, messages or network with its node.", "PV-2", "CC6.8", "CC8.1"),
        InCluster("allowed-images", "febd0533-8e55-448f-b837-bd0e06f16469", "Images come from the allowed registries only.", "PV-2", "CC6.8", "CC8.1", AllowedImages),
        InCluster("container-limits", "e345eecc-fa47-480f-9e88-67dcc122b164", "Containers have limits for processors and memory.", "PV-2", "CC6.8", "CC8.1", CpuLimit, MemoryLimit),
        InCluster("internal-load-balancers", "3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e", "Load balancers are internal, but for those of gateways.", "NS-2", "CC6.6", null)
            with { Parameters = Given(SystemNamespaces, GatewayNamespaces) },
        InCluster("https-ingress", "1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d", "Ingress is HTTPS only.", "DP-3", "CC6.1", "CC6.7"),
        InCluster("no-default-namespace", "9f061a12-e40d-4183-a00e-171812443373", "Nothing runs in the default namespace.", "PV-2", "CC6.8", "CC8.1"),

        Switched(GuardrailGroup.Disks, "host-encryption", "fc4d8e41-e223-45ea-9bf5-eada37891d87", "Machines and scale sets encrypt on the host.", "DP-4", "CC6.1"),
        Watched(GuardrailGroup.Disks, "double-encryption", "702dd420-7fcc-42c5-afe8-4026edd20fe0", "Disks are encrypted with both platform and customer-managed keys.", "DP-5", "CC6.1", AuditDeny),

        Switched(GuardrailGroup.Postgresql, "postgresql-keys", "12c74c95-0efd-48da-b8d9-2a7d68470c92", "PostgreSQL servers are encrypted with customer-managed keys.", "DP-5", "CC6.1"),
        Switched(GuardrailGroup.Postgresql, "postgresql-no-public-access", "5e1de0e3-42cb-4ebc-a86d-61d0c619ca48", "PostgreSQL servers have no public access.", "NS-2", "CC6.6"),
        Watched(GuardrailGroup.Postgresql, "postgresql-tls-version", "a43d5475-c569-45ce-a268-28fa79f4e87a", "PostgreSQL servers take TLS 1.2 and newer only.", "DP-3", "CC6.7", Existence),
        Watched(GuardrailGroup.Postgresql, "postgresql-tls", "c29c38cb-74a7-4505-9a06-e588ab86620a", "PostgreSQL servers take encrypted connections only.", "DP-3", "CC6.7", Existence),
        Watched(GuardrailGroup.Postgresql, "postgresql-pgaudit", "4eb5e667-e871-4292-9c5d-8bbb94e0c908", "PostgreSQL servers audit with pgaudit.", "LT-3", "CC7.2", Existence),
        Watched(GuardrailGroup.Postgresql, "postgresql-geo-backup", "cee2f9fd-3968-44be-a863-bd62c9884423", "Backups of PostgreSQL servers are in a second region too.", "BR-2", "A1.2", AuditOnly),
        Watched(GuardrailGroup.Postgresql, "postgresql-log-connections", "086709ac-11b5-478d-a893-9567a16d2ae3", "PostgreSQL servers log connections.", "LT-3", "CC7.2", Existence),
        Watched(GuardrailGroup.Postgresql, "postgresql-log-disconnections", "1d14b021-1bae-4f93-b36b-69695e14984a", "PostgreSQL servers log the ends of connections.", "LT-3", "CC7.2", Existence),
        Watched(GuardrailGroup.Postgresql, "postgresql-log-checkpoints", "70be9e12-c935-49ac-9bd8-fd64b85c1f87", "PostgreSQL servers log checkpoints.", "LT-3", "CC7.2", Existence),
        Watched(GuardrailGroup.Postgresql, "postgresql-entra", "ce39a96d-bf09-4b60-8c32-e85d52abea0f", "PostgreSQL servers have an Entra administrator.", "IM-1", "CC6.1", Existence),
        Watched(GuardrailGroup.Postgresql, "postgresql-zones", "493c215d-2553-4976-bc81-57d2c04fc8c1", "PostgreSQL servers outlive the loss of a zone.", "BR-1", "A1.2", AuditDeny),

        Always(GuardrailGroup.KeyVault, "keyvault-purge-protection", "0b60c0b2-2dc2-4e1c-b5c9-abbed971de53", "Vaults are protected from purging.", "DP-8", "CC6.1"),
        Always(GuardrailGroup.KeyVault, "keyvault-soft-delete", "1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d", "What is deleted from a vault can be restored.", "DP-8", "CC6.1"),
        Always(GuardrailGroup.KeyVault, "hsm-purge-protection", "c39ba22d-4428-4149-b981-70acb31fc383", "Hardware modules are protected from purging.", "DP-8", "CC6.1"),
        Switched(GuardrailGroup.KeyVault, "keyvault-rbac", "12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5", "Roles say who may use a vault.", "PA-7", "CC6.3"),
        Switched(GuardrailGroup.KeyVault, "keyvault-firewall", "55615ac9-af46-4a59-874e-391cc3dfb490", "Vaults are closed to networks at large.", "DP-8", "CC6.6"),
        Switched(GuardrailGroup.KeyVault, "keyvault-no-public-access", "405c5871-3e91-4644-8a63-58e19d68ff5b", "Vaults have no public access.", "NS-2", "CC6.6"),
        Watched(GuardrailGroup.KeyVault, "keyvault-private-link", "a6abeaec-4d90-4a02-805f-6b26c4d3fbe9", "Vaults are reached by private link.", "NS-2", "CC6.6", AuditDeny)
            with { EffectParameter = "audit_effect" },

        // Canton's own keys must never expire, and passwords that are rotated by deployments have no date of their own.
        Watched(GuardrailGroup.KeyVault, "keys-expire", "152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0", "Keys have a day on which they expire.", "DP-6", "CC6.1", AuditDeny),
        Watched(GuardrailGroup.KeyVault, "secrets-expire", "98728c90-32c7-4049-8429-847dc0f4fe37", "Secrets have a day on which they expire.", "DP-6", "CC6.1", AuditDeny),

        Always(GuardrailGroup.Storage, "storage-https", "404c3081-a854-4457-ae30-26a93ef643f9", "Storage accounts take HTTPS only.", "DP-3", "CC6.7"),
        Always(GuardrailGroup.Storage, "storage-no-anonymous", "4fa4b6c0-31ca-4c0d-b10d-24b96f62a751", "Nobody reads blobs without signing in.", "NS-2", "CC6.1"),
        Always(GuardrailGroup.Storage, "storage-tls-version", "fe83a0eb-a853-422d-aac2-1bffd182c5d0", "Storage accounts take TLS 1.2 and newer only.", "DP-3", "CC6.7"),
        Switched(GuardrailGroup.Storage, "storage-network-deny", "34c877ad-507e-4c82-993e-3452a6e0ad3c", "Storage accounts deny networks by default.", "NS-2", "CC6.6"),
        Switched(GuardrailGroup.Storage, "storage-no-public-access", "b2982f36-99f2-4db5-8eff-283140c09693", "Storage accounts have no public access.", "NS-2", "CC6.6"),
        Switched(GuardrailGroup.Storage, "storage-no-shared-key", "8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54", "Storage accounts take no account keys.", "IM-1", "CC6.1"),
        Switched(GuardrailGroup.Storage, "storage-one-tenant", "92a89a79-6c52-4a7e-a03f-61306fc49312", "Storage accounts do not replicate to other tenants.", "NS-2", "CC6.6"),
        Watched(GuardrailGroup.Storage, "storage-keys", "6fac406b-40ca-413b-bf8e-0bf964659c25", "Storage accounts are encrypted with customer-managed keys.", "DP-5", "CC6.1", AuditOnly),

        Switched(GuardrailGroup.Monitoring, "logs-no-local-auth", "e15effd4-2278-4c65-a0da-4d6f6d1890e2", "Workspaces take no workspace keys.", "IM-1", "CC6.1"),

        // The subscription's own workspace has no private link, for it has no network.
        Watched(GuardrailGroup.Monitoring, "logs-no-public-access", "6c53d030-cc64-46f0-906d-2bc061cd1334", "Workspaces have no public access.", "NS-2", "CC6.6", AuditDeny),

        Switched(GuardrailGroup.Registry, "registry-network", "d0793b48-0edc-4296-a390-4c75d1bdfd71", "Registries are closed to networks at large.", "NS-2", "CC6.6"),
        Watched(GuardrailGroup.Registry, "registry-keys", "5b9159ae-1701-4a6f-9a7a-aa9c8ddd0580", "Registries are encrypted with customer-managed keys.", "DP-5", "CC6.1", AuditDeny),
    ];

    /// <summary>The groups that are either audited or denied.</summary>
    public static ImmutableArray<GuardrailGroup> SwitchedGroups { get; } =
        [.. All.Where(policy => policy.IsSwitched).Select(policy => policy.Group).Distinct().Order()];

    // Audited or denied with its group.
    private static GuardrailPolicy Switched(GuardrailGroup group, string reference, string id, string message, string benchmark, string soc2) =>
        new(group, reference, id, message, AuditDeny, Audit, Deny) { Benchmark = [benchmark], Soc2 = [soc2] };

    // Cheap to keep and dear to have missed: denied whatever the group is.
    private static GuardrailPolicy Always(GuardrailGroup group, string reference, string id, string message, string benchmark, string soc2) =>
        new(group, reference, id, message, AuditDeny, Deny, Deny) { Benchmark = [benchmark], Soc2 = [soc2] };

    // Reported only: the definition cannot deny, or what it asks does not suit every resource of ours.
    private static GuardrailPolicy Watched(
        GuardrailGroup group, string reference, string id, string message, string benchmark, string soc2, ImmutableArray<PolicyEffect> effects) =>
        new(group, reference, id, message, effects, effects[0], effects[0]) { Benchmark = [benchmark], Soc2 = [soc2] };

    private static GuardrailPolicy InCluster(
        string reference, string id, string message, string benchmark, string soc2, string? alsoSoc2, params ReadOnlySpan<string> parameters)
    {
        var values = ImmutableSortedDictionary<string, string>.Empty.Add(SystemNamespaces, SystemNamespaces);
        foreach (var parameter in parameters)
        {
            values = values.Add(parameter, parameter);
        }

        return Switched(GuardrailGroup.Workloads, reference, id, message, benchmark, soc2) with
        {
            Soc2 = alsoSoc2 is null ? [soc2] : [soc2, alsoSoc2],
            Parameters = values,
        };
    }

    private static ImmutableSortedDictionary<string, string> Given(string parameter, string from) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(parameter, from);
}
