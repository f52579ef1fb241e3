using System.Collections;
using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Governance;

// A13
public sealed class GuardrailTests
{
    private const string Initiative = "azure-native:authorization:PolicySetDefinition";
    private const string Assignment = "azure-native:authorization:PolicyAssignment";

    // What Azure refuses: an effect that the definition does not list fails the whole assignment.
    [Fact]
    public void Every_effect_is_one_that_the_definition_takes() => Assert.All(GuardrailTable.All, policy =>
    {
        if (policy.EffectParameter is null)
        {
            // A fixed effect needs no parameter, and an override may lower it to an audit.
            Assert.Equal([policy.Denied], policy.Effects.AsEnumerable());
            return;
        }

        Assert.Contains(policy.Audited, policy.Effects);
        Assert.Contains(policy.Denied, policy.Effects);
    });

    [Fact]
    public void Policies_that_only_report_never_deny() => Assert.All(
        GuardrailTable.All.Where(policy => !policy.Effects.Contains(PolicyEffect.Deny)),
        policy => Assert.True(policy.Denied is PolicyEffect.Audit or PolicyEffect.AuditIfNotExists, policy.Reference));

    [Fact]
    public void No_policy_stands_twice_and_all_serve_controls_of_both_frameworks()
    {
        Assert.Distinct(GuardrailTable.All.Select(policy => policy.Id));
        Assert.Distinct(GuardrailTable.All.Select(policy => policy.Reference));
        Assert.All(GuardrailTable.All, policy =>
        {
            Assert.True(Guid.TryParseExact(policy.Id, "D", out _), policy.Reference);
            Assert.NotEmpty(policy.Benchmark);
            Assert.NotEmpty(policy.Soc2);
        });
    }

    // Requirement A13 by name: public addresses blocked, disk encryption mandatory, allowed locations on resource groups.
    [Theory]
    [InlineData("83a86a26-fd1f-447c-b59d-e51f44264114")]
    [InlineData("7d7be79c-23ba-4033-84dd-45e2a5ccdd67")]
    [InlineData("fc4d8e41-e223-45ea-9bf5-eada37891d87")]
    [InlineData("12c74c95-0efd-48da-b8d9-2a7d68470c92")]
    [InlineData("e765b5de-1225-4ba3-bd56-1ac6695af988")]
    public void What_the_requirement_names_is_denied(string id) =>
        Assert.Equal(PolicyEffect.Deny, GuardrailTable.All.Single(policy => policy.Id == id).Denied);

    [Fact]
    public async Task The_initiative_has_all_policies_with_their_effects_and_controls()
    {
        var initiative = (await RunAsync(_ => Enforcement.Deny)).Inputs(Initiative);

        Assert.Equal("canton-guardrails", initiative.At("policySetDefinitionName"));
        Assert.Equal("Custom", initiative.At("policyType"));
        var cluster = Definition(initiative, "aks-private-cluster");
        Assert.Equal("/providers/Microsoft.Authorization/policyDefinitions/040732e8-d947-40b8-95d6-854c95024bf8", cluster.At("policyDefinitionId"));
        Assert.Equal("[parameters('kubernetesEffect')]", cluster.At("parameters.effect.value"));
        Assert.Equal(["MCSB_NS-2", "SOC2_CC6.6"], cluster.Texts("groupNames").AsEnumerable());
        Assert.Equal("Deny", Definition(initiative, "keyvault-purge-protection").At("parameters.effect.value"));
        Assert.Equal("AuditIfNotExists", Definition(initiative, "postgresql-pgaudit").At("parameters.effect.value"));
        Assert.Equal("Audit", Definition(initiative, "keyvault-private-link").At("parameters.audit_effect.value"));
        Assert.Null(Definition(initiative, "no-public-ip-on-interfaces").At("parameters.effect"));
        Assert.Equal("[parameters('allowedLocations')]", Definition(initiative, "allowed-locations-groups").At("parameters.listOfAllowedLocations.value"));
        Assert.Equal("[parameters('cpuLimit')]", Definition(initiative, "container-limits").At("parameters.cpuLimit.value"));
        Assert.Equal("[parameters('excludedNamespaces')]", Definition(initiative, "container-limits").At("parameters.excludedNamespaces.value"));
    }

    [Fact]
    public async Task Every_parameter_and_control_that_a_policy_names_is_declared_and_has_a_value()
    {
        var mocks = await RunAsync(_ => Enforcement.Audit);
        var initiative = mocks.Inputs(Initiative);
        var declared = Keys(initiative, "parameters");

        Assert.Equal(declared, Keys(mocks.Inputs(Assignment), "parameters"));
        var groups = Items(initiative, "policyDefinitionGroups").Select(group => (string)group.At("name")!).ToHashSet(StringComparer.Ordinal);
        foreach (var definition in Items(initiative, "policyDefinitions"))
        {
            Assert.Subset(groups, definition.Texts("groupNames").ToHashSet(StringComparer.Ordinal));
            foreach (var parameter in Keys(definition, "parameters"))
            {
                var value = (string)((IDictionary<string, object>)((IDictionary<string, object>)definition.At("parameters")!)[parameter])["value"];
                if (value.StartsWith('['))
                {
                    Assert.Contains(value["[parameters('".Length..^"')]".Length], declared);
                }
            }
        }
    }

