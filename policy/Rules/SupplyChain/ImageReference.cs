namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>An image as pods name it.</summary>
/// <param name="Repository">Registry and path; <c>docker.io</c> where none is named.</param>
/// <param name="Tag">The tag; empty where none is named.</param>
/// <param name="Digest">The digest; empty where none is named.</param>
internal sealed record ImageReference(string Repository, string Tag, string Digest)
{
    /// <summary>Whether it always means the same image, as far as its publisher keeps tags of versions as they are.</summary>
    /// <remarks>A tag without a digit, such as <c>latest</c>, <c>stable</c> or <c>main</c>, names no version.</remarks>
    public bool IsPinned => Digest.Length > 0
        || (Tag.Any(char.IsAsciiDigit) && !Tag.StartsWith("latest", StringComparison.OrdinalIgnoreCase));

    public static ImageReference Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? "" : text[(at + 1)..];
        var name = at < 0 ? text : text[..at];
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        var tag = hasTag ? name[(colon + 1)..] : "";
        return new(WithRegistry(hasTag ? name[..colon] : name), tag, digest);
    }

    // As container runtimes read it: the first part is a registry where it has a dot or a port.
    private static string WithRegistry(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : repository[..slash];
        return first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" ? repository
            : slash < 0 ? $"docker.io/library/{repository}"
            : $"docker.io/{repository}";
    }
}
