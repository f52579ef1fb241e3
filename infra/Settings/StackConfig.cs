using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>The configuration that the engine gives the running stack.</summary>
internal sealed class StackConfig : ISettingSource
{
    /// <inheritdoc/>
    public string? Get(string key) => Below(key, out var name).Get(name);

    /// <inheritdoc/>
    public Output<string>? GetSecret(string key) => Below(key, out var name).GetSecret(name);

    private static Config Below(string key, out string name)
    {
        var split = key.IndexOf(':', StringComparison.Ordinal);
        name = key[(split + 1)..];
        return new Config(key[..split]);
    }
}
