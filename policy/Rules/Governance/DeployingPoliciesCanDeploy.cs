using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>An assignment that deploys or modifies has an identity, a place for it, and a role.</summary>
internal sealed class DeployingPoliciesCanDeploy : StackPolicy
{
    private static readonly ResourceTypePattern Assignment = "azure-native:authorization:PolicyAssignment";
    private static readonly ResourceTypePattern RoleAssignment = "azure-native:authorization:RoleAssignment";
    private static readonly ResourceTypePattern Initiative = "azure-native:authorization:PolicySetDefinition";
    private static readonly PropertyPath Parts = PropertyPath.Parse("policyDefinitions[*].policyDefinitionId");
    private static readonly PropertyPath Effect = PropertyPath.Parse("parameters.effect.value");
    private static readonly PropertyPath Definition = PropertyPath.Parse("policyDefinitionId");
    private static readonly PropertyPath IdentityType = PropertyPath.Parse("identity.type");
    private static readonly PropertyPath Location = PropertyPath.Parse("location");

    // Built-in definitions that deploy unless their effect is set to something else (facts/azure.md, section 8.2).
    private static readonly ImmutableHashSet<string> Deploying = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "3e9965dc-cc13-47ca-8259-a4252fd0cf7b",
        "1b708b0a-3380-40e9-8b79-821f9fa224cc",
        "a8eff44f-8c92-45c3-a3fb-9880802d67a7",
        "64def556-fbad-4622-930e-72d1d5589bf5",
        "6c66c325-74c8-42fd-a286-a74b0e2939d8",
        "78ed47da-513e-41e9-a088-e829b373281d",
        "cdd1dbc6-0004-4fcd-afd7-b67550de37ff",
        "dd626066-39f5-4f72-aba8-06a99fabf278",
        "eadbb524-8644-4a87-8af6-549e1d125982",
        "a7d3e5b1-8c4f-4a2b-9d6e-1f3c5a8b2e7d",
        "951af2fa-529b-416e-ab6e-066fd85ac459",
        "6b359d8f-f88d-4052-aa7c-32015963ecc1",
        "59759c62-9a22-4cdf-ae64-074495983fef",
        "b4fe1a3b-0715-4c6c-a5ea-ffc33cf823cb",
        "2465583e-4e78-4c15-b6be-a36cbc7c8b0f",
        "a4490248-cb97-4504-b7fb-f906afdb7437",
        "56288eb2-4350-461d-9ece-2bb242269dce",
        "1513498c-3091-461a-b321-e9b433218d28",
        "baa4c6de-b7cf-4b12-b436-6e40ef44c8cb",
        "3234ff41-8bec-40a3-b5cb-109c95f1c8ce",
        "5eb6d64a-4086-4d7a-92da-ec51aed0332d",
        "efd4031d-b232-4595-babf-ae817348e91b",
        "44433aa3-7ec2-4002-93ea-65c65ff0310a",
        "1f725891-01c0-420a-9059-4fa46cb770b7",
        "cfdc5972-75b3-4418-8ae1-7f5c36839390",
        "b7021b2b-08fd-4dc0-9de7-3c6ece09faf9",
        "72f8cee7-2937-403d-84a1-a4e3e57f3c21",
        "da56d295-2889-41ce-a4cd-6f50fb93aa68",
        "48666c5d-cec1-4043-ab6b-1be05abb24f2",
        "ffb6f416-7bd2-4488-8828-56585fef2be9");

    public override string Id => "deploying-policies-can-deploy";

    public override string Title => "Assignments that deploy have an identity with a role";

    public override string Rationale =>
        "A policy that deploys or modifies acts as the assignment's identity. Made by a program, that identity has no role by itself: "
        + "the assignment looks in force, and every remediation fails unseen.";

    public override string Remediation =>
        "Give the assignment an identity and a location, and give that identity the roles that the definition's roleDefinitionIds "
        + "name, with a RoleAssignment of principalType ServicePrincipal in the same stack.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack) =>
        resources.OfType(Assignment).SelectMany(assignment => Judge(assignment, resources).Select(verdict => StackVerdict.On(assignment, verdict)));

    private static IEnumerable<PolicyVerdict> Judge(StackResourceView assignment, StackView resources)
    {
        var deploys = Deploys(assignment, resources, out var unclear);
        if (deploys is null)
        {
            yield return PolicyVerdict.Undecided(unclear);
            yield break;
        }

        if (deploys == false)
        {
            yield return PolicyVerdict.NotApplicable("it deploys nothing");
            yield break;
        }

        foreach (var verdict in new[] { JudgeGiven(assignment, IdentityType), JudgeGiven(assignment, Location) })
        {
            yield return verdict;
        }

        if (JudgeGiven(assignment, IdentityType) is PassVerdict)
        {
            yield return JudgeRole(assignment, resources);
        }
    }

    private static bool? Deploys(StackResourceView assignment, StackView resources, out PropertyPath unclear)
    {
        var effect = assignment.Read(Effect);
        unclear = effect.Path;
        if (effect.State != PropertyState.Missing)
        {
            return effect.TryGetText(out var text)
                ? text.Equals("DeployIfNotExists", StringComparison.OrdinalIgnoreCase) || text.Equals("Modify", StringComparison.OrdinalIgnoreCase)
                : null;
        }

        var definition = assignment.Read(Definition);
        unclear = definition.Path;
        if (definition.State == PropertyState.Missing)
        {
            return false;
        }

        return definition.TryGetText(out var id) ? IsDeploying(id) : DeploysOwn(assignment, resources);
    }

    // The id of an initiative of the program's own is not known yet, but what is in it is.
    private static bool? DeploysOwn(StackResourceView assignment, StackView resources)
    {
        var parts = resources.SourcesOf(assignment, "policyDefinitionId")
            .Where(source => Initiative.Matches(source.Type))
            .SelectMany(initiative => initiative.Select(Parts))
            .Select(part => part.TryGetText(out var id) ? IsDeploying(id) : (bool?)null)
            .ToList();
        return parts.Contains(true) ? true : parts.Count == 0 || parts.Contains(null) ? null : false;
    }

    private static bool IsDeploying(string id) => Deploying.Contains(id[(id.LastIndexOf('/') + 1)..]);

    private static PolicyVerdict JudgeGiven(StackResourceView assignment, PropertyPath path)
    {
        var reading = assignment.Read(path);
        return reading.IsTextGiven() switch
        {
            null => PolicyVerdict.Undecided(reading.Path),
            true when !reading.TryGetText(out var text) || !text.Equals("None", StringComparison.OrdinalIgnoreCase) => PolicyVerdict.Pass,
            _ => PolicyVerdict.Violation(reading.Path, $"{assignment} deploys and has no {path} to do it with."),
        };
    }

    private static PolicyVerdict JudgeRole(StackResourceView assignment, StackView resources)
    {
        var identities = resources.SourcesOf(assignment, "identity").Select(identity => identity.Urn).Append(assignment.Urn).ToList();
        if (resources.OfType(RoleAssignment).Any(role =>
            resources.SourcesOf(role, "principalId").Any(source => identities.Contains(source.Urn, StringComparer.Ordinal))))
        {
            return PolicyVerdict.Pass;
        }

        // An identity that the stack does not make may have its roles from where it is made.
        var type = assignment.Read(IdentityType);
        return identities.Count == 1 && type.TryGetText(out var text) && text.Equals("UserAssigned", StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Undecided(type.Path, "the identity is not made in this stack")
            : PolicyVerdict.Violation(type.Path, $"{assignment} deploys as an identity that has no role in this stack.");
    }
}
