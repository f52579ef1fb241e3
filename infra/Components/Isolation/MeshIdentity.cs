namespace CantonInfra.Infra.Components.Isolation;

/// <summary>What pods are in a mesh.</summary>
/// <param name="Principal">Their identity, as policies have it.</param>
/// <param name="IsServer">
/// Whether what comes to them comes through the mesh, too. What does not only connects by it: gateways are for clients that are in no mesh,
/// and need their addresses.
/// </param>
internal sealed record MeshIdentity(string Principal, bool IsServer);
