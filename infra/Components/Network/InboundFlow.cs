using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Network;

/// <summary>Traffic that a subnet admits.</summary>
/// <param name="Name">A short name, unique in the subnet.</param>
/// <param name="From">Where it comes from: networks, or one service tag.</param>
/// <param name="Ports">The ports that it goes to; <c>*</c> for all.</param>
/// <param name="Why">What it is for.</param>
/// <param name="IsTcpOnly">Whether other protocols than TCP stay out.</param>
internal sealed record InboundFlow(
    string Name, ImmutableArray<string> From, ImmutableArray<string> Ports, string Why, bool IsTcpOnly = true);
