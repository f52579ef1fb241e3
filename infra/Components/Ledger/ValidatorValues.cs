using System.Collections.Immutable;
using System.Globalization;
using Pulumi;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>The values of <c>splice-validator</c>. What the chart would take and a validator must not have cannot be said here.</summary>
internal sealed record ValidatorValues
{
    /// <summary>The validator app's place in its configuration.</summary>
    public const string Node = "canton.validator-apps.validator_backend";

    /// <summary>The claim that keeps what a migration hands over.</summary>
    public const string MigrationClaim = "domain-migration-validator-pvc";

    /// <summary>The secret with a backup of its identities, made by hand (docs/runbooks/restore-database.md).</summary>
    public const string RecoverySecret = "participant-bootstrap-dump";

    /// <summary>A class of AKS: encrypted with the cluster's disk encryption set, bound where the pod is.</summary>
    public const string StorageClass = "managed-csi-premium";

    private const string JvmOptions =
        "-XX:+UseG1GC -XX:MaxRAMPercentage=75 -XX:InitialRAMPercentage=75 -Dscala.concurrent.context.numThreads=8"
        + " -XX:ActiveProcessorCount=8 -XX:+ExitOnOutOfMemoryError";

    /// <summary>The release whose charts take the values.</summary>
    public required SpliceRelease Release { get; init; }

    /// <summary>The images' digests.</summary>
    public required ChartImages Images { get; init; }

    /// <summary>What the validator app may use.</summary>
    public required ContainerSize Size { get; init; }

    /// <summary>The host name of the participant's service.</summary>
    public required string ParticipantAddress { get; init; }

    /// <summary>Which scans it reads from.</summary>
    public required ScanClient Scan { get; init; }

    /// <summary>Which sequencers it connects to.</summary>
    public required SynchronizerConnection Synchronizer { get; init; }

    /// <summary>The sponsor; null where the validator is onboarded.</summary>
    public Uri? Sponsor { get; init; }

    /// <summary>Whether the sponsor asks for a secret; devnet's onboard without.</summary>
    public bool HasOnboardingSecret { get; init; }

    /// <summary>The beginning of its party's id.</summary>
    public required string PartyHint { get; init; }

    /// <summary>The beginning of its participant's id.</summary>
    public required string NodeIdentifier { get; init; }

    /// <summary>How operators of other nodes reach those of this one; public; empty for not at all.</summary>
    public required string ContactPoint { get; init; }

    /// <summary>The ids of the users of its own wallet.</summary>
    public required Output<ImmutableArray<string>> WalletUsers { get; init; }

    /// <summary>Where it is in the network's migrations.</summary>
    public required MigrationState Migration { get; init; }

    /// <summary>Its database.</summary>
    public required ChartPersistence Persistence { get; init; }

    /// <summary>Where the keys are that tokens are checked with.</summary>
    public required Output<string> JwksUrl { get; init; }

    /// <summary>The audience that tokens must have.</summary>
    public required string Audience { get; init; }

    /// <summary>What user interfaces call things.</summary>
    public required InstanceNames Names { get; init; }

    /// <summary>The service account that its pods run as.</summary>
    public required string ServiceAccount { get; init; }

    /// <summary>How it buys traffic; null where somebody does it by hand.</summary>
    public TrafficTopup? Topup { get; init; }

    /// <summary>When its participant forgets the past; null for never.</summary>
    public ParticipantPruning? Pruning { get; init; }

    /// <summary>
    /// The beginning of the id of the new participant that it gets back what it owned with, out of <see cref="RecoverySecret"/>; null where
    /// it goes on as it is.
    /// </summary>
    public string? NewParticipantIdentifier { get; init; }

    /// <summary>Annotations of its pods.</summary>
    public ImmutableSortedDictionary<string, string> PodAnnotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>As the chart takes them.</summary>
    /// <exception cref="InvalidOperationException">The release's charts have no such way to connect.</exception>
    public Dictionary<string, object> Render()
    {
        var values = new Dictionary<string, object>
        {
            ["imageRepo"] = SpliceRelease.ImageRepository,
            ["defaultJvmOptions"] = JvmOptions,
            ["resources"] = Size.Values,
            ["participantAddress"] = ParticipantAddress,
            ["validatorPartyHint"] = PartyHint,
            ["nodeIdentifier"] = NodeIdentifier,
            ["contactPoint"] = ContactPoint,
            ["validatorWalletUsers"] = WalletUsers.Apply(users => users.Select(Hocon.Quote).ToImmutableArray()),
            ["enableWallet"] = true,
            ["failOnAppVersionMismatch"] = true,
            ["migration"] = new Dictionary<string, object>
            {
                ["id"] = Migration.Id,
                ["migrating"] = Migration.IsMigrating,

                // The dump's volume is in one zone, and so is whatever has it.
                ["attachPvc"] = Release.HasMigrations,
            },
            ["pvc"] = new Dictionary<string, object> { ["volumeName"] = MigrationClaim, ["volumeStorageClass"] = StorageClass },
            ["persistence"] = Persistence.Values,
            ["auth"] = new Dictionary<string, object> { ["audience"] = Audience, ["jwksUrl"] = JwksUrl },
            ["spliceInstanceNames"] = new Dictionary<string, object>
            {
                ["networkName"] = Names.NetworkName,
                ["networkFaviconUrl"] = Names.NetworkFaviconUrl,
                ["amuletName"] = Names.AmuletName,
                ["amuletNameAcronym"] = Names.AmuletNameAcronym,
                ["nameServiceName"] = Names.NameServiceName,
                ["nameServiceNameAcronym"] = Names.NameServiceNameAcronym,
            },
            ["pod"] = new Dictionary<string, object>
            {
                ["annotations"] = PodAnnotations,
                ["labels"] = ImmutableSortedDictionary<string, string>.Empty,
            },
            ["metrics"] = new Dictionary<string, object> { ["enable"] = false },
            ["enablePostgresMetrics"] = false,
            ["serviceAccountName"] = ServiceAccount,
            ["additionalEnvVars"] = new List<object> { Persistence.Variable(Node) },
        };
        AddImages(values);
        AddScan(values);
        AddSynchronizer(values);
        AddOnboarding(values);
        if (Topup is { } topup)
        {
            values["topup"] = new Dictionary<string, object>
            {
                ["enabled"] = true,
                ["targetThroughput"] = topup.TargetThroughput,
                ["minTopupInterval"] = topup.MinTopupInterval,
            };
        }

        if (Pruning is { } pruning)
        {
            values["participantPruningSchedule"] = new Dictionary<string, object>
            {
                ["cron"] = pruning.Cron,
                ["maxDuration"] = string.Create(CultureInfo.InvariantCulture, $"{pruning.MaxDurationMinutes}m"),
                ["retention"] = string.Create(CultureInfo.InvariantCulture, $"{pruning.RetentionHours}h"),
            };
        }

        if (NewParticipantIdentifier is { } identifier)
        {
            values["migrateValidatorParty"] = true;
            values["participantIdentitiesDumpImport"] = new Dictionary<string, object>
            {
                ["secretName"] = RecoverySecret,
                ["newParticipantIdentifier"] = identifier,
            };
        }

        return values;
    }

