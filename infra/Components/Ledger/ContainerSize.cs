namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What a container may use.</summary>
/// <param name="CpuMillis">The processor time that is kept for it, in thousandths of a core; more is taken where there is some.</param>
/// <param name="MemoryGi">The most memory, in gibibytes; half of it is kept for it.</param>
internal sealed record ContainerSize(int CpuMillis, int MemoryGi)
{
    /// <summary>The memory that is kept for it, in gibibytes.</summary>
    public decimal KeptMemoryGi => MemoryGi / 2m;

    /// <summary>As charts take it.</summary>
    /// <remarks>No bound on the processor: a participant that is throttled falls behind the network.</remarks>
    public Dictionary<string, object> Values => new()
    {
        ["limits"] = new Dictionary<string, object> { ["memory"] = $"{MemoryGi}Gi" },
        ["requests"] = new Dictionary<string, object> { ["cpu"] = $"{CpuMillis}m", ["memory"] = $"{MemoryGi * 512}Mi" },
    };
}
