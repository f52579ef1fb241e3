using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Access;

// A6, A20, A21
public sealed class HumanAccessTests
{
    private const string Assignment = "azure-native:authorization:RoleAssignment";
    private const string Operators = "00000000-0000-0000-0000-000000000022";

    // Owner, Contributor, User Access Administrator, RBAC Administrator; Key Vault Administrator and whatever uses keys or reads
    // secrets; Cluster Admin; RBAC Writer, Admin and Cluster Admin, who run pods.
    private static readonly ImmutableArray<string> Refused =
    [
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168", "00482a5a-887f-4fb3-b363-3b7fe8e74483", "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
        "12338af0-0e69-4776-bea7-57ae8d297424", "e147488a-f6f5-4113-8e2d-b22465e65bf6", "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        "4633458b-17de-408a-b874-0445c86b69e6", "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8", "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
        "3498e952-d568-435e-9b2c-8d77e338d7f7", "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    ];

    [Fact]
    public void Nobody_uses_keys_reads_secrets_runs_pods_or_rules() =>
        Assert.Empty(AccessTable.Rows.Select(row => row.Role.Id).Intersect(Refused));

    [Fact]
    public void No_row_stands_twice_and_auditors_change_nothing()
    {
        Assert.Distinct(AccessTable.Rows.Select(row => (row.Duty, row.Place, row.Role)));
        Assert.DoesNotContain(Duty.Auditor, AccessTable.OperatorRoleDuties);
        Assert.All(AccessTable.Rows.Where(row => row.Duty == Duty.Auditor), row => Assert.DoesNotContain("Contributor", row.Role.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Groups_get_what_the_table_says_after_what_it_is_on()
    {
        var mocks = await RunAsync((Duty.Operator, Operators));

        var assignments = mocks.All(Assignment);
        Assert.Equal(AccessTable.Rows.Count(row => row is { Duty: Duty.Operator, Place: AccessPlace.Groups or AccessPlace.Cluster }), assignments.Length);
        Assert.All(assignments, assignment =>
        {
            Assert.Equal(Operators, assignment.Inputs["principalId"]);
            Assert.Equal("Group", assignment.Inputs["principalType"]);
            Assert.True(Guid.TryParse((string)assignment.Inputs["roleAssignmentName"], out _));
            Assert.NotEqual("", assignment.Inputs["description"]);
        });
        var reader = assignments.Single(assignment => assignment.Name == $"operator-net-reader-{Operators}");
        Assert.Equal("/subscriptions/s/resourceGroups/rg-net", reader.Inputs["scope"]);
        Assert.Equal($"/subscriptions/{Scenery.Subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7", reader.Inputs["roleDefinitionId"]);
        mocks.AssertBefore("ResourceGroup net", $"RoleAssignment {reader.Name}");
    }

    [Fact]
    public async Task Without_groups_nobody_has_a_role_but_emergencies_are_in_the_table()
    {
        HumanAccess? access = null;
        var mocks = await CloudMocks.RunAsync(() => access = Access([]));

        Assert.Empty(mocks.All(Assignment));
        var line = Assert.Single(access!.Table);
        Assert.Equal("Emergency", line["duty"]);
        Assert.Equal("aks-unit", line["scope"]);
    }

    [Fact]
    public async Task The_table_tells_who_has_what_where_and_why()
    {
        HumanAccess? access = null;
        await CloudMocks.RunAsync(() => access = Access([(Duty.Operator, Operators)]));

        var lines = access!.Table.Select(line => $"{line["duty"]}: {line["role"]} ({line["plane"]}) on {line["scope"]}");
        Assert.Equal(
            [
                "Operator: Reader (Azure) on rg-net",
                "Operator: Azure Kubernetes Service Cluster User Role (Azure) on aks-unit",
                "Emergency: cluster-admin (Kubernetes) on aks-unit",
            ],
            lines);
    }

    [Fact]
    public async Task In_a_namespace_operators_restart_and_scale_and_do_nothing_else()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace().AddOperators("canton-operator", [Operators]));

        var role = mocks.Inputs("kubernetes:rbac.authorization.k8s.io/v1:Role");
        Assert.Equal("validator", role.At("metadata.namespace"));
        Assert.Equal(["pods"], role.Texts("rules.0.resources").AsEnumerable());
        Assert.Equal(["delete"], role.Texts("rules.0.verbs").AsEnumerable());
        Assert.Equal(["deployments/scale", "statefulsets/scale"], role.Texts("rules.1.resources").AsEnumerable());
        Assert.Equal(["patch", "update"], role.Texts("rules.1.verbs").AsEnumerable());
        Assert.Null(role.At("rules.2"));
        var binding = mocks.Inputs("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding");
        Assert.Equal("canton-operator", binding.At("roleRef.name"));
        Assert.Equal("Group", binding.At("subjects.0.kind"));
        Assert.Equal(Operators, binding.At("subjects.0.name"));
    }

    [Fact]
    public async Task A_namespace_without_operators_has_no_role()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace().AddOperators("canton-operator", []));

        Assert.Empty(mocks.All("kubernetes:rbac.authorization.k8s.io/v1:Role"));
        Assert.Empty(mocks.All("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"));
    }

    private static Task<CloudMocks> RunAsync(params (Duty, string)[] groups) => CloudMocks.RunAsync(() => Access(groups));

    private static HumanAccess Access((Duty Duty, string Group)[] groups)
    {
        var resourceGroups = new ResourceGroups("groups", new ResourceGroupsArgs { Azure = Scenery.Azure });
        return new HumanAccess("access", new HumanAccessArgs
        {
            SubscriptionId = Scenery.Subscription,
            Groups = groups.ToImmutableSortedDictionary(group => group.Duty, group => ImmutableArray.Create(group.Group)),
            EmergencyGroups = [Scenery.AdminGroup],
            Targets =
            [
                new(AccessPlace.Groups, "net", "rg-net", "/subscriptions/s/resourceGroups/rg-net", resourceGroups),
                new(AccessPlace.Cluster, "cluster", "aks-unit", "/subscriptions/s/aks-unit", resourceGroups),
            ],
        });
    }
}
