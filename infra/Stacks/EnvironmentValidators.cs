using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>What <see cref="EnvironmentValidators"/> needs.</summary>
internal sealed record EnvironmentValidatorsArgs
{
    /// <summary>The settings.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The resource groups.</summary>
    public required ResourceGroups Groups { get; init; }

    /// <summary>The ledger's server.</summary>
    public required EnvironmentDatabases Databases { get; init; }

    /// <summary>Where clients are.</summary>
    public required IIdentityProvider Identity { get; init; }

    /// <summary>The vault for passwords.</summary>
    public required KeyVault Secrets { get; init; }

    /// <summary>Where what validators are known by is kept.</summary>
    public required IdentitiesStorage Identities { get; init; }

    /// <summary>What is locked.</summary>
    public required EnvironmentLocks Locks { get; init; }

    /// <summary>The issuer of the cluster's tokens.</summary>
    public required Output<string> OidcIssuerUrl { get; init; }

    /// <summary>Who connects to whom.</summary>
    public required EnvironmentConnections Connections { get; init; }

    /// <summary>Makes a namespace for a validator of that name.</summary>
    public required Func<string, TrustZoneNamespace> NamespaceOf { get; init; }

    /// <summary>Makes the vault for validators' own keys; asked once, and only where one has its keys there.</summary>
    public required Func<KeyVault> KeyVaultOfCanton { get; init; }
}

/// <summary>
/// The validators of an environment: each has an account, databases, a namespace, secrets, identities, a node and backups of its own.
/// </summary>
internal sealed class EnvironmentValidators
{
    private const int BackupMinutesApart = 7;

    private readonly EnvironmentValidatorsArgs _args;
    private readonly Lazy<KeyVault> _keys;

    /// <summary>Declares them.</summary>
    public EnvironmentValidators(EnvironmentValidatorsArgs args)
    {
        _args = args;
        _keys = new Lazy<KeyVault>(args.KeyVaultOfCanton);
        var ledger = args.Settings.Ledger;
        ByName = ledger.Validators.Index().ToImmutableSortedDictionary(
            entry => entry.Item.Name, entry => Declare(entry.Item, entry.Index), StringComparer.Ordinal);
        KeyManagement = ledger.Validators.ToImmutableSortedDictionary(
            validator => validator.Name, validator => Describe(validator.Kms), StringComparer.Ordinal);
    }

    /// <summary>The validators by name.</summary>
    public ImmutableSortedDictionary<string, DeclaredValidator> ByName { get; }

    /// <summary>Where each validator has its own keys, and since which decision, as an output of the stack.</summary>
    public ImmutableSortedDictionary<string, string> KeyManagement { get; }

    private static string Describe(KmsSettings kms) => kms.Mode == KmsMode.Off
        ? "off"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{kms.Mode.ToString().ToLowerInvariant()}, {kms.Provider.ToString().ToLowerInvariant()}, decided {kms.DecidedAt:yyyy-MM-dd}");

    private DeclaredValidator Declare(ValidatorSettings validator, int index)
    {
        var settings = _args.Settings;
        var names = validator.Databases;
        var account = _args.Databases.Ledger.AddAccount(names.Account, settings.Data.PasswordGenerations[names.Account]);
        ImmutableArray<Resource> databases = [.. names.All.Select(database => _args.Databases.Ledger.AddDatabase(database, account))];
        var home = _args.NamespaceOf(validator.Name);
        var secrets = new ValidatorSecrets(validator.Name, new ValidatorSecretsArgs
        {
            Namespace = home,
            Vault = _args.Secrets,
            Identity = _args.Identity,
            Addresses = UserInterfaceAddresses.Of(validator.Name, settings.Identity.Host),
            Account = account,
            SecretGeneration = validator.SecretGeneration,
            Suffix = names.Suffix,
            OnboardingSecret = validator.OnboardingSecret,
            KmsCredentials = validator.Kms.Credentials,
            Waas = validator.Waas is { } waas
                ? new WaasRegistration(waas.Provider, waas.ApiUrl, waas.Registration, waas.Credentials)
                : null,
        });
        var keys = validator.Kms.HasVault ? KeysOf(validator) : null;
        var node = new Validator(validator.Name, new ValidatorArgs
        {
            Namespace = home,
            Release = settings.Ledger.Release,
            Participant = ParticipantOf(validator, keys),
            ValidatorApp = ValidatorAppOf(validator, secrets),
            ParticipantIdentity = keys?.Identity,
            After = [.. databases, .. secrets.All, .. keys?.Roles ?? []],
        });
        var backups = settings.Ledger.Backups;
        _ = _args.Locks.Cover(new IdentitiesBackup(validator.Name, new IdentitiesBackupArgs
        {
            Namespace = home,
            Node = node,
            Image = backups.Image,
            Storage = _args.Identities,
            Writer = Identity($"{validator.Name}-backup", validator.Name, IdentitiesBackup.JobName),
            Identity = _args.Identity,
            IntervalInHours = backups.IntervalHours,
            Minute = index * BackupMinutesApart % 60,
        }));
        return new DeclaredValidator(validator, home, secrets, node, _args.Connections.AddValidator(validator, home));
    }

