using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Services;

/// <summary>What stops a service whose user lacks a right that it needs (B7).</summary>
/// <param name="Image">An image that has the command line of this project, with its digest.</param>
/// <param name="LedgerApiUrl">The address of the participant's JSON Ledger API in the cluster.</param>
/// <param name="Party">The operator's party or its hint; null where no right needs it.</param>
/// <param name="Extras">What services get beyond the table of rights.</param>
internal sealed record RightsCheck(string Image, Uri LedgerApiUrl, string? Party, ImmutableArray<string> Extras);
