namespace CantonInfra.Infra.Components.Data;

/// <summary>A group of Entra that a service knows by its name.</summary>
/// <param name="ObjectId">The group's object id.</param>
/// <param name="Name">Its display name, letter by letter: its members sign in to PostgreSQL as it.</param>
internal sealed record EntraGroup(string ObjectId, string Name);
