using System.Collections.Concurrent;
using CantonInfra.Protocol;

namespace CantonInfra.PolicySdk;

/// <summary>
/// A resource's type token in the form that rules compare: without the versions of Azure's APIs (<see cref="TypeToken"/>).
/// </summary>
public sealed record ResourceType
{
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

    /// <summary>The token without the versions of Azure's APIs.</summary>
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

        var type = new ResourceType(token, TypeToken.Canonical(token));
        if (Known.Count < MostKnown)
        {
            Known.TryAdd(token, type);
        }

        return type;
    }

    /// <summary>The canonical token.</summary>
    public override string ToString() => Canonical;
}
