using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>The clients that a customer made in a provider of its own.</summary>
/// <param name="Machines">The clients of machines by the machine's name.</param>
/// <param name="UserInterfaces">The clients of user interfaces by the validator's name.</param>
internal sealed record PreconfiguredClients(
    ImmutableSortedDictionary<string, MachineIdentity> Machines,
    ImmutableSortedDictionary<string, UserInterfaceLogins> UserInterfaces);
