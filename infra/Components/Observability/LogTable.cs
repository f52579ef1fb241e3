namespace CantonInfra.Infra.Components.Observability;

/// <summary>A table of a workspace that this platform fills.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsAudit">Whether it tells who did what, and is kept for auditors.</param>
internal sealed record LogTable(string Name, bool IsAudit = false);
