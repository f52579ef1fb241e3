using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ledger;

namespace CantonInfra.Infra.Settings;

/// <summary>What a validator has in common with the others of its environment while its settings are read.</summary>
/// <param name="Environment">The network.</param>
/// <param name="Organization">Whose validators they are.</param>
/// <param name="Release">The release whose charts are deployed.</param>
/// <param name="Kms">Where keys are, if a validator does not say.</param>
/// <param name="TakenNames">Names of namespaces that others have.</param>
/// <param name="IsFirst">Whether it is the first validator, whose databases have no name behind theirs.</param>
internal sealed record ValidatorPlace(
    CantonEnvironment Environment,
    string Organization,
    SpliceRelease Release,
    SettingNode Kms,
    ImmutableArray<string> TakenNames,
    bool IsFirst);
