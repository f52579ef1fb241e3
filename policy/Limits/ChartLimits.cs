using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>Which versions of the ledger's charts a network may run.</summary>
/// <param name="Network">The network's name, as in the setting <c>environment</c>.</param>
/// <param name="Versions">The versions.</param>
internal sealed record NetworkCharts(string Network, ImmutableSortedSet<Version> Versions);

/// <summary>Which versions of the ledger's charts each network may run.</summary>
/// <param name="Names">Patterns for the names of these charts.</param>
/// <param name="Networks">From the first to try a version to the last.</param>
internal sealed record ChartLimits(ImmutableArray<NamePattern> Names, ImmutableArray<NetworkCharts> Networks)
{
    /// <summary>Whether a chart is one of the ledger's.</summary>
    /// <param name="name">Its name, also with the address of its registry before it.</param>
    public bool Has(string name) => Names.Any(pattern => pattern.Matches(name[(name.LastIndexOf('/') + 1)..]));

    /// <summary>What a network may run; null where the file does not name it.</summary>
    public NetworkCharts? Of(string network) =>
        Networks.FirstOrDefault(entry => entry.Network.Equals(network, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads three numbers.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Version? version) =>
        Version.TryParse(text, out version) && version is { Build: >= 0, Revision: < 0 };
}
