using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Authorization.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="RegulatoryStandards"/> needs.</summary>
internal sealed record RegulatoryStandardsArgs
{
    /// <summary>The subscription as an environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group for identities.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>Who assigns the Microsoft cloud security benchmark.</summary>
    public required StandardAssignment Benchmark { get; init; }

    /// <summary>Who assigns SOC 2.</summary>
    public required StandardAssignment Soc2 { get; init; }

    /// <summary>What containers may be; SOC 2 asks for it.</summary>
    public required ContainerLimits Containers { get; init; }
}

/// <summary>The standards that a subscription is held against as Azure brings them along: reported, never denied (A13, A14).</summary>
internal sealed class RegulatoryStandards : ComponentResource
{
    private const string BenchmarkId = "1f3afdf9-d0c9-4c3d-847f-89da613e70a8";
    private const string Soc2Id = "4054785f-702b-4a98-9215-009cbd58b141";

    // The name under which Defender for Cloud assigns the benchmark.
    private const string ExistingBenchmark = "SecurityCenterBuiltIn";
    private const string Soc2Name = "canton-soc2";

    private readonly RegulatoryStandardsArgs _args;

    /// <summary>Declares the assignments.</summary>
    public RegulatoryStandards(string name, RegulatoryStandardsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:RegulatoryStandards", name, options)
    {
        _args = args;
        BenchmarkAssignmentId = args.Benchmark == StandardAssignment.Assigned
            ? Assign("benchmark", "canton-benchmark", "Microsoft cloud security benchmark", BenchmarkId, [])
            : Existing(ExistingBenchmark);
        Soc2AssignmentId = args.Soc2 == StandardAssignment.Assigned
            ? Assign("soc2", Soc2Name, "SOC 2 Type 2", Soc2Id, new InputMap<ParameterValuesValueArgs>
            {
                ["allowedContainerImagesRegex-febd0533-8e55-448f-b837-bd0e06f16469"] = Value(args.Containers.AllowedImages),
                ["cpuLimit-e345eecc-fa47-480f-9e88-67dcc122b164"] = Value(args.Containers.Cpu),
                ["memoryLimit-e345eecc-fa47-480f-9e88-67dcc122b164"] = Value(args.Containers.Memory),
            })
            : Existing(Soc2Name);
        RegisterOutputs();
    }

    /// <summary>The id of the benchmark's assignment.</summary>
    [Output("benchmarkAssignmentId")]
    public Output<string> BenchmarkAssignmentId { get; private set; }

    /// <summary>The id of SOC 2's assignment.</summary>
    [Output("soc2AssignmentId")]
    public Output<string> Soc2AssignmentId { get; private set; }

    private static ParameterValuesValueArgs Value(string value) => new() { Value = value };

    private Output<string> Existing(string assignment) => Output.Create(
        $"/subscriptions/{_args.Azure.SubscriptionId}/providers/Microsoft.Authorization/policyAssignments/{assignment}");

    private Output<string> Assign(
        string name, string azureName, string standard, string id, InputMap<ParameterValuesValueArgs> parameters)
    {
        // Standards hold definitions that deploy, so Azure asks for an identity; without a role it reports and changes nothing.
        var identity = new ManagedIdentity($"{name}-identity", name, _args.Azure, _args.ResourceGroupName, this);
        return new PolicyAssignment(
            name,
            new PolicyAssignmentArgs
            {
                PolicyAssignmentName = AzureNameRule.PolicyAssignment.Check(azureName),
                DisplayName = $"Canton: {standard}",
                Description = $"The subscription is held against {standard}.",
                Scope = $"/subscriptions/{_args.Azure.SubscriptionId}",
                PolicyDefinitionId = $"/providers/Microsoft.Authorization/policySetDefinitions/{id}",
                EnforcementMode = EnforcementMode.Default,
                Location = _args.Azure.Location,
                Identity = new IdentityArgs { Type = ResourceIdentityType.UserAssigned, UserAssignedIdentities = { identity.Id } },
                Parameters = parameters,
                NonComplianceMessages = { new NonComplianceMessageArgs { Message = $"This is against {standard}." } },
            },
            new CustomResourceOptions { Parent = this }).Id;
    }
}
