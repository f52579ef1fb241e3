namespace CantonInfra.Infra.Components.Access;

/// <summary>Who has which role of Azure where, and why.</summary>
/// <param name="Duty">Who.</param>
/// <param name="Place">Where.</param>
/// <param name="Role">The role.</param>
/// <param name="Why">What it is for.</param>
internal sealed record AccessRow(Duty Duty, AccessPlace Place, AzureRole Role, string Why);
