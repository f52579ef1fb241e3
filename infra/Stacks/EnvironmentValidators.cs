using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Access;
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
    /// <summary>What the environment stands on.</summary>
    public required EnvironmentFoundation Foundation { get; init; }

    /// <summary>The cluster.</summary>
    public required EnvironmentCluster Cluster { get; init; }

    /// <summary>The databases.</summary>
    public required EnvironmentDatabases Databases { get; init; }

    /// <summary>Where clients are.</summary>
    public required IIdentityProvider Identity { get; init; }

    /// <summary>The vaults.</summary>
    public required EnvironmentVaults Vaults { get; init; }

    /// <summary>Where logs and alerts go.</summary>
    public required EnvironmentObservability Observability { get; init; }

    /// <summary>Who connects to whom.</summary>
    public required EnvironmentConnections Connections { get; init; }
}

/// <summary>
/// The validators of an environment: each has an account, databases, a namespace, secrets, identities, a node and backups of its own.
/// </summary>
internal sealed class EnvironmentValidators
{
    private const int BackupMinutesApart = 7;

    private readonly EnvironmentValidatorsArgs _args;
    private readonly EnvironmentFoundation _base;
    private readonly IdentitiesStorage _identities;
    private readonly Lazy<KeyVault> _keys;

    /// <summary>Declares them.</summary>
    public EnvironmentValidators(EnvironmentValidatorsArgs args)
    {
        _args = args;
        _base = args.Foundation;
        _identities = Identities();

        // Only where a validator has its keys there.
        _keys = new Lazy<KeyVault>(args.Vaults.AddCantonKeys);
        var ledger = _base.Settings.Ledger;
        ByName = ledger.Validators.Index().ToImmutableSortedDictionary(
            entry => entry.Item.Name, entry => Declare(entry.Item, entry.Index), StringComparer.Ordinal);
        KeyManagement = ledger.Validators.ToImmutableSortedDictionary(
            validator => validator.Name, validator => Describe(validator.Kms), StringComparer.Ordinal);
    }

    /// <summary>The validators by name.</summary>
    public ImmutableSortedDictionary<string, DeclaredValidator> ByName { get; }

    /// <summary>Where each validator has its own keys, and since which decision, as an output of the stack.</summary>
    public ImmutableSortedDictionary<string, string> KeyManagement { get; }

    /// <summary>Where each validator's identities are kept, as an output of the stack.</summary>
    public ImmutableDictionary<string, string> IdentitiesBackups =>
        ByName.Keys.ToImmutableDictionary(name => name, _identities.AddressOf);

    private static string Describe(KmsSettings kms) => kms.Mode == KmsMode.Off
        ? "off"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{kms.Mode.ToString().ToLowerInvariant()}, {kms.Provider.ToString().ToLowerInvariant()}, decided {kms.DecidedAt:yyyy-MM-dd}");

    private DeclaredValidator Declare(ValidatorSettings validator, int index)
    {
        var settings = _base.Settings;
        var names = validator.Databases;
        var account = _args.Databases.Ledger.AddAccount(names.Account, settings.Data.PasswordGenerations[names.Account]);
        ImmutableArray<Resource> databases = [.. names.All.Select(database => _args.Databases.Ledger.AddDatabase(database, account))];
        var home = _args.Cluster.AddMember(validator.Name, TrustZone.DataPlane, PodSecurity.Baseline);
        var secrets = new ValidatorSecrets(validator.Name, new ValidatorSecretsArgs
        {
            Namespace = home,
            Vault = _args.Vaults.Secrets,
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
        _ = _base.Locks.Cover(new IdentitiesBackup(validator.Name, new IdentitiesBackupArgs
        {
            Namespace = home,
            Node = node,
            Image = backups.Image,
            Storage = _identities,
            Writer = Identity($"{validator.Name}-backup", validator.Name, IdentitiesBackup.JobName),
            Identity = _args.Identity,
            IntervalInHours = backups.IntervalHours,
            Minute = index * BackupMinutesApart % 60,
        }));
        return new DeclaredValidator(validator, home, secrets, node, _args.Connections.AddValidator(validator, home));
    }

    // What has private keys in it, in an account of its own: nobody who reads logs has business there.
    private IdentitiesStorage Identities()
    {
        var backups = _base.Settings.Ledger.Backups;
        var identities = new IdentitiesStorage("identities-storage", new IdentitiesStorageArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Data,
            IdentityResourceGroupName = _base.Groups.Security,
            Key = _args.Vaults.Keys.AddEncryptionKey("cmk-identities"),
            RetentionInDays = backups.RetentionDays,
            IsAppendOnly = backups.IsAppendOnly,
            IntervalInHours = backups.IntervalHours,
            Validators = [.. _base.Settings.Ledger.Validators.Select(validator => validator.Name)],
        });
        identities.Account.AllowFrom(_base.Network);
        identities.Account.LogTo(_args.Observability.Logs);
        identities.AlertTo(_args.Observability.Alerts);
        _base.Locks.CoverStateful("identities", identities.Account.Id, identities);
        return identities;
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
            ImageDigest = kms.ImageDigest ?? _base.Settings.Ledger.Images.Participant,
            Size = validator.ParticipantSize,
            JwksUrl = _args.Identity.JwksUri,
            TargetAudience = _args.Identity.LedgerApi.Audience,
            Persistence = new ChartPersistence(
                _args.Databases.LedgerHost,
                validator.Migration.ParticipantDatabase,
                "participant",
                validator.Databases.Account,
                validator.ParticipantConnections,
                _base.Settings.Data.SslMode),
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
        var ledger = _base.Settings.Ledger;
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
                validator.ValidatorConnections,
                _base.Settings.Data.SslMode),
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

    private WorkloadIdentity Identity(string purpose, string home, string serviceAccount) => _base.Locks.Cover(new WorkloadIdentity(
        $"{purpose}-identity",
        new WorkloadIdentityArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Security,
            Purpose = purpose,
            Issuer = _args.Cluster.Aks.OidcIssuerUrl,
            Namespace = home,
            ServiceAccount = serviceAccount,
        }));

    private sealed record ValidatorKeys(
        WorkloadIdentity Identity, ImmutableArray<Resource> Roles, Output<ImmutableDictionary<string, string>> Placeholders);
}
