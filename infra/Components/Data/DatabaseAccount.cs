using Pulumi;

namespace CantonInfra.Infra.Components.Data;

/// <summary>An account of a PostgreSQL server: a plain role that can sign in.</summary>
/// <param name="Name">The role's name.</param>
/// <param name="Password">The password, a secret.</param>
/// <param name="Role">The role's resource.</param>
internal sealed record DatabaseAccount(string Name, Output<string> Password, Pulumi.PostgreSql.Role Role);
