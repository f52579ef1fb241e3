using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components.Ledger;

/// <summary>What the charts of Splice are given, held against what is known of their schemas and templates.</summary>
public sealed class ChartValuesTests
{
    private static readonly SpliceRelease Older = SpliceRelease.Find("0.5.7")!;
    private static readonly SpliceRelease Newest = SpliceRelease.Find("0.6.11")!;

    private static readonly Uri Scan = new("https://scan.example.com");

    // required in values.schema.json of the two charts
    [Fact]
    public void Nothing_that_a_schema_requires_is_missing()
    {
        Assert.Superset(
            new HashSet<string> { "auth", "defaultJvmOptions", "imageRepo", "participantAdminUserNameFrom", "persistence" },
            Participant().Render().Keys.ToHashSet(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>
            {
                "defaultJvmOptions", "enableWallet", "imageRepo", "migration", "nodeIdentifier", "persistence", "scanClient",
                "spliceInstanceNames", "validatorPartyHint", "validatorWalletUsers",
            },
            App().Render().Keys.ToHashSet(StringComparer.Ordinal));
    }

    // Newer charts refuse a value that their schema does not name (unevaluatedProperties).
    [Fact]
    public void Nothing_is_said_that_the_schema_of_the_validator_s_chart_does_not_name()
    {
        var all = App() with
        {
            Sponsor = new Uri("https://sv.example.com"),
            HasOnboardingSecret = true,
            Images = new ChartImages("p", "a", "b", "c"),
            Topup = new TrafficTopup(20000, "1m"),
            Pruning = new ParticipantPruning("0 0 20 * * ?", 60, 720),
            NewParticipantIdentifier = "acme-2",
        };

        Assert.Subset(
            new HashSet<string>
            {
                "additionalConfig", "additionalEnvVars", "additionalJvmOptions", "additionalUsers", "affinity", "ansWebUi", "apiRequestLogLevel",
                "appDars", "appLabels", "auth", "autoAcceptTransfers", "automountServiceAccountToken", "cluster", "contactPoint", "db",
                "decentralizedSynchronizerUrl", "deduplicationDuration", "defaultJvmOptions", "disableAllocateLedgerApiUserParty", "disableAuth",
                "disableIngestUpdateHistoryFromParticipantBegin", "enablePostgresMetrics", "enableReloader", "enableWallet", "extraDomains",
                "extraInitContainers", "failOnAppVersionMismatch", "fixedTokens", "imageDigests", "imageName", "imagePullPolicy", "imageRepo",
                "livenessProbeInitialDelaySeconds", "logAsyncFlush", "logLevel", "logLevelStdout", "maxVettingDelay", "metrics",
                "migrateValidatorParty", "migration", "nodeIdentifier", "nodeSelector", "nonSvValidatorTrustSingleScan", "onboardingSecretFrom",
                "participantAddress", "participantIdentitiesDumpImport", "participantIdentitiesDumpPeriodicBackup", "participantPruningSchedule",
                "persistence", "persistentDataPvc", "pod", "priorityClassName", "pvc", "resources", "scanAddress", "scanClient",
                "securityContexts", "service", "serviceAccountName", "spliceInstanceNames", "svSponsorAddress", "svValidator", "synchronizer",
                "tolerations", "topup", "txLogBackfilling", "uiPollInterval", "useSequencerConnectionsFromScan", "validatorPartyHint",
                "validatorWalletUser", "validatorWalletUsers", "validatorWebUi", "wallet", "walletSweep",
            },
            all.Render().Keys.ToHashSet(StringComparer.Ordinal));
    }

    // Each of these would fail on the schema, or turn security off.
    [Theory]
    [InlineData("disableAuth")]
    [InlineData("fixedTokens")]
    [InlineData("validatorWalletUser")]
    [InlineData("svValidator")]
    public void What_a_validator_must_not_have_cannot_be_said(string key)
    {
        Assert.DoesNotContain(key, Participant().Render().Keys);
        Assert.DoesNotContain(key, App().Render().Keys);
    }

    [Fact]
    public void Every_default_that_is_overridden_is_overridden()
    {
        foreach (var each in ChartOverride.All)
        {
            var values = each.Chart == SpliceRelease.ParticipantChart ? Participant().Render() : App().Render();
            var found = At(values, each.Key);
            Assert.True(found is not null, $"{each.Chart}: {each.Key}");
            if (each.Ours is "true" or "false")
            {
                Assert.Equal(each.Ours, found.ToString()!.ToLowerInvariant());
            }
        }
    }

    [Fact]
    public void Heap_dumps_with_keys_in_them_are_off()
    {
        Assert.DoesNotContain("HeapDump", (string)Participant().Render()["defaultJvmOptions"], StringComparison.Ordinal);
        Assert.DoesNotContain("HeapDump", (string)App().Render()["defaultJvmOptions"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canton.participants.participant.storage", true)]
    [InlineData("canton.validator-apps.validator_backend.storage", false)]
    public void Databases_are_reached_with_the_server_s_name_checked(string node, bool isParticipant)
    {
        var variables = (List<object>)(isParticipant ? Participant().Render() : App().Render())["additionalEnvVars"];
        var variable = (Dictionary<string, object>)variables[0];

        Assert.StartsWith("ADDITIONAL_CONFIG_", (string)variable["name"], StringComparison.Ordinal);
        var text = (string)variable["value"];
        Assert.StartsWith(node + " {", text, StringComparison.Ordinal);
        Assert.Contains("sslmode = \"verify-full\"", text, StringComparison.Ordinal);
        Assert.Contains("max-connections = 50", text, StringComparison.Ordinal);
    }

    // A11. The participant's template hands on host, database, schema and password, and no name: without it every participant is 'cnadmin'.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Databases_are_signed_in_to_as_their_own_account(bool isParticipant)
    {
        var own = new ChartPersistence(Output.Create("server"), "a", "b", "cnadmin_custody", 50, "verify-full");
        var values = isParticipant ? (Participant() with { Persistence = own }).Render() : (App() with { Persistence = own }).Render();
        var variable = (Dictionary<string, object>)((List<object>)values["additionalEnvVars"])[0];

        Assert.Matches("config\\.properties \\{\\s+user = \"cnadmin_custody\"\n", (string)variable["value"]);
    }

    [Fact]
    public async Task Ids_of_wallet_users_have_quotes_of_their_own()
    {
        ImmutableArray<string> users = [];
        await CloudMocks.RunAsync(() => ((Output<ImmutableArray<string>>)(App() with
        {
            WalletUsers = Output.Create(ImmutableArray.Create("auth0|0a", "me@example.com")),
        }).Render()["validatorWalletUsers"]).Apply(known => users = known));

        Assert.Equal(["\"auth0|0a\"", "\"me@example.com\""], users.AsEnumerable());
    }

    [Fact]
    public void One_scan_and_all_scans_are_said_in_the_words_of_older_releases_where_they_have_no_others()
    {
        var all = (App() with { Release = Older }).Render();
        Assert.Equal("https://scan.example.com", all["scanAddress"]);
        Assert.DoesNotContain("scanClient", all.Keys);
        Assert.DoesNotContain("nonSvValidatorTrustSingleScan", all.Keys);
        Assert.Equal(true, all["useSequencerConnectionsFromScan"]);
        Assert.DoesNotContain("synchronizer", all.Keys);

        var one = (App() with
        {
            Release = Older,
            Scan = new ScanClient.TrustSingle(Scan),
            Synchronizer = new SynchronizerConnection.TrustSingle(new Uri("https://sequencer.example.com")),
        }).Render();
        Assert.Equal(true, one["nonSvValidatorTrustSingleScan"]);
        Assert.Equal(false, one["useSequencerConnectionsFromScan"]);
        Assert.Equal("https://sequencer.example.com", one["decentralizedSynchronizerUrl"]);
    }

    [Fact]
    public void Named_super_validators_are_for_newer_releases()
    {
        var values = App() with
        {
            Scan = new ScanClient.BftCustom([Scan], ["SV-1", "SV-2"], 2),
            Synchronizer = new SynchronizerConnection.BftCustom(["SV-1", "SV-2"], 1),
        };

        var rendered = values.Render();
        Assert.Equal("bft-custom", At(rendered, "scanClient.scanType"));
        Assert.Equal(2, At(rendered, "scanClient.threshold"));
        Assert.Equal("SV-1,SV-2", string.Join(',', (ImmutableArray<string>)At(rendered, "scanClient.svNames")!));
        Assert.Equal("bft-custom", At(rendered, "synchronizer.connectionType"));
        Assert.Throws<InvalidOperationException>(() => (values with { Release = Older }).Render());
        Assert.Throws<InvalidOperationException>(() => (App() with { Release = Older, Synchronizer = values.Synchronizer }).Render());
    }

    // The schema of newer releases refuses both together.
    [Fact]
    public void Scans_are_said_in_one_way_only()
    {
        ScanClient[] scans = [new ScanClient.Bft([Scan]), new ScanClient.Bft([Scan, Scan]), new ScanClient.BftCustom([Scan], ["SV-1"], 1), new ScanClient.TrustSingle(Scan)];
        SynchronizerConnection[] synchronizers =
            [new SynchronizerConnection.Bft(), new SynchronizerConnection.BftCustom(["SV-1"], 1), new SynchronizerConnection.TrustSingle(Scan)];
        foreach (var release in SpliceRelease.All.Where(release => release.HasScanClient))
        {
            foreach (var rendered in scans.Select(scan => (App() with { Release = release, Scan = scan }).Render())
                .Concat(synchronizers.Select(synchronizer => (App() with { Release = release, Synchronizer = synchronizer }).Render())))
            {
                Assert.Contains("scanClient", rendered.Keys);
                Assert.Contains("synchronizer", rendered.Keys);
                Assert.Empty(rendered.Keys.Intersect(
                    ["scanAddress", "nonSvValidatorTrustSingleScan", "useSequencerConnectionsFromScan", "decentralizedSynchronizerUrl"]));
            }
        }

        Assert.Equal("https://scan.example.com", At((App() with { Scan = scans[^1] }).Render(), "scanClient.scanAddress"));
        Assert.Equal("https://scan.example.com", At((App() with { Synchronizer = synchronizers[^1] }).Render(), "synchronizer.url"));
    }

    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, true, false)]
    [InlineData(false, false, false, false)]
    public void Sponsors_are_named_while_there_is_something_to_ask(bool hasSponsor, bool hasSecret, bool address, bool reference)
    {
        var rendered = (App() with { Sponsor = hasSponsor ? new Uri("https://sv.example.com") : null, HasOnboardingSecret = hasSecret }).Render();

        Assert.Equal(address, rendered.ContainsKey("svSponsorAddress"));
        Assert.Equal(reference, rendered.ContainsKey("onboardingSecretFrom"));
    }

    [Fact]
    public void Migrations_and_databases_go_together()
    {
        var next = new ValidatorDatabases(null, 0, 1);
        var state = new MigrationState(next, isMigrating: true, Older);

        Assert.Equal((1, true, "participant_1"), (state.Id, state.IsMigrating, state.ParticipantDatabase));
        Assert.Throws<ArgumentException>(() => new MigrationState(new ValidatorDatabases(null, 0, 0), isMigrating: true, Older));
        Assert.Throws<ArgumentException>(() => new MigrationState(new ValidatorDatabases(null, 1, 1), isMigrating: true, Older));
        Assert.Contains("networks upgrade in place", Assert.Throws<ArgumentException>(() => new MigrationState(next, isMigrating: true, Newest)).Message, StringComparison.Ordinal);
        Assert.Equal((true, false), (At((App() with { Release = Older }).Render(), "migration.attachPvc"), At(App().Render(), "migration.attachPvc")));
        Assert.False(new MigrationState(new ValidatorDatabases(null, 1, 1), isMigrating: false, Newest).IsMigrating);
    }

    [Fact]
    public void Digests_are_behind_the_tag()
    {
        var app = (App() with { Images = new ChartImages("p", "sha256:a", null, "sha256:c") }).Render();

        Assert.Equal("@sha256:p", At((Participant() with { ImageDigest = "sha256:p" }).Render(), "imageDigests.canton_participant"));
        Assert.Equal("@sha256:a", At(app, "imageDigests.validator_app"));
        Assert.Null(At(app, "imageDigests.wallet_web_ui"));
        Assert.Equal("@sha256:c", At(app, "imageDigests.ans_web_ui"));
        Assert.DoesNotContain("imageDigests", App().Render().Keys);
    }

    [Fact]
    public void Half_of_the_memory_is_kept_and_the_processor_is_not_bounded()
    {
        var size = new ContainerSize(1500, 9).Values;

        Assert.Equal("9Gi", At(size, "limits.memory"));
        Assert.Null(At(size, "limits.cpu"));
        Assert.Equal(("1500m", "4608Mi"), (At(size, "requests.cpu"), At(size, "requests.memory")));
    }

    [Fact]
    public void Both_charts_of_every_release_have_a_contract_with_the_names_that_are_used()
    {
        foreach (var release in SpliceRelease.All)
        {
            var node = release.ParticipantIn("a");
            var apps = release.AppIn("a");
            Assert.Contains(node.Services, service => service.Name == Validator.ParticipantName);
            Assert.Equal(5003, apps.ServicePort(Validator.AppService, "val-http"));
            Assert.Equal((5001, 7575), (node.ServicePort(Validator.ParticipantName, "lg-api"), node.ServicePort(Validator.ParticipantName, "json-api")));
            Assert.All(node.Workloads.Concat(apps.Workloads), workload => Assert.Equal(ChartSecurity.None, workload.Security));
            Assert.Equal("app=participant", string.Join(',', node.Workload("participant").PodLabels.Select(label => $"{label.Key}={label.Value}")));
        }
    }

    [Fact]
    public async Task Keys_outside_are_configured_in_quotes_and_with_what_the_deployment_knows()
    {
        var uri = "";
        var kms = new ParticipantKms
        {
            Provider = KmsProvider.Driver,
            DriverName = "azure-key-vault",
            Configuration = ImmutableSortedDictionary<string, string>.Empty.Add("vault-url", "${vaultUri}").Add("retries", "3"),
            Placeholders = Output.Create(ImmutableDictionary<string, string>.Empty.Add("vaultUri", "https://vault")),
        };
        await CloudMocks.RunAsync(() => ((Output<string>)At(kms.Values, "config.vault-url")!).Apply(known => uri = known));

        Assert.Equal("\"driver\"", kms.Values["type"]);
        Assert.Equal("\"azure-key-vault\"", kms.Values["name"]);
        Assert.Equal("\"3\"", At(kms.Values, "config.retries"));
        Assert.Equal("\"https://vault\"", uri);
        Assert.False(kms.HasCredentials);
        Assert.Same(kms, (Participant() with { Kms = kms }).Kms);
        Assert.Contains("kms", (Participant() with { Kms = kms }).Render().Keys);
        Assert.DoesNotContain("extraVolumes", (Participant() with { Kms = kms }).Render().Keys);
    }

    [Theory]
    [InlineData("Aws", "\"aws\"", "AWS_SHARED_CREDENTIALS_FILE")]
    [InlineData("Gcp", "\"gcp\"", "GOOGLE_APPLICATION_CREDENTIALS")]
    public void Other_clouds_get_a_file_of_credentials(string provider, string type, string variable)
    {
        var values = (Participant() with
        {
            Kms = new ParticipantKms
            {
                Provider = Enum.Parse<KmsProvider>(provider),
                Configuration = ImmutableSortedDictionary<string, string>.Empty.Add("region", "eu-west-1"),
            },
        }).Render();

        Assert.Equal(type, At(values, "kms.type"));
        Assert.Equal("\"eu-west-1\"", At(values, "kms.region"));
        Assert.Contains((List<object>)values["additionalEnvVars"], each => (string)((Dictionary<string, object>)each)["name"] == variable);
        Assert.Contains("extraVolumes", values.Keys);
        Assert.Contains("extraVolumeMounts", values.Keys);
    }

    // A17: the table, cell by cell.
    [Theory]
    [InlineData("Off", "Driver", "0.5.7", true)]
    [InlineData("Off", "Aws", "0.6.11", true)]
    [InlineData("External", "Driver", "0.5.7", true)]
    [InlineData("External", "Driver", "0.6.11", true)]
    [InlineData("External", "Aws", "0.5.7", false)]
    [InlineData("External", "Gcp", "0.5.7", false)]
    [InlineData("External", "Aws", "0.6.11", true)]
    [InlineData("External", "Gcp", "0.6.3", true)]
    [InlineData("Envelope", "Driver", "0.6.11", false)]
    [InlineData("Envelope", "Aws", "0.6.11", false)]
    [InlineData("Envelope", "Gcp", "0.5.7", false)]
    public void Keys_are_kept_as_the_charts_can(string mode, string provider, string version, bool works)
    {
        var reason = KmsSupport.WhyNot(Enum.Parse<KmsMode>(mode), Enum.Parse<KmsProvider>(provider), SpliceRelease.Find(version)!);

        Assert.Equal(works, reason is null);
        Assert.True(works || reason!.Contains(version, StringComparison.Ordinal));
    }

    private static object? At(Dictionary<string, object> values, string path) =>
        path.Split('.').Aggregate((object?)values, (value, part) => (value as Dictionary<string, object>)?.GetValueOrDefault(part));

    private static ChartPersistence Database(string name) => new(Output.Create("server"), name, name, "cnadmin", 50, "verify-full");

    private static ParticipantValues Participant() => new()
    {
        Size = new ContainerSize(1000, 32),
        JwksUrl = Output.Create("https://auth/keys"),
        TargetAudience = "https://ledger-api",
        Persistence = Database("participant"),
        ServiceAccount = Validator.ParticipantName,
    };

    private static ValidatorValues App() => new()
    {
        Release = Newest,
        Images = ChartImages.ByTag,
        Size = new ContainerSize(1000, 8),
        ParticipantAddress = Validator.ParticipantName,
        Scan = new ScanClient.Bft([Scan]),
        Synchronizer = new SynchronizerConnection.Bft(),
        PartyHint = "acme-validator-1",
        NodeIdentifier = "acme-validator-1",
        ContactPoint = "",
        WalletUsers = Output.Create(ImmutableArray<string>.Empty),
        Migration = new MigrationState(new ValidatorDatabases(null, 0, 0), isMigrating: false, Newest),
        Persistence = Database("validator"),
        JwksUrl = Output.Create("https://auth/keys"),
        Audience = "https://validator-api",
        Names = InstanceNames.Canton,
        ServiceAccount = Validator.AppService,
    };
}
