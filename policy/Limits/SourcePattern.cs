using System.Diagnostics.CodeAnalysis;

namespace CantonInfra.Policy.Limits;

/// <summary>
/// A registry or repository and all below it: <c>ghcr.io/digital-asset</c>. A star may end the first label of the host, for
/// registries of our own: <c>crcanton*.azurecr.io</c>.
/// </summary>
/// <param name="Text">The pattern, without a scheme.</param>
internal readonly record struct SourcePattern(string Text)
{
    private const string Oci = "oci://";
    private const string Https = "https://";

    /// <summary>Reads a pattern; the schemes of charts may stand before it.</summary>
    /// <returns>False where it is none: blank, with a star elsewhere, or with an unsafe scheme.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SourcePattern? pattern)
    {
        var plain = WithoutScheme(text).TrimEnd('/');
        var star = plain.IndexOf('*', StringComparison.Ordinal);
        var isSound = plain.Length > 0 && !plain.Contains("://", StringComparison.Ordinal) && !plain.Any(char.IsWhiteSpace)
            && (star < 0 || (star > 0 && star == plain.LastIndexOf('*') && star + 1 == plain.IndexOf('.', StringComparison.Ordinal)));
        pattern = isSound ? new(plain) : null;
        return isSound;
    }

    /// <summary>An address of a chart without the scheme, where it is one of those that prove who answers.</summary>
    public static string WithoutScheme(string address) =>
        address.StartsWith(Oci, StringComparison.OrdinalIgnoreCase) ? address[Oci.Length..]
        : address.StartsWith(Https, StringComparison.OrdinalIgnoreCase) ? address[Https.Length..]
        : address;

    /// <summary>Whether a repository is the one that is named, or below it.</summary>
    public bool Matches(string repository)
    {
        var star = Text.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return IsAtOrBelow(repository, Text);
        }

        var dot = repository.IndexOf('.', StringComparison.Ordinal);
        return dot >= star
            && repository.StartsWith(Text[..star], StringComparison.OrdinalIgnoreCase)
            && repository[..dot].All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            && IsAtOrBelow(repository[dot..], Text[(star + 1)..]);
    }

    /// <summary>The text.</summary>
    public override string ToString() => Text;

    private static bool IsAtOrBelow(string repository, string start) =>
        repository.StartsWith(start, StringComparison.OrdinalIgnoreCase)
        && (repository.Length == start.Length || repository[start.Length] == '/');
}
