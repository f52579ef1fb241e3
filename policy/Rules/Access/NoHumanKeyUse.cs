using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>No person uses a key or reads a secret of a vault; workloads do.</summary>
internal sealed class NoHumanKeyUse : ResourcePolicy
{
    private static readonly ImmutableSortedDictionary<string, string> Roles = new Dictionary<string, string>
    {
        ["00482a5a-887f-4fb3-b363-3b7fe8e74483"] = "Key Vault Administrator",
        ["14b46e9e-c2b7-41b4-b07b-48a6ebf60603"] = "Key Vault Crypto Officer",
        ["12338af0-0e69-4776-bea7-57ae8d297424"] = "Key Vault Crypto User",
        ["e147488a-f6f5-4113-8e2d-b22465e65bf6"] = "Key Vault Crypto Service Encryption User",
        ["08bbd89e-9f13-488c-ac41-acfcb10c90ab"] = "Key Vault Crypto Service Release User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public override string Id => "no-human-key-use";

    public override string Title => "No person uses keys or reads secrets of a vault";

    public override string Rationale =>
        "The keys in a vault sign for the ledger and open its databases. A person who can use them can act as the node from anywhere, "
        + "and whoever takes over the person's account too. Workloads need them; people need to see that they are there.";

    public override string Remediation =>
        "Give people Key Vault Reader, which shows names and dates. Give the role to the identity of a workload, with principalType "
        + "ServicePrincipal: without it nobody sees here whom the role is for.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:authorization:RoleAssignment",
        Good: """{"roleDefinitionId": "12338af0-0e69-4776-bea7-57ae8d297424", "principalType": "ServicePrincipal"}""",
        Bad: """{"roleDefinitionId": "12338af0-0e69-4776-bea7-57ae8d297424", "principalType": "Group"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = HumanRole.Types;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var given = HumanRole.Of(resource);
        yield return (given.IsOneOf(Roles), given.MayBePeople()) switch
        {
            (false, _) or (_, false) => PolicyVerdict.Pass,
            (null, _) => PolicyVerdict.Undecided(given.Role.Path),
            (_, null) => PolicyVerdict.Undecided(given.Principal.Path),
            _ => PolicyVerdict.Violation(
                given.Principal.Path,
                $"{resource} gives a role that uses keys or reads secrets, and its principal is {Describe(given)}."),
        };
    }

    private static string Describe(HumanRole given) =>
        given.Principal.State == Protocol.Properties.PropertyState.Missing ? "not said to be a workload" : $"{given.Principal}";
}
