using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace Pulumi;

/// <summary>The configuration of the current stack below one name.</summary>
public sealed class Config
{
    private const string OldSuffix = ":config";

    private readonly string _name;
    private readonly RunSettings _settings;

    /// <summary>The configuration below that name; without one, below the project's.</summary>
    public Config(string? name = null)
    {
        var deployment = Deployment.Current;
        name ??= deployment.ProjectName;
        _name = name.EndsWith(OldSuffix, StringComparison.Ordinal) ? name[..^OldSuffix.Length] : name;
        _settings = deployment.Settings;
    }

    private delegate bool Parser<T>(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>The value of a key; null where it is not set.</summary>
    public string? Get(string key) => _settings.Config.GetValueOrDefault(FullKey(key));

    /// <summary>The value of a key as a secret; null where it is not set.</summary>
    public Output<string>? GetSecret(string key) => Secret(key, Text);

    /// <summary>The boolean of a key; null where it is not set.</summary>
    public bool? GetBoolean(string key) => Plain<bool>(key, TryParseBoolean, "a boolean, which is 'true' or 'false'");

    /// <summary>The boolean of a key as a secret; null where it is not set.</summary>
    public Output<bool>? GetSecretBoolean(string key) => Secret(key, (k, t) => Parse<bool>(k, t, TryParseBoolean, "a boolean, which is 'true' or 'false'"));

    /// <summary>The whole number of a key; null where it is not set.</summary>
    public int? GetInt32(string key) => Plain<int>(key, TryParseInt32, "a whole number");

    /// <summary>The whole number of a key as a secret; null where it is not set.</summary>
    public Output<int>? GetSecretInt32(string key) => Secret(key, (k, t) => Parse<int>(k, t, TryParseInt32, "a whole number"));

    /// <summary>The number of a key; null where it is not set.</summary>
    public double? GetDouble(string key) => Plain<double>(key, TryParseDouble, "a number");

    /// <summary>The number of a key as a secret; null where it is not set.</summary>
    public Output<double>? GetSecretDouble(string key) => Secret(key, (k, t) => Parse<double>(k, t, TryParseDouble, "a number"));

    /// <summary>The structured value of a key; the type's default where it is not set.</summary>
    public T? GetObject<T>(string key) => GetObject<T>(key, null);

    /// <inheritdoc cref="GetObject{T}(string)"/>
    public T? GetObject<T>(string key, JsonSerializerOptions? options) =>
        Get(key) is { } text ? ParseObject<T>(key, text, options) : default;

    /// <summary>The structured value of a key as a secret; null where it is not set.</summary>
    public Output<T>? GetSecretObject<T>(string key) => GetSecretObject<T>(key, null);

    /// <inheritdoc cref="GetSecretObject{T}(string)"/>
    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions? options) =>
        Secret(key, (k, text) => ParseObject<T>(k, text, options)!);

    /// <summary>The value of a key, which must be set.</summary>
    public string Require(string key) => Get(key) ?? throw Missing(key);

    /// <summary>The value of a key, which must be set, as a secret.</summary>
    public Output<string> RequireSecret(string key) => GetSecret(key) ?? throw Missing(key);

    /// <summary>The boolean of a key, which must be set.</summary>
    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    /// <summary>The boolean of a key, which must be set, as a secret.</summary>
    public Output<bool> RequireSecretBoolean(string key) => GetSecretBoolean(key) ?? throw Missing(key);

    /// <summary>The whole number of a key, which must be set.</summary>
    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    /// <summary>The whole number of a key, which must be set, as a secret.</summary>
    public Output<int> RequireSecretInt32(string key) => GetSecretInt32(key) ?? throw Missing(key);

    /// <summary>The number of a key, which must be set.</summary>
    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    /// <summary>The number of a key, which must be set, as a secret.</summary>
    public Output<double> RequireSecretDouble(string key) => GetSecretDouble(key) ?? throw Missing(key);

    /// <summary>The structured value of a key, which must be set.</summary>
    public T RequireObject<T>(string key) => RequireObject<T>(key, null);

    /// <inheritdoc cref="RequireObject{T}(string)"/>
    public T RequireObject<T>(string key, JsonSerializerOptions? options) => ParseObject<T>(key, Require(key), options)!;

    /// <summary>The structured value of a key, which must be set, as a secret.</summary>
    public Output<T> RequireSecretObject<T>(string key) => RequireSecretObject<T>(key, null);

    /// <inheritdoc cref="RequireSecretObject{T}(string)"/>
    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions? options) =>
        GetSecretObject<T>(key, options) ?? throw Missing(key);

    private static string Text(string key, string text) => text;

    private static bool TryParseBoolean(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }

    private static bool TryParseInt32(string text, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool TryParseDouble(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private string FullKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"{_name}:{key}";
    }

    private T? Plain<T>(string key, Parser<T> parser, string kind)
        where T : struct =>
        Get(key) is { } text ? Parse(key, text, parser, kind) : null;

    // Our engine hands over a secret that it cannot decrypt as the mark of unknown values, alone or within an object.
    private Output<T>? Secret<T>(string key, Func<string, string, T> parse) => Get(key) switch
    {
        null => null,
        var text when text.Contains(Signatures.Unknown, StringComparison.Ordinal) => Output.Unknown<T>(isSecret: true),
        var text => Output.CreateSecret(parse(key, text)),
    };

    // The values are not shown: any of them may be a secret.
    private T Parse<T>(string key, string text, Parser<T> parser, string kind) => parser(text, out var value)
        ? value
        : throw new ConfigException(IsUnknown(text)
            ? $"The configuration '{FullKey(key)}' is a secret that could not be decrypted here; read it with RequireSecret or GetSecret."
            : $"The configuration '{FullKey(key)}' is not {kind}.");

    private T? ParseObject<T>(string key, string text, JsonSerializerOptions? options)
    {
        if (IsUnknown(text))
        {
            throw new ConfigException(
                $"The configuration '{FullKey(key)}' is a secret that could not be decrypted here; read it with RequireSecretObject.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text, options);
        }
        catch (JsonException exception)
        {
            throw new ConfigException(
                $"The configuration '{FullKey(key)}' is not a {typeof(T).Name}: its JSON does not fit at '{exception.Path}' "
                + $"(line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}).");
        }
    }

    private static bool IsUnknown(string text) => Signatures.IsUnknown(text);

    private ConfigException Missing(string key) => new(
        $"The required configuration '{FullKey(key)}' is not set for the stack '{_settings.Stack}'. Set it with "
        + $"'pulumi config set {FullKey(key)} VALUE', or with '--secret' in front of VALUE where it is a secret.");

    private sealed class ConfigException(string message) : RunException(message);
}
