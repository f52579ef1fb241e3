using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Network;

/// <summary>Traffic that a subnet lets out to the internet, where it otherwise lets none out.</summary>
/// <param name="Name">A short name, unique in the subnet.</param>
/// <param name="To">Where it goes: a service tag.</param>
/// <param name="Ports">The ports that it goes to.</param>
/// <param name="Why">What it is for.</param>
internal sealed record OutboundFlow(string Name, string To, ImmutableArray<string> Ports, string Why);
