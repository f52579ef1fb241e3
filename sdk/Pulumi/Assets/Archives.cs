using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A folder or archive file.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive()
    {
    }
}

/// <summary>A folder or archive file on this machine.</summary>
public sealed class FileArchive : Archive
{
    /// <summary>The folder or archive file at that path.</summary>
    public FileArchive(string path) => Path = path ?? throw new ArgumentNullException(nameof(path));

    internal string Path { get; }
}

/// <summary>An archive to be fetched.</summary>
public sealed class RemoteArchive : Archive
{
    /// <summary>The archive at that URI.</summary>
    public RemoteArchive(string uri) => Uri = uri ?? throw new ArgumentNullException(nameof(uri));

    internal string Uri { get; }
}

/// <summary>An archive put together from files and archives.</summary>
public sealed class AssetArchive : Archive
{
    /// <summary>An archive of these parts by name.</summary>
    public AssetArchive(IDictionary<string, AssetOrArchive> assets)
    {
        ArgumentNullException.ThrowIfNull(assets);
        Assets = assets.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    internal ImmutableSortedDictionary<string, AssetOrArchive> Assets { get; }
}
