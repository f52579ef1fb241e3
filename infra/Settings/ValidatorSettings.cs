using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Ledger;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:ledger.validators[]</c>: one validator (A1, A11).</summary>
/// <param name="Name"><c>.name</c>: its name, also that of its namespace.</param>
/// <param name="PartyHint">
/// <c>.partyHint</c>: the beginning of its party's id, organization-function-number; fixed once it is onboarded; the organization, its
/// name without hyphens, and 1.
/// </param>
/// <param name="NodeIdentifier"><c>.nodeIdentifier</c>: the beginning of its participant's id; the party hint.</param>
/// <param name="ContactPoint">
/// <c>.contactPoint</c>: how operators of other nodes reach those of this one; everybody on the network sees it; none.
/// </param>
/// <param name="Databases">
/// <c>.migrationId</c>: the migration of the network that it takes part in, which since Splice 0.6.2 stays what it is: another number is an
/// empty participant; 0. <c>.oldestMigrationId</c>: the oldest migration
/// whose participant database is kept; 0, so that none is dropped by leaving it out.
/// </param>
/// <param name="Migration">
/// <c>.migrating</c>: whether it starts out of what the migration before handed over, before Splice 0.6.2 only: true for the deployment
/// that raises migrationId, false again afterwards; false.
/// </param>
/// <param name="ParticipantConnections">
/// <c>.participantConnections</c>: the most connections to the database that its participant opens; 50. While the database of an
/// earlier migration is kept, it counts twice.
/// </param>
/// <param name="ValidatorConnections">
/// <c>.validatorConnections</c>: the most connections to the database that its validator app opens; 20.
/// </param>
/// <param name="ParticipantSize">
/// <c>.participantMemoryGi</c>: the most memory of the participant, in gibibytes; half of it is kept for it; 32.
/// <c>.participantCpuMillis</c>: the processor time that is kept for it, in thousandths of a core, 8000 at most; 1000.
/// </param>
/// <param name="ValidatorSize">
/// <c>.validatorMemoryGi</c>: the most memory of the validator app, in gibibytes; half of it is kept for it; 8.
/// <c>.validatorCpuMillis</c>: the processor time that is kept for it, in thousandths of a core, 8000 at most; 1000.
/// </param>
/// <param name="Topup">
/// <c>.topup.targetThroughput</c>: the traffic that it buys by itself, in bytes per second; none, so that somebody buys it by hand.
/// <c>.topup.minTopupInterval</c>: the least time between two purchases, a number with s, m or h; 1m.
/// </param>
/// <param name="Pruning">
/// <c>.pruning.cron</c>: when its participant begins to forget the past, a cron expression with seconds, in UTC; never.
/// <c>.pruning.maxDurationMinutes</c>: for how long at most; 60. <c>.pruning.retentionHours</c>: how much of the past is kept; 720.
/// </param>
/// <param name="Kms"><c>.kms</c>: as canton-infra:ledger.kms, for this validator alone (A16 to A18).</param>
/// <param name="Waas">The wallet-as-a-service that it is registered with; null for none.</param>
/// <param name="Recovery">
/// <c>.recovery.newParticipantIdentifier</c>: the beginning of the id of the new participant that it gets back what it owned with, out of
/// the secret participant-bootstrap-dump; never used before, and left out again after its first start; none.
/// </param>
/// <param name="SecretGeneration">
/// <c>.secretGeneration</c>: the number of the secret of its backend's client; another number makes another secret, of this
/// validator alone; 1. Only where the program manages the identity provider.
/// </param>
/// <param name="IsSelfOnboarding">
/// <c>.selfOnboarding</c>: whether the sponsor takes it without a secret, as on devnet only; false.
/// </param>
/// <param name="OnboardingSecret">
/// <c>canton-infra:onboardingSecret</c>: the one-time secret of the sponsor, encrypted; of further validators
/// <c>canton-infra:onboardingSecret-NAME</c>; none where the validator is onboarded.
/// </param>
internal sealed partial record ValidatorSettings(
    string Name,
    string PartyHint,
    string NodeIdentifier,
    string ContactPoint,
    ValidatorDatabases Databases,
    MigrationState Migration,
    int ParticipantConnections,
    int ValidatorConnections,
    ContainerSize ParticipantSize,
    ContainerSize ValidatorSize,
    TrafficTopup? Topup,
    ParticipantPruning? Pruning,
    KmsSettings Kms,
    WaasSettings? Waas,
    string? Recovery,
    int SecretGeneration,
    bool IsSelfOnboarding,
    Output<string>? OnboardingSecret)
{
    /// <summary>The name of the only validator.</summary>
    public const string DefaultName = "validator";

    private const int MostMigrations = 999;
    private const int MostConnections = 5000;
    private const int DefaultParticipantConnections = 50;
    private const int DefaultValidatorConnections = 20;
    private const int MostMemory = 512;

    // Its namespace lets a container have no more, and the cluster refuses pods that ask for more than they may have.
    private const int MostCpu = TrustZoneNamespace.MostProcessors * 1000;
    private const string OnboardingKey = "onboardingSecret";

    // What AKS fills, or its add-ons would: policies and rules leave these namespaces to it.
    private static readonly ImmutableArray<string> PlatformNamespaces =
        ["app-routing-system", "calico-system", "gatekeeper-system", "tigera-operator"];

    private static readonly ImmutableArray<string> PlatformPrefixes = ["aks-", "kube-"];

    // A validator's listener and certificate have its name, its peers' and its backups' identity have an ending.
    private static readonly ImmutableArray<string> Listeners = [KeycloakRoutes.Listener, KeycloakRoutes.AdminListener];
    private static readonly ImmutableArray<string> Endings = ["-peers", "-backup"];

    /// <summary>The most connections that it opens at a time.</summary>
    public int Connections => (ParticipantConnections * (Databases.Participants.Length > 1 ? 2 : 1)) + ValidatorConnections;

    /// <summary>Whether it is still to be onboarded.</summary>
    public bool IsOnboarding => IsSelfOnboarding || OnboardingSecret is not null;

    /// <summary>Reads one.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="node">The entry; one that is missing is that of the only validator.</param>
    /// <param name="place">What it has in common with others.</param>
    public static ValidatorSettings Read(SettingsReader reader, SettingNode node, ValidatorPlace place)
    {
        var name = ReadName(node, place.TakenNames);
        var suffix = place.IsFirst ? null : name;
        var databases = ReadDatabases(node, suffix);
        var hint = node.Member("partyHint").Text(
            "the beginning of its party's id",
            PartyHintForm(),
            "organization-function-number, such as acme-validator-1",
            HintOf(place.Organization, name));
        var secret = reader.Secret(suffix is null ? OnboardingKey : $"{OnboardingKey}-{name}");
        return new ValidatorSettings(
            name,
            hint,
            node.Member("nodeIdentifier").Text("the beginning of its participant's id", IdentifierForm(), "letters, digits, hyphens and underscores", hint),
            node.Member("contactPoint").Text("how its operators are reached", ""),
            databases,
            ReadMigration(node, databases, place.Release),
            node.Member("participantConnections").Integer(1, MostConnections, DefaultParticipantConnections),
            node.Member("validatorConnections").Integer(1, MostConnections, DefaultValidatorConnections),
            ReadSize(node, "participant", 32),
            ReadSize(node, "validator", 8),
            ReadTopup(node.Member("topup")),
            ReadPruning(node.Member("pruning")),
            KmsSettings.Read(reader, place.Kms, node.Member("kms"), suffix, place.Release),
            WaasSettings.Read(reader, node.Member("waas"), suffix),
            ReadRecovery(node.Member("recovery")),
            node.Member("secretGeneration").Integer(1, CantonServiceSettings.MostGenerations, 1),
            ReadSelfOnboarding(node.Member("selfOnboarding"), place.Environment, secret is not null),
            secret);
    }

    // What is missing was told; here it must not be told again.
    private static string HintOf(string organization, string name) =>
        $"{(OrganizationForm().IsMatch(organization) ? organization : "organization")}"
        + $"-{(name.Length == 0 ? DefaultName : name.Replace("-", "", StringComparison.Ordinal))}-1";

    private static string ReadName(SettingNode node, ImmutableArray<string> takenNames)
    {
        if (node.IsMissing)
        {
            return DefaultName;
        }

        var nameNode = node.Member("name");
        var name = nameNode.Text(
            "the validator's name",
            NameForm(),
            $"the name of a validator: up to {ValidatorDatabases.LongestSuffix} lowercase letters and digits, each part between"
                + " single hyphens with a letter first");
        if (takenNames.Contains(name, StringComparer.Ordinal) || PlatformNamespaces.Contains(name, StringComparer.Ordinal)
            || PlatformPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            nameNode.Refuse($"'{name}' is the name of another namespace; give the validator another name.");
        }
        else if (Listeners.Contains(name, StringComparer.Ordinal) || Endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
        {
            nameNode.Refuse($"'{name}' is what something else is called here: {string.Join(" and ", Listeners)} at the gateway, names with"
                + $" {string.Join(" or ", Endings)} behind what belongs to another validator; give the validator another name.");
        }

        return name;
    }

    private static ValidatorDatabases ReadDatabases(SettingNode node, string? suffix)
    {
        var migrationId = node.Member("migrationId").Integer(0, MostMigrations, 0);
        var oldestNode = node.Member("oldestMigrationId");
        var oldest = oldestNode.Integer(0, MostMigrations, 0);
        if (oldest > migrationId)
        {
            oldestNode.Refuse($"'{oldest}' is more than migrationId, which is {migrationId}.");
        }

        return new ValidatorDatabases(suffix, Math.Min(oldest, migrationId), migrationId);
    }

    private static MigrationState ReadMigration(SettingNode node, ValidatorDatabases databases, SpliceRelease release)
    {
        var migrating = node.Member("migrating");
        var isMigrating = migrating.Boolean(fallback: false);
        if (isMigrating && MigrationState.WhyNotMigrating(databases, release) is { } reason)
        {
            migrating.Refuse($"cannot be true: {reason}");
            isMigrating = false;
        }

        return new MigrationState(databases, isMigrating, release);
    }

    private static ContainerSize ReadSize(SettingNode node, string workload, int memory) => new(
        node.Member($"{workload}CpuMillis").Integer(100, MostCpu, 1000),
        node.Member($"{workload}MemoryGi").Integer(2, MostMemory, memory));

    private static TrafficTopup? ReadTopup(SettingNode node) => node.IsMissing
        ? null
        : new TrafficTopup(
            node.Member("targetThroughput").Integer("the traffic to buy, in bytes per second", 1, int.MaxValue),
            node.Member("minTopupInterval").Text("the least time between two purchases", Interval(), "a number with s, m or h, such as 1m", "1m"));

    private static ParticipantPruning? ReadPruning(SettingNode node) => node.IsMissing
        ? null
        : new ParticipantPruning(
            node.Member("cron").Text("when pruning begins", Cron(), "a cron expression with seconds, such as 0 0 20 * * ?"),
            node.Member("maxDurationMinutes").Integer(1, 24 * 60, 60),
            node.Member("retentionHours").Integer(24, 24 * 3650, 720));

    private static string? ReadRecovery(SettingNode node) => node.IsMissing
        ? null
        : node.Member("newParticipantIdentifier").Text(
            "the beginning of the new participant's id", IdentifierForm(), "letters, digits, hyphens and underscores");

    private static bool ReadSelfOnboarding(SettingNode node, CantonEnvironment environment, bool hasSecret)
    {
        var isSelf = node.Boolean(fallback: false);
        if (isSelf && environment != CantonEnvironment.Devnet)
        {
            node.Refuse("only devnet's sponsors take a validator without a secret; set canton-infra:onboardingSecret.");
        }
        else if (isSelf && hasSecret)
        {
            node.Refuse("is of no use with a secret of the sponsor; leave one of them out.");
        }

        return isSelf;
    }

    // A part that began with a digit could not be told from the number of a migration.
    [GeneratedRegex("^(?=.{1,30}$)[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$")]
    private static partial Regex NameForm();

    /// <summary>The form of the organization in a party hint.</summary>
    [GeneratedRegex("^[a-zA-Z0-9_]{1,40}$")]
    internal static partial Regex OrganizationForm();

    [GeneratedRegex("^[a-zA-Z0-9_]+-[a-zA-Z0-9_]+-[0-9]+$")]
    private static partial Regex PartyHintForm();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex IdentifierForm();

    [GeneratedRegex("^[0-9]+[smh]$")]
    private static partial Regex Interval();

    [GeneratedRegex(@"^([0-9*/,?LW#A-Za-z-]+ ){5,6}[0-9*/,?LW#A-Za-z-]+$")]
    private static partial Regex Cron();
}
