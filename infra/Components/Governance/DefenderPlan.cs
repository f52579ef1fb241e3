using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>A plan of Defender for Cloud as we have it.</summary>
/// <param name="Name">Azure's name of it.</param>
/// <param name="SubPlan">The sub-plan; null where there is none.</param>
/// <param name="Extensions">Its extensions, and whether they are on.</param>
/// <remarks>Names: facts/azure.md, section 7.1. KubernetesService, ContainerRegistry and Dns are replaced and never declared.</remarks>
internal sealed record DefenderPlan(string Name, string? SubPlan, ImmutableArray<(string Name, bool IsEnabled)> Extensions)
{
    /// <summary>The extension that scans what is uploaded; it is paid by the gigabyte.</summary>
    public const string MalwareScanning = "OnUploadMalwareScanning";

    /// <summary>All of them, in the order in which they are set.</summary>
    public static ImmutableArray<DefenderPlan> All { get; } =
    [
        // The built-in default of the designated subscription is off, and so we say it. File integrity monitoring is not set:
        // it wants agents, which AKS nodes do not have.
        new("VirtualMachines", "P2", [("AgentlessVmScanning", true), ("MdeDesignatedSubscription", false)]),
        new("Containers", null,
        [
            ("ContainerRegistriesVulnerabilityAssessments", true),
            ("AgentlessDiscoveryForKubernetes", true),
            ("AgentlessVmScanning", true),
            ("ContainerSensor", true),
            ("ContainerIntegrityContribution", true),
        ]),
        new("OpenSourceRelationalDatabases", null, []),
        new("KeyVaults", "PerTransaction", []),
        new("StorageAccounts", "DefenderForStorageV2", [(MalwareScanning, true), ("SensitiveDataDiscovery", true)]),
        new("Arm", "PerApiCall", []),
        new("CloudPosture", null,
        [
            ("SensitiveDataDiscovery", true),
            ("ContainerRegistriesVulnerabilityAssessments", true),
            ("AgentlessDiscoveryForKubernetes", true),
            ("AgentlessVmScanning", true),
            ("EntraPermissionsManagement", true),
        ]),
    ];
}
