using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What a validator's user interfaces sign in with.</summary>
/// <param name="WalletClientId">The client of the wallet.</param>
/// <param name="NameServiceClientId">The client of the name service.</param>
/// <param name="WalletUsers">The <c>sub</c> of everyone who uses the validator's own wallet.</param>
/// <param name="FirstPassword">The first password of the wallet's user; null where the program makes no user.</param>
internal sealed record UserInterfaceLogins(
    Output<string> WalletClientId,
    Output<string> NameServiceClientId,
    ImmutableArray<Output<string>> WalletUsers,
    Output<string>? FirstPassword);