    [Fact]
    public async Task It_is_enforced_with_messages_and_without_the_groups_that_AKS_fills()
    {
        var assignment = (await RunAsync(_ => Enforcement.Deny)).Inputs(Assignment);

        Assert.Equal($"/subscriptions/{Scenery.Subscription}", assignment.At("scope"));
        Assert.Equal("Default", assignment.At("enforcementMode"));
        Assert.Equal($"/subscriptions/{Scenery.Subscription}/resourceGroups/rg-nodes", Assert.Single(assignment.Texts("notScopes")));
        Assert.Equal(["centralus"], assignment.Texts("parameters.allowedLocations.value").AsEnumerable());
        Assert.Equal("^registry/.+$", assignment.At("parameters.allowedContainerImagesRegex.value"));
        Assert.Null(assignment.At("nonComplianceMessages.0.policyDefinitionReferenceId"));
        Assert.Equal(GuardrailTable.All.Length + 1, Items(assignment, "nonComplianceMessages").Count());
        Assert.Equal("Deny", assignment.At("parameters.storageEffect.value"));
        Assert.Empty(Items(assignment, "overrides"));
    }

    // The definition denies and has no parameter for it.
    [Fact]
    public async Task Audit_lowers_the_parameters_and_overrides_what_has_none()
    {
        var assignment = (await RunAsync(_ => Enforcement.Audit)).Inputs(Assignment);

        Assert.Equal("Default", assignment.At("enforcementMode"));
        Assert.Equal("Audit", assignment.At("parameters.kubernetesEffect.value"));
        var lowered = Assert.Single(Items(assignment, "overrides"));
        Assert.Equal("policyEffect", lowered.At("kind"));
        Assert.Equal("Audit", lowered.At("value"));
        Assert.Equal("policyDefinitionReferenceId", lowered.At("selectors.0.kind"));
        Assert.Equal(["no-public-ip-on-interfaces"], lowered.Texts("selectors.0.in").AsEnumerable());
    }

    [Fact]
    public async Task A_group_can_be_audited_by_itself()
    {
        var all = (await RunAsync(_ => Enforcement.Deny)).Inputs(Assignment);
        var one = (await RunAsync(group => group == GuardrailGroup.Workloads ? Enforcement.Audit : Enforcement.Deny)).Inputs(Assignment);

        var changed = Keys(all, "parameters").Where(key => !Equals(all.At($"parameters.{key}.value"), one.At($"parameters.{key}.value"))
            && all.At($"parameters.{key}.value") is string);
        Assert.Equal(["workloadsEffect"], changed);
    }

    // The charts' pods are what the platform is for: a policy that refuses them would stop the deployment, not the charts.
    [Fact]
    public void What_the_charts_of_validators_do_not_say_is_not_denied()
    {
        var saysNothing = ChartContracts.Known.All
            .Where(chart => chart.Chart is SpliceRelease.ParticipantChart or SpliceRelease.ValidatorChart)
            .SelectMany(chart => chart.Workloads)
            .Any(workload => !workload.Security.DeniesEscalation);

        var policy = Assert.Single(GuardrailTable.All, policy => policy.Reference == "no-privilege-escalation");

        Assert.Equal(saysNothing ? PolicyEffect.Audit : PolicyEffect.Deny, policy.Denied);
    }

    [Fact]
    public async Task Pods_of_what_sets_up_nodes_are_left_to_it()
    {
        var all = (await RunAsync(_ => Enforcement.Deny)).Inputs(Assignment);
        var one = (await RunAsync(_ => Enforcement.Deny, "istio-cni")).Inputs(Assignment);

        foreach (var parameter in new[] { "excludedNamespaces", "gatewayNamespaces" })
        {
            var before = all.Texts($"parameters.{parameter}.value");
            Assert.Contains("kube-system", before);
            Assert.Equal(["istio-cni"], one.Texts($"parameters.{parameter}.value").Except(before));
        }
    }

    private static Task<CloudMocks> RunAsync(
        Func<GuardrailGroup, Enforcement> enforcement, params ImmutableArray<string> nodeNamespaces) => CloudMocks.RunAsync(() =>
        _ = new GuardrailInitiative("guardrails", new GuardrailInitiativeArgs
        {
            SubscriptionId = Scenery.Subscription,
            Locations = ["centralus"],
            Containers = new ContainerLimits("^registry/.+$", "8", "32Gi"),
            Enforcement = enforcement,
            ExcludedResourceGroups = ["rg-nodes"],
            NodeNamespaces = nodeNamespaces,
            IsProtected = true,
        }));

    private static ImmutableDictionary<string, object> Definition(ImmutableDictionary<string, object> initiative, string reference) =>
        Items(initiative, "policyDefinitions").Single(definition => Equals(definition.At("policyDefinitionReferenceId"), reference));

    private static IEnumerable<ImmutableDictionary<string, object>> Items(ImmutableDictionary<string, object> inputs, string path) =>
        ((IEnumerable)(inputs.At(path) ?? Array.Empty<object>())).Cast<IDictionary<string, object>>()
            .Select(item => item.ToImmutableDictionary(StringComparer.Ordinal));

    private static IEnumerable<string> Keys(ImmutableDictionary<string, object> inputs, string path) =>
        (inputs.At(path) as IDictionary<string, object>)?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
}
