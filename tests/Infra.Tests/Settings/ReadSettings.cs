using System.Collections.Immutable;
using CantonInfra.Engine.Projects;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Settings;

/// <summary>Reads settings as the program does, from what the engine makes of a stack file.</summary>
internal static class ReadSettings
{
    public static SettingsResult<object> From(string stack, string stackFile, params string[] overrides)
    {
        using var folder = new ProjectFolder(stack, stackFile);
        var entries = folder.Load(overrides).Entries;
        using var text = new StringReader(stackFile);
        return StackSettings.Read(new Loaded(entries), SettingLocations.Parse(text, $"Pulumi.{stack}.yaml", "canton-infra"), stack);
    }

    /// <summary>The reader after it has read all, and what is wrong.</summary>
    public static (SettingsReader Reader, ImmutableArray<SettingError> Errors) Recorded(string stack, string stackFile)
    {
        using var folder = new ProjectFolder(stack, stackFile);
        using var text = new StringReader(stackFile);
        var reader = new SettingsReader(
            new Loaded(folder.Load().Entries), SettingLocations.Parse(text, $"Pulumi.{stack}.yaml", "canton-infra"));
        _ = AdoptedResource.Read(reader);
        _ = StackSettings.Read(reader, stack);
        return (reader, reader.Finish());
    }

    public static string[] Errors(string stackFile, params string[] overrides) =>
        [.. From("mainnet", stackFile, overrides).Errors.Select(error => error.ToString())];

    public static ISettingSource Nothing { get; } = new Loaded(ImmutableSortedDictionary<string, ConfigEntry>.Empty);

    private sealed class Loaded(ImmutableSortedDictionary<string, ConfigEntry> entries) : ISettingSource
    {
        public string? Get(string key) => entries.GetValueOrDefault(key)?.Text;

        public Output<string>? GetSecret(string key) => Get(key) is { } text ? Output.CreateSecret(text) : null;
    }
}
