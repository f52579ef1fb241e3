using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>The image of a gateway's proxies, or the registry that a chart takes all its images from.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Reference">What it says.</param>
internal sealed record NamedImage(PropertyPath Path, ImageReference Reference)
{
    private static readonly ResourceTypePattern Proxy = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";

    private static readonly ImmutableArray<PropertyPath> OfProxies =
    [
        PropertyPath.Parse("spec.provider.kubernetes.envoyDeployment.container.image"),
        PropertyPath.Parse("spec.provider.kubernetes.envoyDaemonSet.container.image"),
    ];

    // Settings of charts for where all their images come from.
    private static readonly ImmutableArray<string> Sources = ["imageRepo", "imageRegistry", "imageRepository"];

    private static readonly ImageReference Nothing = new("", "", "");

    /// <summary>The types that name images without being pods.</summary>
    public static ImmutableArray<ResourceTypePattern> Types { get; } = [Proxy, .. ChartView.Types];

    /// <summary>Whether it says nothing yet.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>Whether it is an image in full; where no tag is given, that is the newest.</summary>
    public bool IsWhole { get; private init; }

    // A registry without a path, in which images of several publishers are.
    private bool IsHostOnly => !IsWhole && !Reference.Repository.Contains('/', StringComparison.Ordinal);

    /// <summary>All that a resource names.</summary>
    public static IEnumerable<NamedImage> Of(ResourceView resource) => Proxy.Matches(resource.Type)
        ? OfProxies.Select(path => resource.Read(path)).Where(reading => reading.State != PropertyState.Missing).Select(OfText)
        : new ChartView(resource).Values.SelectMany(values => Sources
            .Where(name => values.Text(name) is { Length: > 0 })
            .Select(name => new NamedImage(values.Path.Then(name), Nothing with { Repository = values.Text(name)!.TrimEnd('/') })));

    /// <summary>Whether a source allows it.</summary>
    public bool Fits(SourcePattern source) =>
        source.Matches(Reference.Repository) || (IsHostOnly && source.Text.StartsWith($"{Reference.Repository}/", StringComparison.OrdinalIgnoreCase));

    private static NamedImage OfText(PropertyReading reading) => reading.TryGetText(out var text)
        ? new(reading.Path, ImageReference.Parse(text)) { IsWhole = true }
        : new(reading.Path, Nothing) { IsUnknown = true, IsWhole = true };
}
