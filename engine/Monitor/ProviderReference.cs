namespace CantonInfra.Engine.Monitor;

/// <summary>How a resource names its provider on the wire: <c>provider urn::id</c>.</summary>
/// <param name="Urn">The provider's URN.</param>
/// <param name="Id">Its id; the unknown mark in a preview.</param>
internal sealed record ProviderReference(string Urn, string Id)
{
    /// <summary>What type tokens of provider resources begin with.</summary>
    public const string TypePrefix = "pulumi:providers:";

    /// <summary>Reads a reference; null where the text is none.</summary>
    public static ProviderReference? TryParse(string text)
    {
        var split = text.LastIndexOf("::", StringComparison.Ordinal);
        return split > 0 && Protocol.Urn.TryParse(text[..split], out var urn) && IsProviderType(urn.Type)
            ? new ProviderReference(text[..split], text[(split + 2)..])
            : null;
    }

    public static bool IsProviderType(string type) => type.StartsWith(TypePrefix, StringComparison.Ordinal);

    /// <summary>The package of a type token: its first part, or for a provider resource the package that it provides.</summary>
    public static string PackageOf(string type) =>
        IsProviderType(type) ? type[TypePrefix.Length..] : type[..Math.Max(0, type.IndexOf(':', StringComparison.Ordinal))];
}