    private void AddImages(Dictionary<string, object> values)
    {
        var digests = new Dictionary<string, object>();
        foreach (var (image, digest) in new[]
        {
            ("validator_app", Images.ValidatorApp), ("wallet_web_ui", Images.WalletWebUi), ("ans_web_ui", Images.AnsWebUi),
        })
        {
            if (digest is not null)
            {
                digests[image] = $"@{digest}";
            }
        }

        if (digests.Count > 0)
        {
            values["imageDigests"] = digests;
        }
    }

    // The schema refuses scanAddress beside scanClient, and asks for it where there is none.
    private void AddScan(Dictionary<string, object> values)
    {
        if (Release.HasScanClient)
        {
            values["scanClient"] = Scan switch
            {
                ScanClient.TrustSingle single => new Dictionary<string, object>
                {
                    ["scanType"] = "trust-single",
                    ["scanAddress"] = Address(single.Url),
                },
                ScanClient.BftCustom custom => new Dictionary<string, object>
                {
                    ["scanType"] = "bft-custom",
                    ["seedUrls"] = custom.SeedUrls.Select(Address).ToImmutableArray(),
                    ["svNames"] = custom.SvNames,
                    ["threshold"] = custom.Threshold,
                },
                ScanClient.Bft bft => new Dictionary<string, object>
                {
                    ["scanType"] = "bft",
                    ["seedUrls"] = bft.SeedUrls.Select(Address).ToImmutableArray(),
                },
                _ => throw new InvalidOperationException($"The charts have no way to read from scans such as {Scan.GetType().Name}."),
            };
            return;
        }

        values["scanAddress"] = Scan switch
        {
            ScanClient.TrustSingle single => Address(single.Url),
            ScanClient.Bft { SeedUrls: [var seed] } => Address(seed),
            _ => throw Unknown("named or several scans"),
        };
        if (Scan is ScanClient.TrustSingle)
        {
            values["nonSvValidatorTrustSingleScan"] = true;
        }
    }

    private void AddSynchronizer(Dictionary<string, object> values)
    {
        if (Release.HasScanClient)
        {
            values["synchronizer"] = Synchronizer switch
            {
                SynchronizerConnection.TrustSingle single => new Dictionary<string, object>
                {
                    ["connectionType"] = "trust-single",
                    ["url"] = Address(single.Url),
                },
                SynchronizerConnection.BftCustom custom => new Dictionary<string, object>
                {
                    ["connectionType"] = "bft-custom",
                    ["svNames"] = custom.SvNames,
                    ["threshold"] = custom.Threshold,
                },
                _ => new Dictionary<string, object> { ["connectionType"] = "bft" },
            };
            return;
        }

        values["useSequencerConnectionsFromScan"] = Synchronizer is not SynchronizerConnection.TrustSingle;
        switch (Synchronizer)
        {
            case SynchronizerConnection.TrustSingle single:
                values["decentralizedSynchronizerUrl"] = Address(single.Url);
                break;
            case SynchronizerConnection.BftCustom:
                throw Unknown("named sequencers");
        }
    }

    private void AddOnboarding(Dictionary<string, object> values)
    {
        if (Sponsor is null)
        {
            return;
        }

        values["svSponsorAddress"] = Address(Sponsor);
        if (HasOnboardingSecret)
        {
            values["onboardingSecretFrom"] = new Dictionary<string, object>
            {
                ["secretKeyRef"] = ChartSecret.Key(ValidatorSecrets.Onboarding, "secret"),
            };
        }
    }

    private InvalidOperationException Unknown(string what) => new($"The charts of Splice {Release.Version} have no {what}.");

    private static string Address(Uri address) => address.AbsoluteUri.TrimEnd('/');
}
