using System.Globalization;
using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>How large a pool of nodes is.</summary>
/// <param name="VmSize">The size of a node, such as <c>Standard_D4ds_v5</c>.</param>
/// <param name="MinCount">The least number of nodes.</param>
/// <param name="MaxCount">The greatest number of nodes.</param>
internal sealed partial record NodePoolSize(string VmSize, int MinCount, int MaxCount)
{
    /// <summary>The memory of a node, in gibibytes; null where that is not known.</summary>
    /// <remarks>The families D and E have 4 and 8 for each core (Microsoft Learn, "Sizes for virtual machines").</remarks>
    public int? MemoryGi => Cores * (General().Match(VmSize).Groups["family"].Value == "D" ? 4 : 8);

    /// <summary>The cores of a node; null where that is not known.</summary>
    public int? Cores => General().Match(VmSize) is { Success: true } size
        ? int.Parse(size.Groups["cores"].Value, CultureInfo.InvariantCulture)
        : null;

    // Sizes with an 'l' have half of it, and those with fewer cores than they look like have a hyphen.
    [GeneratedRegex("^Standard_(?<family>[DE])(?<cores>[0-9]+)[a-km-z]*_v[3-9]$")]
    private static partial Regex General();
}
