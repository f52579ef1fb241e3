using CantonInfra.Infra.Components.Data;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>Where Keycloak keeps its data.</summary>
/// <param name="Server">The server.</param>
/// <param name="Host">The host name for clients: with replicas the one that follows failovers.</param>
/// <param name="Account">Keycloak's account.</param>
internal sealed record KeycloakDatabase(PostgreSqlServer Server, Output<string> Host, DatabaseAccount Account);
