using Pulumi;

namespace CantonInfra.Infra.Components.Network;

/// <summary>Where web clients come in.</summary>
/// <param name="Place">The place of the public gateway.</param>
/// <param name="IpAddress">The address that public names lead to.</param>
/// <param name="Ready">What must be there before the gateway asks for its place.</param>
internal sealed record PublicEntrance(GatewayPlace Place, Output<string> IpAddress, Resource Ready);
