using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>Gives the values of a stack's configuration.</summary>
internal interface ISettingSource
{
    /// <summary>The text of a key, JSON where the value is a map or a list; null where it is not set.</summary>
    /// <param name="key">The full key, <c>namespace:name</c>.</param>
    string? Get(string key);

    /// <summary>The secret of a key; null where it is not set, unknown where it cannot be decrypted.</summary>
    /// <param name="key">The full key.</param>
    Output<string>? GetSecret(string key);
}
