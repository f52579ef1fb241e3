namespace CantonInfra.Infra.Components.Ledger;

/// <summary>When a participant forgets the past, <c>participantPruningSchedule</c> of the validator's chart.</summary>
/// <param name="Cron">When it begins, a cron expression with seconds, in UTC.</param>
/// <param name="MaxDurationMinutes">For how long at most, in minutes.</param>
/// <param name="RetentionHours">How much of the past is kept, in hours.</param>
internal sealed record ParticipantPruning(string Cron, int MaxDurationMinutes, int RetentionHours);
