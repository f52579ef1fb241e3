namespace CantonInfra.Infra.Settings;

/// <summary>Where a setting is in a stack file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">What is written there; null for maps and lists.</param>
/// <param name="IsSecure">Whether the value is encrypted.</param>
/// <param name="IsKey">Whether it is a key of the configuration, not a member of one.</param>
internal sealed record SettingLocation(int Line, string? Text, bool IsSecure, bool IsKey);
