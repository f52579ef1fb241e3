using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary>The forms of images and digests in settings.</summary>
internal static partial class ImageReference
{
    /// <summary>Reads an image with its digest: a tag can be moved to something else.</summary>
    /// <param name="node">The setting.</param>
    /// <param name="meaning">What the image is for.</param>
    public static string ReadImage(SettingNode node, string meaning) => node.Text(
        meaning, WithDigest(), "an image with its digest, such as registry.example.com/tools@sha256:, and 64 hexadecimal digits");

    /// <summary>Reads a digest; null where it is missing.</summary>
    /// <param name="node">The setting.</param>
    public static string? ReadDigest(SettingNode node)
    {
        var text = node.Text("the digest of an image", Digest(), "a digest: sha256: and 64 hexadecimal digits", "");
        return text.Length == 0 ? null : text;
    }

    [GeneratedRegex("^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+(:[A-Za-z0-9_.-]+)?@sha256:[0-9a-f]{64}$")]
    private static partial Regex WithDigest();

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
