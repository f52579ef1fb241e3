using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>A machine that needs a client.</summary>
/// <param name="Name">Its name, also the logical one; the client's id where the provider lets one choose.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Parent">The component that uses it.</param>
/// <param name="SecretGeneration">Another number is another secret.</param>
/// <param name="UsesValidatorApi">Whether it calls the validator's API besides the ledger's.</param>
internal sealed record MachineRequest(
    string Name, string Description, Resource Parent, int SecretGeneration = 1, bool UsesValidatorApi = false);
