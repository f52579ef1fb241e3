using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences;

/// <summary>Whether a change of a property replaces its resource.</summary>
internal enum Replacement
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>Only the provider can tell: the schema does not say, or says nothing of the type.</summary>
    Possible,

    /// <summary>It does.</summary>
    Certain,
}

/// <summary>An input that differs.</summary>
/// <param name="Path">The way to it.</param>
/// <param name="Former">What it was; null where it is new.</param>
/// <param name="Present">What it is; null where it is gone.</param>
/// <param name="Replaces">Whether that replaces the resource.</param>
internal sealed record PropertyChange(PropertyPath Path, PropertyValue? Former, PropertyValue? Present, Replacement Replaces)
{
    /// <summary>The input that it is a part of.</summary>
    public string Input => Path.Elements is [{ Key: { } key }, ..] ? key : "";
}
