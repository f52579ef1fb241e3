using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>The URI of a version of a key in a managed HSM.</summary>
/// <param name="Text">The URI.</param>
internal sealed partial record HsmKeyUri(string Text)
{
    /// <summary>The form of such a URI.</summary>
    public static Regex Form => Pattern();

    /// <summary>The URI without the version.</summary>
    public string WithoutVersion => Text[..Text.LastIndexOf('/')];

    [GeneratedRegex(@"^https://[a-z0-9-]+\.managedhsm\.azure\.net/keys/[A-Za-z0-9-]+/[0-9a-f]{32}$")]
    private static partial Regex Pattern();
}
