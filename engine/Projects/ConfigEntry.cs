using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Projects;

/// <summary>A configuration value of a stack, with the place it comes from.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">
/// The value in clear: a scalar's text, or JSON of a structured one. Null where it is secret and cannot be decrypted here.
/// </param>
/// <param name="IsSecret">Whether it, or a part of it, is secret.</param>
/// <param name="Location">Where it stands.</param>
public sealed record ConfigEntry(ConfigKey Key, string? Text, bool IsSecret, SourceLocation Location)
{
    /// <summary>The entry with its value masked where it is secret.</summary>
    public override string ToString() => $"{Key}={(IsSecret ? "[secret]" : Text)}";
}
