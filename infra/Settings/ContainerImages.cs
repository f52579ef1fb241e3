using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary>Images in settings: named so that the same name is the same image tomorrow.</summary>
internal static partial class ContainerImages
{
    private const string Allowed = "an image with registry, tag and digest, such as registry.example.com/team/image:1.2.3@sha256:<64 digits>";

    /// <summary>Reads an image.</summary>
    /// <param name="node">The setting.</param>
    /// <param name="fallback">What it is where nothing is said; null where something must be.</param>
    public static string Read(SettingNode node, string? fallback = null) => node.Text("an image", Form(), Allowed, fallback);

    /// <summary>Reads an image that may be left out.</summary>
    /// <param name="node">The setting.</param>
    public static string? ReadOptional(SettingNode node) => node.IsMissing ? null : Read(node);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]*(:[0-9]+)?(/[a-z0-9._-]+)+:[A-Za-z0-9._-]{1,128}@sha256:[0-9a-f]{64}$")]
    private static partial Regex Form();
}
