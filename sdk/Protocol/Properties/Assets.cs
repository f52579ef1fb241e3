using System.Collections.Immutable;

namespace CantonInfra.Protocol.Properties;

/// <summary>Where the content of an asset or archive is.</summary>
public enum AssetSource
{
    /// <summary>Only the hash travelled; the content was left out.</summary>
    HashOnly,

    /// <summary>The text itself; assets only.</summary>
    Text,

    /// <summary>A path of the machine that runs the program.</summary>
    Path,

    /// <summary>A URI.</summary>
    Uri,

    /// <summary>A map of names to assets and archives; archives only.</summary>
    Assets,
}

/// <summary>A file, or text used as one.</summary>
/// <param name="Source">Where the content is: text, path, URI, or left out.</param>
/// <param name="Content">The text, path or URI; empty where it was left out.</param>
/// <param name="Hash">The content's hash as the engine computed it; empty where it has not.</param>
public sealed record AssetValue(AssetSource Source, string Content, string Hash = "") : PropertyValue
{
    /// <inheritdoc/>
    public override bool ContainsUnknowns => false;

    /// <inheritdoc/>
    public override bool ContainsSecrets => false;
}

/// <summary>A folder or archive file.</summary>
public sealed record ArchiveValue : PropertyValue
{
    /// <summary>An archive at a path or URI, or one whose content was left out.</summary>
    public ArchiveValue(AssetSource source, string content, string hash = "")
    {
        Source = source;
        Content = content;
        Hash = hash;
        Assets = ImmutableSortedDictionary.Create<string, PropertyValue>(StringComparer.Ordinal);
    }

    /// <summary>An archive put together from assets and archives.</summary>
    public ArchiveValue(ImmutableSortedDictionary<string, PropertyValue> assets, string hash = "")
        : this(AssetSource.Assets, "", hash) =>
        Assets = assets.WithComparers(StringComparer.Ordinal);

    /// <summary>Where the content is.</summary>
    public AssetSource Source { get; }

    /// <summary>The path or URI; empty for the other sources.</summary>
    public string Content { get; }

    /// <summary>The content's hash; empty where the engine has not computed it.</summary>
    public string Hash { get; }

    /// <summary>The parts by name, each an <see cref="AssetValue"/> or <see cref="ArchiveValue"/>.</summary>
    public ImmutableSortedDictionary<string, PropertyValue> Assets { get; }

    /// <inheritdoc/>
    public override bool ContainsUnknowns => Assets.Values.Any(asset => asset.ContainsUnknowns);

    /// <inheritdoc/>
    public override bool ContainsSecrets => Assets.Values.Any(asset => asset.ContainsSecrets);

    /// <inheritdoc/>
    public bool Equals(ArchiveValue? other) =>
        other is not null
        && Source == other.Source
        && Content == other.Content
        && Hash == other.Hash
        && Assets.SequenceEqual(other.Assets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, Content, Hash, Assets.Count);
}
