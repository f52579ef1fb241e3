using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>The values of <c>splice-participant</c>. What the chart would take and a validator must not have cannot be said here.</summary>
internal sealed record ParticipantValues
{
    /// <summary>The participant's place in its configuration.</summary>
    public const string Node = "canton.participants.participant";

    // Those of the chart, without heap dumps: a participant's memory has its keys. Out of memory it is better restarted.
    private const string JvmOptions =
        "-XX:+UseG1GC -XX:MaxRAMPercentage=75 -XX:InitialRAMPercentage=75 -Dscala.concurrent.context.minThreads=8"
        + " -XX:+ExitOnOutOfMemoryError";

    /// <summary>Where its image is.</summary>
    public string ImageRepository { get; init; } = SpliceRelease.ImageRepository;

    /// <summary>The image's digest; null to go by the tag.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>What it may use.</summary>
    public required ContainerSize Size { get; init; }

    /// <summary>Where the keys are that tokens are checked with.</summary>
    public required Output<string> JwksUrl { get; init; }

    /// <summary>The audience that tokens must have.</summary>
    public required string TargetAudience { get; init; }

    /// <summary>Its database.</summary>
    public required ChartPersistence Persistence { get; init; }

    /// <summary>The service account that it runs as.</summary>
    public required string ServiceAccount { get; init; }

    /// <summary>Labels of its pod.</summary>
    public ImmutableSortedDictionary<string, string> PodLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Annotations of its pod.</summary>
    public ImmutableSortedDictionary<string, string> PodAnnotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What has its keys; null for its database.</summary>
    public ParticipantKms? Kms { get; init; }

    /// <summary>As the chart takes them.</summary>
    public Dictionary<string, object> Render()
    {
        List<object> variables = [Persistence.Variable(Node)];
        var values = new Dictionary<string, object>
        {
            ["imageRepo"] = ImageRepository,
            ["defaultJvmOptions"] = JvmOptions,
            ["enableHealthProbes"] = true,
            ["resources"] = Size.Values,
            ["participantAdminUserNameFrom"] = new Dictionary<string, object>
            {
                ["secretKeyRef"] = ChartSecret.Key(ValidatorSecrets.LedgerApiAuth, "ledger-api-user"),
            },
            ["auth"] = new Dictionary<string, object> { ["jwksUrl"] = JwksUrl, ["targetAudience"] = TargetAudience },
            ["persistence"] = Persistence.Values,
            ["pod"] = new Dictionary<string, object> { ["annotations"] = PodAnnotations, ["labels"] = PodLabels },
            ["metrics"] = new Dictionary<string, object> { ["enable"] = false },
            ["enablePostgresMetrics"] = false,
            ["serviceAccountName"] = ServiceAccount,
            ["additionalEnvVars"] = variables,
        };
        if (ImageDigest is { } digest)
        {
            values["imageDigests"] = new Dictionary<string, object> { ["canton_participant"] = $"@{digest}" };
        }

        if (Kms is { } kms)
        {
            values["kms"] = kms.Values;
            variables.AddRange(kms.Variables);
            if (kms.HasCredentials)
            {
                values["extraVolumes"] = ParticipantKms.Volumes;
                values["extraVolumeMounts"] = ParticipantKms.VolumeMounts;
            }
        }

        return values;
    }
}
