using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Ledger;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:ledger.validators[]</c>: one validator (A11).</summary>
/// <param name="Name"><c>.name</c>: its name, also that of its namespace.</param>
/// <param name="Databases">
/// <c>.migrationId</c>: the migration of the network that it takes part in; 0. <c>.oldestMigrationId</c>: the oldest migration
/// whose participant database is kept; 0, so that none is dropped by leaving it out.
/// </param>
/// <param name="ParticipantConnections">
/// <c>.participantConnections</c>: the most connections to the database that its participant opens; 50. While the database of an
/// earlier migration is kept, it counts twice.
/// </param>
/// <param name="ValidatorConnections">
/// <c>.validatorConnections</c>: the most connections to the database that its validator app opens; 20.
/// </param>
/// <param name="KeyStorage">
/// <c>.kms.mode</c>: where its own keys are: off for its database, external for a vault of their own; decided before its first
/// start and never after (A16, A17); what <c>canton-infra:ledger.kms.mode</c> says, off.
/// </param>
/// <param name="SecretGeneration">
/// <c>.secretGeneration</c>: the number of the secret of its backend's client; another number makes another secret, of this
/// validator alone; 1. Only where the program manages the identity provider.
/// </param>
/// <param name="OnboardingSecret">
/// <c>canton-infra:onboardingSecret</c>: the one-time secret of the sponsor, encrypted; of further validators
/// <c>canton-infra:onboardingSecret-NAME</c>; none where the validator is onboarded.
/// </param>
internal sealed partial record ValidatorSettings(
    string Name,
    ValidatorDatabases Databases,
    int ParticipantConnections,
    int ValidatorConnections,
    KeyStorage KeyStorage,
    int SecretGeneration,
    Output<string>? OnboardingSecret)
{
    /// <summary>The name of the only validator.</summary>
    public const string DefaultName = "validator";

    private const int MostMigrations = 999;
    private const int MostConnections = 5000;
    private const int DefaultParticipantConnections = 50;
    private const int DefaultValidatorConnections = 20;
    private const string OnboardingKey = "onboardingSecret";

    /// <summary>The most connections that it opens at a time.</summary>
    public int Connections => (ParticipantConnections * (Databases.Participants.Length > 1 ? 2 : 1)) + ValidatorConnections;

    /// <summary>The validator of an environment that says nothing about validators.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="keyStorage">Where its own keys are.</param>
    public static ValidatorSettings ReadDefault(SettingsReader reader, KeyStorage keyStorage) => new(
        DefaultName,
        new ValidatorDatabases(Suffix: null, OldestMigrationId: 0, MigrationId: 0),
        DefaultParticipantConnections,
        DefaultValidatorConnections,
        keyStorage,
        SecretGeneration: 1,
        reader.Secret(OnboardingKey));

    /// <summary>Reads one.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="node">The entry.</param>
    /// <param name="isFirst">Whether it is the first one.</param>
    /// <param name="keyStorage">Where its own keys are, if it does not say.</param>
    /// <param name="takenNames">Names of namespaces that others have.</param>
    public static ValidatorSettings Read(
        SettingsReader reader, SettingNode node, bool isFirst, KeyStorage keyStorage, ImmutableArray<string> takenNames)
    {
        var nameNode = node.Member("name");
        var name = nameNode.Text(
            "the validator's name",
            NameForm(),
            $"the name of a validator: up to {ValidatorDatabases.LongestSuffix} lowercase letters and digits, each part between"
                + " single hyphens with a letter first");
        if (takenNames.Contains(name, StringComparer.Ordinal) || name.StartsWith("kube-", StringComparison.Ordinal))
        {
            nameNode.Refuse($"'{name}' is the name of another namespace; give the validator another name.");
        }

        var migrationId = node.Member("migrationId").Integer(0, MostMigrations, 0);
        var oldestNode = node.Member("oldestMigrationId");
        var oldest = oldestNode.Integer(0, MostMigrations, 0);
        if (oldest > migrationId)
        {
            oldestNode.Refuse($"'{oldest}' is more than migrationId, which is {migrationId}.");
        }

        return new ValidatorSettings(
            name,
            new ValidatorDatabases(isFirst ? null : name, Math.Min(oldest, migrationId), migrationId),
            node.Member("participantConnections").Integer(1, MostConnections, DefaultParticipantConnections),
            node.Member("validatorConnections").Integer(1, MostConnections, DefaultValidatorConnections),
            KeyStorages.Read(node, keyStorage),
            node.Member("secretGeneration").Integer(1, CantonServiceSettings.MostGenerations, 1),
            reader.Secret(isFirst ? OnboardingKey : $"{OnboardingKey}-{name}"));
    }

    // A part that began with a digit could not be told from the number of a migration.
    [GeneratedRegex("^(?=.{1,30}$)[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$")]
    private static partial Regex NameForm();
}
