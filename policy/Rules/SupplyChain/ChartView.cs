using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>A chart that a stack installs.</summary>
/// <param name="Resource">The resource.</param>
internal sealed record ChartView(ResourceView Resource)
{
    private static readonly PropertyPath OlderRepository = PropertyPath.Parse("fetchOpts.repo");

    /// <summary>The types that install charts.</summary>
    public static ImmutableArray<ResourceTypePattern> Types { get; } =
        ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart", "kubernetes:helm.sh/v3:Chart"];

    /// <summary>The name, path or address of the chart.</summary>
    public PropertyReading Chart => Resource.Read("chart");

    /// <summary>The version.</summary>
    public PropertyReading Version => Resource.Read("version");

    /// <summary>The repository; missing where the chart's own address says it all.</summary>
    public PropertyReading Repository => Resource.Read(PropertyPath.Parse("repositoryOpts.repo").OrOlder(OlderRepository, Resource));

    /// <summary>Whether its own name is an address in a registry, so that the repository counts for nothing; null where that cannot be told.</summary>
    public bool? IsAddress => Chart.TryGetText(out var chart) ? chart.StartsWith("oci://", StringComparison.Ordinal)
        : Chart.State == PropertyState.Missing ? false : null;

    /// <summary>All maps among its values, from the outermost in.</summary>
    public IEnumerable<ChartValues> Values =>
        Resource.Properties["values"] is { } values ? ChartValues.In(values, PropertyPath.Root.Then("values"), "values") : [];

    /// <summary>Whether it lies beside the program, where reviews see it; null where that cannot be told.</summary>
    public bool? IsLocal => Resource.Read("path").State == PropertyState.Known ? true
        : Repository.State != PropertyState.Missing ? false
        : Chart.TryGetText(out var chart)
            ? chart.StartsWith('.') || chart.StartsWith('/')
            : Chart.State == PropertyState.Known ? true
            : Chart.State == PropertyState.Missing ? false : null;
}
