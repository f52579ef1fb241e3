using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>What a container asks for, and may use at most.</summary>
/// <param name="CpuRequest">Processors that are kept for it, as Kubernetes writes it.</param>
/// <param name="CpuLimit">The most processors.</param>
/// <param name="Memory">The memory that is kept for it, and all that it gets.</param>
internal sealed record ContainerResources(string CpuRequest, string CpuLimit, string Memory)
{
    /// <summary>A container that has little to do.</summary>
    public static readonly ContainerResources Small = new("50m", "1", "256Mi");

    /// <summary>As values of charts.</summary>
    public Dictionary<string, object> Values => new()
    {
        ["requests"] = new Dictionary<string, object> { ["cpu"] = CpuRequest, ["memory"] = Memory },
        ["limits"] = new Dictionary<string, object> { ["cpu"] = CpuLimit, ["memory"] = Memory },
    };

    /// <summary>As pods have it.</summary>
    public ResourceRequirementsArgs Requirements => new()
    {
        Requests = { ["cpu"] = CpuRequest, ["memory"] = Memory },
        Limits = { ["cpu"] = CpuLimit, ["memory"] = Memory },
    };
}
