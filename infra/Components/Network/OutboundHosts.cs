using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Network;

/// <summary>Hosts that are reached from within the network.</summary>
/// <param name="Name">A short name, unique in the network.</param>
/// <param name="From">Where the traffic comes from: networks.</param>
/// <param name="Hosts">The host names; <c>*.</c> in front stands for all below.</param>
/// <param name="Why">What it is for.</param>
/// <param name="IsPlain">Whether they are also reached by HTTP without TLS, as repositories of signed packages are.</param>
internal sealed record OutboundHosts(
    string Name, ImmutableArray<string> From, ImmutableArray<string> Hosts, string Why, bool IsPlain = false);
