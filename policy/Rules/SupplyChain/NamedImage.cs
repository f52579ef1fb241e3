using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>An image, or where images come from, as something names it that makes pods: values of a chart, settings of a proxy.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Reference">What it says; without a tag where none is given.</param>
internal sealed record NamedImage(PropertyPath Path, ImageReference Reference)
{
    private const string Values = "values";

    private static readonly ResourceTypePattern Proxy = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";

    private static readonly ImmutableArray<PropertyPath> OfProxies =
    [
        PropertyPath.Parse("spec.provider.kubernetes.envoyDeployment.container.image"),
        PropertyPath.Parse("spec.provider.kubernetes.envoyDaemonSet.container.image"),
    ];

    // Settings of charts for where all their images come from.
    private static readonly ImmutableHashSet<string> Sources = ["imageRepo", "imageRegistry", "imageRepository"];

    private static readonly ImageReference Nothing = new("", "", "");

    /// <summary>The types that name images so.</summary>
    public static ImmutableArray<ResourceTypePattern> Types { get; } = [Proxy, .. ChartView.Types];

    /// <summary>Whether it says nothing yet.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>Whether it is an image in full; where no tag is given, that is the newest.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Whether it says in which registry.</summary>
    public bool HasRegistry { get; private init; }

    /// <summary>Whether it is a registry without a path, in which images of several publishers are.</summary>
    private bool IsHostOnly => !Reference.Repository.Contains('/', StringComparison.Ordinal);

    /// <summary>All that a resource names.</summary>
    public static IEnumerable<NamedImage> Of(ResourceView resource) => Proxy.Matches(resource.Type)
        ? OfProxies.Select(path => resource.Read(path)).Where(reading => reading.State != PropertyState.Missing).Select(OfText)
        : resource.Read(Values) is { State: PropertyState.Known, Value: MapValue values } ? In(values, PropertyPath.Root.Then(Values)) : [];

    /// <summary>Whether a source allows it.</summary>
    public bool Fits(SourcePattern source) =>
        source.Matches(Reference.Repository) || (IsHostOnly && source.Text.StartsWith($"{Reference.Repository}/", StringComparison.OrdinalIgnoreCase));

    private static NamedImage OfText(PropertyReading reading) => reading.TryGetText(out var text)
        ? new(reading.Path, ImageReference.Parse(text)) { HasRegistry = true, IsWhole = true }
        : new(reading.Path, Nothing) { IsUnknown = true };

    private static IEnumerable<NamedImage> In(PropertyValue value, PropertyPath at) => value.Unwrapped switch
    {
        MapValue map => map.Entries.SelectMany(entry => (entry.Key, entry.Value.Unwrapped) switch
        {
            ("image", StringValue text) => [OfChart(at.Then(entry.Key), text.Value)],
            ("image", MapValue image) when TextOf(image, "repository") is { } repository => [OfParts(at.Then(entry.Key), image, repository)],
            ("image", MapValue image) when TextOf(image, "tag") is { } tag => [new NamedImage(at.Then(entry.Key).Then("tag"), Nothing with { Tag = tag })],
            (_, StringValue text) when Sources.Contains(entry.Key) && text.Value.Length > 0 => [new NamedImage(at.Then(entry.Key), Nothing with { Repository = text.Value }) { HasRegistry = true }],
            _ => In(entry.Value, at.Then(entry.Key)),
        }),
        ListValue list => list.Items.SelectMany((item, index) => In(item, at.Then(index))),
        _ => [],
    };

    private static NamedImage OfParts(PropertyPath at, MapValue image, string repository)
    {
        var registry = TextOf(image, "registry");
        var whole = $"{(registry is null ? "" : $"{registry}/")}{repository}";
        var tag = TextOf(image, "tag");
        return OfChart(at.Then("repository"), tag is null ? whole : $"{whole}:{tag}") with
        {
            HasRegistry = registry is not null || NamesRegistry(repository),
        };
    }

    private static NamedImage OfChart(PropertyPath at, string text) => new(at, ImageReference.Parse(text)) { HasRegistry = NamesRegistry(text) };

    // As container runtimes read it.
    private static bool NamesRegistry(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && text[..slash].AsSpan().IndexOfAny('.', ':') >= 0;

    private static string? TextOf(MapValue map, string key) => map[key]?.Unwrapped is StringValue { Value.Length: > 0 } text ? text.Value : null;
}
