using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What <see cref="Validator"/> needs.</summary>
internal sealed record ValidatorArgs
{
    /// <summary>The validator's namespace, which is called as it is.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>The release of Splice.</summary>
    public required SpliceRelease Release { get; init; }

    /// <summary>The values of the participant's chart.</summary>
    public required ParticipantValues Participant { get; init; }

    /// <summary>The values of the validator's chart.</summary>
    public required ValidatorValues ValidatorApp { get; init; }

    /// <summary>What the participant acts as in Azure; null where it needs nothing there.</summary>
    public WorkloadIdentity? ParticipantIdentity { get; init; }

    /// <summary>What its pods wait for: secrets, databases, roles.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}

/// <summary>A validator (A1): the participant, the validator app and its user interfaces, by the official charts.</summary>
internal sealed class Validator : ComponentResource
{
    /// <summary>The release, the deployment, the service and the service account of the participant.</summary>
    public const string ParticipantName = "participant";

    /// <summary>The release of the validator app and its user interfaces.</summary>
    public const string ValidatorRelease = "validator";

    /// <summary>The deployment, the service and the service account of the validator app.</summary>
    public const string AppService = "validator-app";

    // A participant replays what it missed before it is ready.
    private const int TimeoutInSeconds = 1800;
    private const int KeptRevisions = 5;

    private readonly string _name;
    private readonly ValidatorArgs _args;

    /// <summary>Declares the validator.</summary>
    /// <param name="name">The validator's name, also its namespace's.</param>
    /// <param name="args">What it needs.</param>
    /// <param name="options">The options.</param>
    public Validator(string name, ValidatorArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ledger:Validator", $"{name}-node", options)
    {
        _name = name;
        _args = args;
        var participantAccount = args.Namespace.AddServiceAccount(ParticipantName, args.ParticipantIdentity?.ClientId);
        var appAccount = args.Namespace.AddServiceAccount(AppService);
        var participant = Release(
            ParticipantName,
            SpliceRelease.ParticipantChart,
            (args.Participant with { PodAnnotations = args.Participant.PodAnnotations.AddRange(args.Namespace.PodAnnotations) }).Render(),
            [.. args.After, participantAccount]);
        Ready = Release(
            ValidatorRelease,
            SpliceRelease.ValidatorChart,
            (args.ValidatorApp with { PodAnnotations = args.ValidatorApp.PodAnnotations.AddRange(args.Namespace.PodAnnotations) }).Render(),
            [.. args.After, appAccount, participant]);
        _ = new Pulumi.Kubernetes.Policy.V1.PodDisruptionBudget(
            $"{name}-node",
            new PodDisruptionBudgetArgs
            {
                Metadata = new ObjectMetaArgs { Name = "node", Namespace = name },
                Spec = new PodDisruptionBudgetSpecArgs
                {
                    // Each runs once, as the charts have it: a budget that kept one would keep nodes from ever being upgraded. This one
                    // takes participant and validator app from their nodes one after the other, and never one while the other is away.
                    MaxUnavailable = 1,
                    UnhealthyPodEvictionPolicy = "AlwaysAllow",
                    Selector = new LabelSelectorArgs
                    {
                        MatchExpressions =
                        {
                            new LabelSelectorRequirementArgs
                            {
                                Key = "app",
                                Operator = "In",
                                Values = { ParticipantName, AppService },
                            },
                        },
                    },
                },
            },
            args.Namespace.Within(this));
        _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-metrics",
            new ServiceMonitorArgs
            {
                Metadata = args.Namespace.Metadata("node"),
                Spec = ServiceMonitorSpecArgs.Of("app", [ParticipantName, AppService], "metrics"),
            },
            args.Namespace.Within(this));
        RegisterOutputs();
    }

    /// <summary>The address of the validator app's API within its namespace.</summary>
    public string AppApi => string.Create(
        CultureInfo.InvariantCulture,
        $"http://{AppService}:{_args.Release.AppIn(_name).ServicePort(AppService, "val-http")}/api/validator");

    /// <summary>The last of its releases: whoever asks the validator app for something waits for it.</summary>
    public Resource Ready { get; }

    private Pulumi.Kubernetes.Helm.V3.Release Release(
        string release, string chart, Dictionary<string, object> values, ImmutableArray<Resource> after) => new(
        $"{_name}-{release}",
        new ReleaseArgs
        {
            Name = release,
            Namespace = _name,
            Chart = SpliceRelease.AddressOf(chart),
            Version = _args.Release.Version,
            Values = values,
            CreateNamespace = false,
            Timeout = TimeoutInSeconds,
            MaxHistory = KeptRevisions,

            // To go back by itself would start older software on a database that newer one has changed.
            Atomic = false,
            CleanupOnFail = false,
        },
        _args.Namespace.Within(this, [.. after]));
}
