using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace CantonInfra.PolicySdk;

/// <summary>
/// A resource's type token in the form that rules compare: dates of Azure API versions are no part of it, so
/// <c>azure-native:network/v20230501:Subnet</c> and the same type of a package generated for one API version
/// (<c>azure-native_network_v20230501:network:Subnet</c>) are both <c>azure-native:network:Subnet</c>.
/// </summary>
public sealed partial record ResourceType
{
    private const string AzureNative = "azure-native";

    // A program has few types and many resources. The bound is for whoever makes up types.
    private const int MostKnown = 4096;

    private static readonly ConcurrentDictionary<string, ResourceType> Known = new(StringComparer.Ordinal);

    private ResourceType(string token, string canonical)
    {
        Token = token;
        Canonical = canonical;
    }

    /// <summary>The token as it was given.</summary>
    public string Token { get; }

    /// <summary>The token without API versions.</summary>
    public string Canonical { get; }

    /// <summary>The last part: <c>Subnet</c>.</summary>
    public string Name => Canonical[(Canonical.LastIndexOf(':') + 1)..];

    /// <summary>The type of that token.</summary>
    public static ResourceType Parse(string token)
    {
        if (Known.TryGetValue(token, out var known))
        {
            return known;
        }

        var isAzure = token.Contains(AzureNative, StringComparison.Ordinal);
        var type = new ResourceType(token, isAzure ? ApiVersion().Replace(token, "") : token);
        if (Known.Count < MostKnown)
        {
            Known.TryAdd(token, type);
        }

        return type;
    }

    /// <summary>The canonical token.</summary>
    public override string ToString() => Canonical;

    [GeneratedRegex("(?<=^azure-native)_[^:]+(?=:)|(?<=^pulumi:providers:azure-native)_.+$|/v[0-9]{8}[a-z0-9]*(?=:)")]
    private static partial Regex ApiVersion();
}
