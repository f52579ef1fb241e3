using System.Globalization;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What <see cref="IdentitiesBackup"/> needs.</summary>
internal sealed record IdentitiesBackupArgs
{
    /// <summary>The validator's namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>The image that takes the backups, with its digest.</summary>
    public required string Image { get; init; }

    /// <summary>The validator.</summary>
    public required Validator Node { get; init; }

    /// <summary>Where they go.</summary>
    public required IdentitiesStorage Storage { get; init; }

    /// <summary>What the job acts as in Azure.</summary>
    public required WorkloadIdentity Writer { get; init; }

    /// <summary>What gives tokens.</summary>
    public required IIdentityProvider Identity { get; init; }

    /// <summary>The hours between two backups; a divisor of 24.</summary>
    public required int IntervalInHours { get; init; }

    /// <summary>The minute of the hour; validators take turns.</summary>
    public required int Minute { get; init; }
}

/// <summary>
/// Keeps what a validator is known by, every few hours (A12). The chart's own <c>participantIdentitiesDumpPeriodicBackup</c> writes to
/// buckets of Google only, with a key in a secret; this is a job of ours that asks the validator app for the same and signs in to Azure
/// by workload identity (docs/decisions/0041).
/// </summary>
internal sealed class IdentitiesBackup : ComponentResource
{
    /// <summary>The job, its service account and the label of its pods.</summary>
    public const string JobName = "identities-backup";

    private const string ScriptFile = "identities-backup.sh";
    private const string WorkFolder = "/work";

    /// <summary>Declares the job.</summary>
    /// <param name="name">The validator's name.</param>
    /// <param name="args">What it needs.</param>
    /// <param name="options">The options.</param>
    public IdentitiesBackup(string name, IdentitiesBackupArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ledger:IdentitiesBackup", $"{name}-identities", options)
    {
        var account = args.Namespace.AddServiceAccount(JobName, args.Writer.ClientId);
        var admission = args.Storage.Account.AddContainer(IdentitiesStorage.ContainerOf(name), args.Writer.Identity);
        var script = new Pulumi.Kubernetes.Core.V1.ConfigMap(
            $"{name}-{JobName}",
            new ConfigMapArgs { Metadata = Metadata(name), Data = { [ScriptFile] = Script() } },
            args.Namespace.Within(this));
        _ = new Pulumi.Kubernetes.Batch.V1.CronJob(
            $"{name}-{JobName}",
            new CronJobArgs
            {
                Metadata = Metadata(name),
                Spec = new CronJobSpecArgs
                {
                    Schedule = string.Create(CultureInfo.InvariantCulture, $"{args.Minute} */{args.IntervalInHours} * * *"),
                    TimeZone = "Etc/UTC",
                    ConcurrencyPolicy = "Forbid",
                    StartingDeadlineSeconds = 600,
                    SuccessfulJobsHistoryLimit = 1,
                    FailedJobsHistoryLimit = 3,
                    JobTemplate = new JobTemplateSpecArgs
                    {
                        Spec = new JobSpecArgs
                        {
                            BackoffLimit = 3,
                            ActiveDeadlineSeconds = 900,
                            Template = new PodTemplateSpecArgs
                            {
                                Metadata = new ObjectMetaArgs { Labels = Labels() },
                                Spec = Pod(name, args),
                            },
                        },
                    },
                },
            },
            args.Namespace.Within(this, script, account, admission, args.Node.Ready));
        RegisterOutputs();
    }

    /// <summary>The script, as the job runs it.</summary>
    public static string Script()
    {
        using var stream = typeof(IdentitiesBackup).Assembly.GetManifestResourceStream(ScriptFile)
            ?? throw new InvalidOperationException($"The assembly has no {ScriptFile}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static ObjectMetaArgs Metadata(string inNamespace) =>
        new() { Name = JobName, Namespace = inNamespace, Labels = new InputMap<string> { ["app"] = JobName } };

    private static InputMap<string> Labels() =>
        new() { ["app"] = JobName, ["azure.workload.identity/use"] = "true" };

    private static PodSpecArgs Pod(string validator, IdentitiesBackupArgs args) => new()
    {
        ServiceAccountName = JobName,
        AutomountServiceAccountToken = false,
        RestartPolicy = "Never",
        SecurityContext = new PodSecurityContextArgs
        {
            RunAsNonRoot = true,
            RunAsUser = 65532,
            RunAsGroup = 65532,
            FsGroup = 65532,
            SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
        },
        Containers =
        {
            new ContainerArgs
            {
                Name = JobName,
                Image = args.Image,
                Command = { "/bin/sh", $"/script/{ScriptFile}" },
                Env =
                {
                    Variable("VALIDATOR_API", args.Node.AppApi),
                    Variable("TOKEN_URL", args.Identity.TokenEndpoint),
                    Variable("TOKEN_SCOPE", args.Identity.ValidatorApi.Scope),
                    Variable("TOKEN_AUDIENCE", args.Identity.TokenRequests.TakesAudience ? args.Identity.ValidatorApi.Audience : ""),
                    Variable("CONTAINER_URL", args.Storage.AddressOf(validator)),
                },
                VolumeMounts =
                {
                    Mount("script", "/script", isReadOnly: true), Mount("client", "/client", isReadOnly: true), Mount("work", WorkFolder),
                },
                Resources = new ResourceRequirementsArgs
                {
                    Requests = { ["cpu"] = "50m", ["memory"] = "64Mi" },
                    Limits = { ["memory"] = "256Mi" },
                },
                SecurityContext = new SecurityContextArgs
                {
                    AllowPrivilegeEscalation = false,
                    ReadOnlyRootFilesystem = true,
                    RunAsNonRoot = true,
                    Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
                },
            },
        },
        Volumes =
        {
            new VolumeArgs { Name = "script", ConfigMap = new ConfigMapVolumeSourceArgs { Name = JobName } },
            new VolumeArgs
            {
                Name = "client",
                Secret = new SecretVolumeSourceArgs
                {
                    SecretName = ValidatorSecrets.LedgerApiAuth,
                    Items =
                    {
                        new KeyToPathArgs { Key = "client-id", Path = "client-id" },
                        new KeyToPathArgs { Key = "client-secret", Path = "client-secret" },
                    },
                },
            },

            // Private keys pass through it, and memory is gone when the pod is.
            new VolumeArgs { Name = "work", EmptyDir = new EmptyDirVolumeSourceArgs { Medium = "Memory", SizeLimit = "64Mi" } },
        },
    };

    private static EnvVarArgs Variable(string name, Input<string> value) => new() { Name = name, Value = value };

    private static VolumeMountArgs Mount(string volume, string path, bool isReadOnly = false) =>
        new() { Name = volume, MountPath = path, ReadOnly = isReadOnly };
}
