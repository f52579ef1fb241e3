using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Ingress;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Authorization.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="GuardrailInitiative"/> needs.</summary>
internal sealed record GuardrailInitiativeArgs
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The regions.</summary>
    public required ImmutableArray<string> Locations { get; init; }

    /// <summary>What containers may be.</summary>
    public required ContainerLimits Containers { get; init; }

    /// <summary>What Azure does about what is against a group's policies.</summary>
    public required Func<GuardrailGroup, Enforcement> Enforcement { get; init; }

    /// <summary>The names of the resource groups that are not judged: those that AKS fills, and what settings name.</summary>
    public required ImmutableArray<string> ExcludedResourceGroups { get; init; }

    /// <summary>Namespaces of what sets up nodes, besides those of Kubernetes and AKS: its pods need what is refused to all others.</summary>
    public ImmutableArray<string> NodeNamespaces { get; init; } = [];

    /// <summary>Whether a deployment is refused that would take it out of force.</summary>
    public required bool IsProtected { get; init; }
}

/// <summary>Our own initiative: what Azure refuses or reports in a subscription, whoever asks for it (A13).</summary>
/// <remarks>Why there is one beside those that Azure brings along: docs/decisions/0031.</remarks>
internal sealed class GuardrailInitiative : ComponentResource
{
    /// <summary>The name of the initiative and of its assignment.</summary>
    public const string AzureName = "canton-guardrails";

    // Kubernetes' own, and what AKS puts there for its add-ons: their pods are not ours to change.
    private static readonly ImmutableArray<string> SystemNamespaces =
        ["kube-system", "gatekeeper-system", "calico-system", "tigera-operator", "aks-istio-system", "aks-istio-ingress", "aks-istio-egress"];

    private readonly GuardrailInitiativeArgs _args;

