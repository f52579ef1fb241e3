using System.Collections.Immutable;
using CantonInfra.Protocol.Grpc;

namespace CantonInfra.ProviderSdk;

/// <summary>An operation did not happen, and the reason is for people.</summary>
/// <param name="message">What, where, why and what to do.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class ProviderException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The status that the engine gets. 'Unknown', 'internal' and 'data loss' would leave the operation pending.</summary>
    public StatusCode Code { get; init; } = StatusCode.FailedPrecondition;
}

/// <summary>
/// An operation happened in part. The engine keeps the state, shows the reasons, and tries again with the next update.
/// </summary>
/// <param name="state">What there is now.</param>
/// <param name="reason">What, where, why and what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class PartialResourceException(ResourceState state, string reason, Exception? innerException = null)
    : Exception(reason, innerException)
{
    /// <summary>What there is now.</summary>
    public ResourceState State => state;
}

/// <summary>Settings are missing that the provider cannot do without.</summary>
/// <param name="keys">The settings and what they mean.</param>
public sealed class MissingSettingsException(ImmutableArray<(string Name, string Meaning)> keys)
    : Exception($"Missing settings: {string.Join(", ", keys.Select(key => key.Name))}.")
{
    /// <summary>The settings and what they mean.</summary>
    public ImmutableArray<(string Name, string Meaning)> Keys => keys;
}