    private ParticipantValues ParticipantOf(ValidatorSettings validator, ValidatorKeys? keys)
    {
        var annotations = ImmutableSortedDictionary<string, string>.Empty.Add("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        var kms = validator.Kms;
        if (kms.Mode != KmsMode.Off)
        {
            // On the plan, so that a rule sees it and a comparison of plans sees a change of it.
            annotations = annotations
                .Add("canton-infra/kms-mode", kms.Mode.ToString().ToLowerInvariant())
                .Add("canton-infra/kms-decided-at", kms.DecidedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
        }

        if (keys is not null)
        {
            labels = labels.Add("azure.workload.identity/use", "true");
        }

        return new ParticipantValues
        {
            ImageRepository = kms.ImageRepository ?? SpliceRelease.ImageRepository,
            ImageDigest = kms.ImageDigest ?? _args.Settings.Ledger.Images.Participant,
            Size = validator.ParticipantSize,
            JwksUrl = _args.Identity.JwksUri,
            TargetAudience = _args.Identity.LedgerApi.Audience,
            Persistence = new ChartPersistence(
                _args.Databases.LedgerHost,
                validator.Migration.ParticipantDatabase,
                "participant",
                validator.Databases.Account,
                validator.ParticipantConnections),
            ServiceAccount = Validator.ParticipantName,
            PodAnnotations = annotations,
            PodLabels = labels,
            Kms = kms.Mode == KmsMode.Off
                ? null
                : new ParticipantKms
                {
                    Provider = kms.Provider,
                    DriverName = kms.DriverName,
                    Configuration = kms.Configuration,
                    Placeholders = keys?.Placeholders,
                },
        };
    }

    private ValidatorValues ValidatorAppOf(ValidatorSettings validator, ValidatorSecrets secrets)
    {
        var ledger = _args.Settings.Ledger;
        return new ValidatorValues
        {
            Release = ledger.Release,
            Images = ledger.Images,
            Size = validator.ValidatorSize,
            ParticipantAddress = Validator.ParticipantName,
            Scan = ledger.Network.Scan,
            Synchronizer = ledger.Network.Synchronizer,
            Sponsor = validator.IsOnboarding ? ledger.Network.SponsorUrl : null,
            HasOnboardingSecret = validator.OnboardingSecret is not null,
            PartyHint = validator.PartyHint,
            NodeIdentifier = validator.NodeIdentifier,
            ContactPoint = validator.ContactPoint,
            WalletUsers = secrets.WalletUsers,
            Migration = validator.Migration,
            Persistence = new ChartPersistence(
                _args.Databases.LedgerHost,
                validator.Databases.Validator,
                "validator",
                validator.Databases.Account,
                validator.ValidatorConnections),
            JwksUrl = _args.Identity.JwksUri,
            Audience = _args.Identity.ValidatorApi.Audience,
            Names = ledger.Names,
            ServiceAccount = Validator.AppService,
            Topup = validator.Topup,
            Pruning = validator.Pruning,
            NewParticipantIdentifier = validator.Recovery,
            PodAnnotations = ImmutableSortedDictionary<string, string>.Empty.Add("cluster-autoscaler.kubernetes.io/safe-to-evict", "false"),
        };
    }

    // Canton's keys in a vault of their own, where nobody but each validator's own pods has a role.
    private ValidatorKeys KeysOf(ValidatorSettings validator)
    {
        var identity = Identity(validator.Name, validator.Name, Validator.ParticipantName);
        var keys = _keys.Value.AddCantonKeys(validator.Name);
        return new ValidatorKeys(
            identity,
            keys.GrantUse(identity),
            Output.Tuple(keys.Uris, identity.ClientId).Apply(known => known.Item1
                .Add("clientId", known.Item2)
                .Add("vaultUri", known.Item1["namespace"].Split("/keys/")[0])));
    }

    private WorkloadIdentity Identity(string purpose, string home, string serviceAccount) => _args.Locks.Cover(new WorkloadIdentity(
        $"{purpose}-identity",
        new WorkloadIdentityArgs
        {
            Azure = _args.Azure,
            ResourceGroupName = _args.Groups.Security,
            Purpose = purpose,
            Issuer = _args.OidcIssuerUrl,
            Namespace = home,
            ServiceAccount = serviceAccount,
        }));

    private sealed record ValidatorKeys(
        WorkloadIdentity Identity, ImmutableArray<Resource> Roles, Output<ImmutableDictionary<string, string>> Placeholders);
}