    /// <summary>Declares the initiative and puts it in force.</summary>
    public GuardrailInitiative(string name, GuardrailInitiativeArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:GuardrailInitiative", name, options)
    {
        _args = args;
        var initiative = new PolicySetDefinition(
            "initiative",
            new PolicySetDefinitionArgs
            {
                PolicySetDefinitionName = AzureName,
                DisplayName = "Canton guardrails",
                Description = "What holds for everything around a Canton validator.",
                PolicyType = PolicyType.Custom,
                Parameters = Parameters(),
                PolicyDefinitionGroups = Controls().ToArray(),
                PolicyDefinitions = GuardrailTable.All.Select(Reference).ToArray(),
            },
            new CustomResourceOptions { Parent = this });
        var assignment = new PolicyAssignment(
            "assignment",
            new PolicyAssignmentArgs
            {
                PolicyAssignmentName = AzureNameRule.PolicyAssignment.Check(AzureName),
                DisplayName = "Canton guardrails",
                Description = "What holds for everything around a Canton validator.",
                Scope = $"/subscriptions/{args.SubscriptionId}",
                PolicyDefinitionId = initiative.Id,

                // Groups that are audited say so by their effects: with enforcement off, nothing would be reported.
                EnforcementMode = EnforcementMode.Default,
                Parameters = Values(),
                Overrides = Overrides().ToArray(),
                NotScopes = args.ExcludedResourceGroups
                    .Select(group => $"/subscriptions/{args.SubscriptionId}/resourceGroups/{group}")
                    .ToArray(),
                NonComplianceMessages = Messages().ToArray(),
            },
            new CustomResourceOptions { Parent = this, Protect = args.IsProtected });
        AssignmentId = assignment.Id;
        RegisterOutputs();
    }

    /// <summary>The id of the assignment.</summary>
    [Output("assignmentId")]
    public Output<string> AssignmentId { get; private set; }

    // The network's only switched policy has no parameter for its effect.
    private static IEnumerable<GuardrailGroup> GroupsWithParameter => GuardrailTable.SwitchedGroups
        .Where(group => GuardrailTable.All.Any(policy => policy.Group == group && policy is { IsSwitched: true, EffectParameter: not null }));

    private static InputMap<ParameterDefinitionsValueArgs> Parameters()
    {
        var parameters = new InputMap<ParameterDefinitionsValueArgs>
        {
            [GuardrailTable.AllowedLocations] = Parameter(ParameterType.Array, "The regions."),
            [GuardrailTable.AllowedImages] = Parameter(ParameterType.String, "What the names of images must match."),
            [GuardrailTable.CpuLimit] = Parameter(ParameterType.String, "The most processors of a container."),
            [GuardrailTable.MemoryLimit] = Parameter(ParameterType.String, "The most memory of a container."),
            [GuardrailTable.SystemNamespaces] = Parameter(ParameterType.Array, "The namespaces that Kubernetes and AKS fill."),
            [GuardrailTable.GatewayNamespaces] = Parameter(ParameterType.Array, "Those, and the namespaces of gateways."),
        };
        foreach (var group in GroupsWithParameter)
        {
            parameters.Add(group.EffectParameter(), new ParameterDefinitionsValueArgs
            {
                Type = ParameterType.String,
                AllowedValues = new object[] { nameof(PolicyEffect.Audit), nameof(PolicyEffect.Deny), nameof(PolicyEffect.Disabled) },
                Metadata = new ParameterDefinitionsValueMetadataArgs { Description = $"Whether the group {group.Name()} is audited or denied." },
            });
        }

        return parameters;
    }

    private static ParameterDefinitionsValueArgs Parameter(ParameterType type, string description) => new()
    {
        Type = type,
        Metadata = new ParameterDefinitionsValueMetadataArgs { Description = description },
    };

    private static IEnumerable<PolicyDefinitionGroupArgs> Controls() =>
        Groups("MCSB", "Microsoft cloud security benchmark", GuardrailTable.All.SelectMany(policy => policy.Benchmark))
            .Concat(Groups("SOC2", "SOC 2 trust services criteria", GuardrailTable.All.SelectMany(policy => policy.Soc2)));

    private static IEnumerable<PolicyDefinitionGroupArgs> Groups(string prefix, string framework, IEnumerable<string> controls) =>
        controls.Distinct().Order(StringComparer.Ordinal).Select(control => new PolicyDefinitionGroupArgs
        {
            Name = $"{prefix}_{control}",
            DisplayName = control,
            Category = framework,
        });

    private static PolicyDefinitionReferenceArgs Reference(GuardrailPolicy policy)
    {
        var parameters = new InputMap<ParameterValuesValueArgs>();
        foreach (var (parameter, from) in policy.Parameters)
        {
            parameters.Add(parameter, new ParameterValuesValueArgs { Value = $"[parameters('{from}')]" });
        }

        if (policy.EffectParameter is { } effect)
        {
            parameters.Add(effect, new ParameterValuesValueArgs
            {
                Value = policy.IsSwitched ? $"[parameters('{policy.Group.EffectParameter()}')]" : policy.Denied.ToString(),
            });
        }

        return new PolicyDefinitionReferenceArgs
        {
            PolicyDefinitionId = policy.DefinitionId,
            PolicyDefinitionReferenceId = policy.Reference,
            GroupNames = policy.ControlNames.ToArray(),
            Parameters = parameters,
        };
    }

    private static IEnumerable<NonComplianceMessageArgs> Messages() => GuardrailTable.All
        .Select(policy => new NonComplianceMessageArgs { Message = policy.Message, PolicyDefinitionReferenceId = policy.Reference })
        .Prepend(new NonComplianceMessageArgs { Message = "This is against the guardrails of the Canton platform." });

    private ImmutableArray<string> NodeNamespaces => [.. SystemNamespaces.Union(_args.NodeNamespaces, StringComparer.Ordinal)];

    private InputMap<ParameterValuesValueArgs> Values()
    {
        var values = new InputMap<ParameterValuesValueArgs>
        {
            [GuardrailTable.AllowedLocations] = new ParameterValuesValueArgs { Value = _args.Locations },
            [GuardrailTable.AllowedImages] = new ParameterValuesValueArgs { Value = _args.Containers.AllowedImages },
            [GuardrailTable.CpuLimit] = new ParameterValuesValueArgs { Value = _args.Containers.Cpu },
            [GuardrailTable.MemoryLimit] = new ParameterValuesValueArgs { Value = _args.Containers.Memory },
            [GuardrailTable.SystemNamespaces] = new ParameterValuesValueArgs { Value = NodeNamespaces },

            // By a firewall gateways are reached at internal addresses too; without one at an address of their own.
            [GuardrailTable.GatewayNamespaces] = new ParameterValuesValueArgs { Value = NodeNamespaces.Add(EnvoyGateway.NamespaceName) },
        };
        foreach (var group in GroupsWithParameter)
        {
            values.Add(group.EffectParameter(), new ParameterValuesValueArgs { Value = _args.Enforcement(group).ToString() });
        }

        return values;
    }

    private IEnumerable<OverrideArgs> Overrides()
    {
        var audited = GuardrailTable.All
            .Where(policy => policy is { IsSwitched: true, EffectParameter: null } && _args.Enforcement(policy.Group) == Enforcement.Audit)
            .Select(policy => policy.Reference)
            .ToArray();
        return audited.Length == 0 ? [] :
        [
            new OverrideArgs
            {
                Kind = OverrideKind.PolicyEffect,
                Value = nameof(PolicyEffect.Audit),
                Selectors = { new SelectorArgs { Kind = SelectorKind.PolicyDefinitionReferenceId, In = audited } },
            },
        ];
    }
}
