using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>A default of a chart that is wrong here.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="Key">The value's path, as in its values file.</param>
/// <param name="Default">What the chart has.</param>
/// <param name="Ours">What is given instead.</param>
/// <param name="Reason">Why.</param>
internal sealed record ChartOverride(string Chart, string Key, string Default, string Ours, string Reason)
{
    private const string Participant = SpliceRelease.ParticipantChart;
    private const string Validator = SpliceRelease.ValidatorChart;

    /// <summary>All of them; docs/validators.md shows the table.</summary>
    public static ImmutableArray<ChartOverride> All { get; } =
    [
        new(Participant, "participantAdminUserNameFrom.secretKeyRef.name", "splice-app-sv-ledger-api-auth", ValidatorSecrets.LedgerApiAuth,
            "the default is a super validator's secret, which no validator has"),
        new(Participant, "persistence.user", "none", "the validator's own account", "templates that render it would sign in as nobody without; others leave it out, see additionalEnvVars"),
        new(Participant, "persistence.enablePgInitContainer", "true", "false",
            "it signs in to a database 'cantonnet' as 'cnadmin' to create databases; ours exist, and without that one it waits for ever"),
        new(Participant, "enablePostgresMetrics", "unset", "false", "the exporter turns TLS off, and Azure refuses it; the server's own metrics are watched"),
        new(Participant, "metrics.enable", "false", "false",
            "it makes objects of the Prometheus operator, which is not in the cluster; a ServiceMonitor of ours has the metrics"),
        new(Participant, "defaultJvmOptions", "heap dumps to /persistent-data", "no heap dumps", "the memory of a participant holds its private keys"),
        new(Participant, "additionalEnvVars", "none", "the account, sslmode verify-full (verify-ca with a replica), pool size",
            "templates leave persistence.user out, and the image signs in as cnadmin whoever the password is for; the chart has no key for TLS to PostgreSQL, and the sum of pools has to fit the server"),
        new(Participant, "serviceAccountName", "default", "the validator's own", "Azure knows it by its service account, and nothing else may act as it (A20)"),
        new(Validator, "persistence.enablePgInitContainer", "true", "false", "as for the participant"),
        new(Validator, "enablePostgresMetrics", "unset", "false", "as for the participant"),
        new(Validator, "metrics.enable", "false", "false", "as for the participant"),
        new(Validator, "persistence.databaseName", "cantonnet_validator", "the validator's own database", "A11 names the databases"),
        new(Validator, "pvc.volumeStorageClass", "standard-rwo", "managed-csi-premium", "the default is a class of Google's clusters; here the claim would stay pending"),
        new(Validator, "defaultJvmOptions", "heap dumps to /persistent-data", "no heap dumps", "a dump has tokens and what the database has"),
        new(Validator, "additionalEnvVars", "none", "sslmode verify-full (verify-ca with a replica), pool size", "as for the participant"),
        new(Validator, "serviceAccountName", "default", "one without any identity", "only the participant uses keys"),
        new(Validator, "validatorWalletUsers", "none", "every id in quotes of its own", "the chart renders ids bare, and what an id of Auth0 or an e-mail address has is syntax in HOCON"),
    ];
}
