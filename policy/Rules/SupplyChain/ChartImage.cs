using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>An image that the values of a chart name, as charts have it by custom: in one text, or in parts.</summary>
/// <param name="Path">Where: the text, the repository, or the tag where there is one.</param>
/// <param name="Image">The image.</param>
/// <param name="SaysVersion">Whether it has a tag or digest; without one the chart's own counts.</param>
internal sealed record ChartImage(PropertyPath Path, ImageReference Image, bool SaysVersion)
{
    /// <summary>The images that the values of a chart name.</summary>
    public static IEnumerable<ChartImage> Of(ResourceView chart) => new ChartView(chart).Values.SelectMany(Of);

    private static IEnumerable<ChartImage> Of(ChartValues values)
    {
        if (values.Text("image") is { } text && (text.Contains('/') || text.Contains(':')) && !IsPicture(text))
        {
            yield return new(values.Path.Then("image"), ImageReference.Parse(text), SaysVersion: true);
        }

        // Repositories of sources and charts have addresses.
        if (values.Text("repository") is { Length: > 0 } repository && !repository.Contains("://", StringComparison.Ordinal)
            && (values.Name.Contains("image", StringComparison.OrdinalIgnoreCase) || values.Map["tag"] is not null))
        {
            var registry = values.Text("registry") is { Length: > 0 } host ? $"{host}/" : "";
            var tag = values.Text("tag") ?? "";
            var digest = values.Text("digest") ?? "";
            var parsed = ImageReference.Parse(registry + repository);
            yield return new(
                values.Path.Then(tag.Length > 0 ? "tag" : "repository"),
                new(parsed.Repository, tag.Length > 0 ? tag : parsed.Tag, digest.Length > 0 ? digest : parsed.Digest),
                tag.Length > 0 || digest.Length > 0 || parsed.Tag.Length > 0 || parsed.Digest.Length > 0);
        }
    }

    // A logo, by address, path or content.
    private static bool IsPicture(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.StartsWith('/') || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
}
