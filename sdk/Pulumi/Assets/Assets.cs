namespace Pulumi;

/// <summary>A file or folder that is handed to a resource.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive()
    {
    }
}

/// <summary>A file, or text used as one.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset()
    {
    }
}

/// <summary>A file on this machine.</summary>
public sealed class FileAsset : Asset
{
    /// <summary>The file at that path.</summary>
    public FileAsset(string path) => Path = path ?? throw new ArgumentNullException(nameof(path));

    internal string Path { get; }
}

/// <summary>Text used as a file.</summary>
public sealed class StringAsset : Asset
{
    /// <summary>A file with that text.</summary>
    public StringAsset(string text) => Text = text ?? throw new ArgumentNullException(nameof(text));

    internal string Text { get; }
}

/// <summary>A file to be fetched.</summary>
public sealed class RemoteAsset : Asset
{
    /// <summary>The file at that URI.</summary>
    public RemoteAsset(string uri) => Uri = uri ?? throw new ArgumentNullException(nameof(uri));

    internal string Uri { get; }
}
