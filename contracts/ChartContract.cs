using System.Collections.Immutable;

namespace CantonInfra.Contracts;

/// <summary>What one version of a Helm chart makes: a plan shows a release's values and not the pods that come of them.</summary>
/// <remarks>
/// Texts may hold <c>{release}</c> and <c>{namespace}</c>, which <see cref="In"/> fills in. Whoever takes a newer version of a chart
/// reads its templates again and adds a contract; nothing is assumed of versions that nobody has read.
/// </remarks>
public sealed record ChartContract
{
    /// <summary>The chart's name, such as <c>splice-participant</c>.</summary>
    public required string Chart { get; init; }

    /// <summary>Where the chart is: <c>oci://…</c> without the chart's name, or the address of a repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The exact version.</summary>
    public required string Version { get; init; }

    /// <summary>What runs.</summary>
    public required ImmutableArray<ChartWorkload> Workloads { get; init; }

    /// <summary>How it is reached.</summary>
    public ImmutableArray<ChartService> Services { get; init; } = [];

    /// <summary>Where this was read: files of the chart's source, or a rendering of the chart.</summary>
    public required string Source { get; init; }

    /// <summary>The workload of that name, as written here.</summary>
    /// <param name="name">The name, such as <c>{release}</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ChartWorkload Workload(string name) => Workloads.FirstOrDefault(workload => workload.Name == name)
        ?? throw new ArgumentException(
            $"The contract of {this} has no workload '{name}'; it has {string.Join(", ", Workloads.Select(each => each.Name))}.", nameof(name));

    /// <summary>What clients connect to at a Service.</summary>
    /// <param name="service">The Service's name, as written here.</param>
    /// <param name="port">The port's name.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int ServicePort(string service, string port) =>
        Services.FirstOrDefault(each => each.Name == service)?.Ports.FirstOrDefault(each => each.Name == port)?.Port
        ?? throw new ArgumentException(
            $"The contract of {this} has no Service '{service}' with a port '{port}'; it has"
            + $" {string.Join(", ", Services.SelectMany(each => each.Ports.Select(own => $"{each.Name}:{own.Name}")))}.",
            nameof(port));

    /// <summary>The same for one release.</summary>
    /// <param name="release">The release's name.</param>
    /// <param name="inNamespace">The release's namespace.</param>
    public ChartContract In(string release, string inNamespace) => this with
    {
        Workloads = [.. Workloads.Select(workload => workload.In(release, inNamespace))],
        Services = [.. Services.Select(service => service.In(release, inNamespace))],
    };

    /// <summary>The chart and its version.</summary>
    public override string ToString() => $"{Chart} {Version}";

    internal static string Fill(string text, string release, string inNamespace) => text
        .Replace("{release}", release, StringComparison.Ordinal)
        .Replace("{namespace}", inNamespace, StringComparison.Ordinal);
}
