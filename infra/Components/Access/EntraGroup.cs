namespace CantonInfra.Infra.Components.Access;

/// <summary>A group of people in Entra.</summary>
/// <param name="ObjectId">Its object id.</param>
/// <param name="Why">What it has a role for, as reviewers read it beside the assignment.</param>
internal sealed record EntraGroup(string ObjectId, string Why);
