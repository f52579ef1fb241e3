using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>Settings, or all that is wrong with them.</summary>
/// <typeparam name="T">The type of the settings.</typeparam>
/// <param name="Value">The settings; null where there are errors.</param>
/// <param name="Errors">One per mistake, in the order of the lines.</param>
internal sealed record SettingsResult<T>(T? Value, ImmutableArray<SettingError> Errors)
    where T : class
{
    /// <summary>What exists already.</summary>
    public ImmutableArray<AdoptedResource> Adopted { get; init; } = [];
}
