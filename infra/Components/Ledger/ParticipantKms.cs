using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>How a participant reaches its keys outside, <c>kms</c> of its chart (A17, A18).</summary>
internal sealed record ParticipantKms
{
    /// <summary>The secret with credentials for another cloud.</summary>
    public const string CredentialsSecret = "kms-credentials";

    /// <summary>The only value in it, a file as that cloud's library reads it.</summary>
    public const string CredentialsKey = "content";

    private const string Volume = "kms-credentials";
    private const string MountPath = "/kms-credentials";

    /// <summary>What they are reached by.</summary>
    public required KmsProvider Provider { get; init; }

    /// <summary>The name that the driver is known by in Canton; null where there is none.</summary>
    public string? DriverName { get; init; }

    /// <summary>What it takes, by names as Canton's configuration has them.</summary>
    public required ImmutableSortedDictionary<string, string> Configuration { get; init; }

    /// <summary>What stands for what in the configuration: the keys' URIs, the vault.</summary>
    public Output<ImmutableDictionary<string, string>>? Placeholders { get; init; }

    /// <summary>Whether it signs in to another cloud, with a file of credentials.</summary>
    public bool HasCredentials => Provider is KmsProvider.Aws or KmsProvider.Gcp;

    /// <summary>The volume with the credentials.</summary>
    public static ImmutableArray<object> Volumes =>
    [
        new Dictionary<string, object>
        {
            ["name"] = Volume,
            ["secret"] = new Dictionary<string, object> { ["secretName"] = CredentialsSecret },
        },
    ];

    /// <summary>Where it is mounted.</summary>
    public static ImmutableArray<object> VolumeMounts =>
        [new Dictionary<string, object> { ["name"] = Volume, ["mountPath"] = MountPath, ["readOnly"] = true }];

    /// <summary>As the chart takes it. It writes scalars bare, so texts have quotes of their own.</summary>
    public Dictionary<string, object> Values
    {
        get
        {
            var configuration = Configuration.ToDictionary(entry => entry.Key, entry => Filled(entry.Value));
            if (Provider != KmsProvider.Driver)
            {
                configuration["type"] = Hocon.Quote(Provider == KmsProvider.Aws ? "aws" : "gcp");
                return configuration;
            }

            return new Dictionary<string, object>
            {
                ["type"] = Hocon.Quote("driver"),
                ["name"] = Hocon.Quote(DriverName ?? throw new InvalidOperationException("A driver has a name.")),
                ["config"] = configuration,
            };
        }
    }

    /// <summary>Environment variables by which libraries of other clouds find the credentials.</summary>
    public ImmutableArray<object> Variables => Provider switch
    {
        KmsProvider.Aws => [Variable("AWS_SHARED_CREDENTIALS_FILE")],
        KmsProvider.Gcp => [Variable("GOOGLE_APPLICATION_CREDENTIALS")],
        _ => [],
    };

    private object Filled(string text) => Placeholders is { } placeholders && text.Contains("${", StringComparison.Ordinal)
        ? placeholders.Apply(known => Hocon.Quote(known.Aggregate(
            text, (filled, entry) => filled.Replace($"${{{entry.Key}}}", entry.Value, StringComparison.Ordinal))))
        : Hocon.Quote(text);

    private static Dictionary<string, object> Variable(string name) =>
        new() { ["name"] = name, ["value"] = $"{MountPath}/{CredentialsKey}" };
}
