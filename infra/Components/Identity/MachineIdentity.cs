using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What a machine signs in as.</summary>
/// <param name="ClientId">The client's id.</param>
/// <param name="Secret">The client's secret, marked as one.</param>
/// <param name="Subject">The <c>sub</c> that its tokens carry: the id of its Canton user (B2).</param>
internal sealed record MachineIdentity(Output<string> ClientId, Output<string> Secret, Output<string> Subject);
