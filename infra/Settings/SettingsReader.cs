using System.Collections.Immutable;
using System.Net;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>Reads a stack's settings one by one and keeps every mistake, so that all are told at once.</summary>
internal sealed class SettingsReader
{
    private readonly List<string> _errors = [];

    /// <summary>The mistakes so far.</summary>
    public ImmutableArray<string> Errors => [.. _errors];

    /// <summary>A required text.</summary>
    /// <param name="key">The full key, <c>namespace:name</c>.</param>
    /// <param name="meaning">What it is, for the message where it is missing.</param>
    /// <returns>The text; empty where it is missing.</returns>
    public string Text(string key, string meaning)
    {
        var text = Raw(key);
        if (string.IsNullOrWhiteSpace(text))
        {
            _errors.Add($"{key}: missing; it must give {meaning}.");
            return "";
        }

        return text;
    }

    /// <summary>A required text out of a few.</summary>
    /// <returns>What the text stands for; the default of the type where it is missing or none of them.</returns>
    public T OneOf<T>(string key, string meaning, ImmutableSortedDictionary<string, T> allowed)
    {
        var text = Text(key, meaning);
        if (text.Length == 0 || allowed.TryGetValue(text, out _))
        {
            return text.Length == 0 ? default! : allowed[text];
        }

        _errors.Add($"{key}: '{text}' is not one of: {string.Join(", ", allowed.Keys)}.");
        return default!;
    }

    /// <summary>A required GUID.</summary>
    public string Guid(string key, string meaning)
    {
        var text = Text(key, meaning);
        if (text.Length > 0 && !System.Guid.TryParseExact(text, "D", out _))
        {
            _errors.Add($"{key}: '{text}' is not a GUID of the form 00000000-0000-0000-0000-000000000000.");
        }

        return text;
    }

    /// <summary>A required IPv4 network.</summary>
    /// <param name="key">The full key.</param>
    /// <param name="meaning">What it is.</param>
    /// <param name="smallest">The longest prefix that is large enough.</param>
    public string Network(string key, string meaning, int smallest)
    {
        var text = Text(key, meaning);
        if (text.Length == 0)
        {
            return "";
        }

        if (!IPNetwork.TryParse(text, out var network) || network.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
        {
            _errors.Add($"{key}: '{text}' is not an IPv4 network whose address is its first one, such as 10.40.0.0/20.");
        }
        else if (network.PrefixLength > smallest)
        {
            _errors.Add($"{key}: '{text}' is too small; the prefix must be /{smallest} or shorter.");
        }

        return text;
    }

    private static string? Raw(string key)
    {
        var split = key.IndexOf(':', StringComparison.Ordinal);
        return new Config(key[..split]).Get(key[(split + 1)..]);
    }
}
