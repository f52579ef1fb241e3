using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Access;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Tests.Access;

/// <summary>Nothing that a plan grants is missing.</summary>
public sealed class AccessReviewTests
{
    [Fact]
    public async Task Every_role_assignment_and_every_federated_service_account_of_mainnet_is_there()
    {
        var (plan, rows) = await MainnetAsync();

        Assert.Equal(Count(plan, "azure-native:authorization:RoleAssignment"), rows.Count(row => row.Plane == "Azure" && row.Role != "signs in as the identity"));
        Assert.Equal(Count(plan, "azure-native:managedidentity:FederatedIdentityCredential"), rows.Count(row => row.Role == "signs in as the identity"));
        Assert.DoesNotContain(rows, row => row.Role.StartsWith("role ", StringComparison.Ordinal));
        Assert.Contains(rows, row => row is { Who: "certificates-identity", Role: "Canton DNS challenges mainnet" });
        Assert.All(rows.Where(row => row.Plane == "Azure"), row => Assert.NotEqual("", row.Why));
    }

    [Fact]
    public async Task Every_subject_of_every_binding_of_mainnet_is_there()
    {
        var (plan, rows) = await MainnetAsync();
        var bound = plan.Resources.Where(resource => resource.Type == "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding").SelectMany(resource =>
            PlanIndex.Maps(PlanIndex.Value(resource, "subjects")).Select(subject => (
                Who: PlanIndex.Member(subject, "name"), Role: PlanIndex.Text(resource, "roleRef", "name"), Place: PlanIndex.Text(resource, "metadata", "namespace")))).ToList();

        Assert.NotEmpty(bound);
        Assert.All(bound, each => Assert.Contains(
            rows, row => row.Plane == "Kubernetes" && row.Who == each.Who && row.Role == each.Role && row.Scope.EndsWith($"/{each.Place}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_group_user_and_client_of_keycloak_is_there_and_who_administers_it()
    {
        var (plan, rows) = await MainnetAsync();
        var own = rows.Where(row => row.Plane == "Keycloak").ToList();

        Assert.All(
            plan.Resources.Where(resource => resource.Type == "keycloak:index/group:Group"),
            resource => Assert.Contains(own, row => row.Who == PlanIndex.Text(resource, "name")));
        Assert.Equal(Count(plan, "keycloak:index/user:User"), own.Count(row => row.Role == "signs in"));
        Assert.Equal(4, own.Count(row => row.Role.StartsWith("gets tokens for itself", StringComparison.Ordinal)));
        Assert.Contains(own, row => row is { Who: "canton-admin", Role: "administers Keycloak" });
    }

    [Fact]
    public async Task Every_role_owner_and_grant_of_databases_is_there_and_who_administers_the_servers()
    {
        var (plan, rows) = await MainnetAsync();
        var own = rows.Where(row => row.Plane == "Database").ToList();

        Assert.Equal(Count(plan, "postgresql:index/role:Role"), own.Count(row => row.Role == "LOGIN"));
        Assert.Equal(Count(plan, "postgresql:index/database:Database"), own.Count(row => row.Role == "OWNER"));
        Assert.Equal(Count(plan, "azure-native:dbforpostgresql:Server"), own.Count(row => row.Role == "administers the server"));
        Assert.Equal(
            plan.Resources.Count(resource => resource.Type == "postgresql:index/grant:Grant" && PlanIndex.Texts(PlanIndex.Value(resource, "privileges")).Any()),
            own.Count(row => row.Role.StartsWith("CONNECT", StringComparison.Ordinal)));
        Assert.Contains(own, row => row is { Who: "cnadmin", Role: "OWNER", Scope: "database participant of psql-ledger" });
    }

    [Fact]
    public async Task Where_a_stack_declares_no_ledger_users_the_table_tells_what_is_to_be_granted()
    {
        var (_, rows) = await MainnetAsync();

        Assert.Equal(
            ["canton-mw-api-server CanExecuteAsAnyParty", "canton-mw-api-server CanReadAsAnyParty", "canton-mw-indexer CanReadAsAnyParty", "canton-mw-relayer CanActAs of the operator's party"],
            rows.Where(row => row.Role.StartsWith("to be granted: ", StringComparison.Ordinal))
                .Select(row => $"{row.Who["user of ".Length..]} {row.Role["to be granted: ".Length..]}").Order(StringComparer.Ordinal));
        Assert.Contains(rows, row => row is { Plane: "Ledger", Role: "ParticipantAdmin" });
    }

    [Fact]
    public async Task Whoever_administers_databases_by_Entra_is_there()
    {
        var plan = await StackPlan.PreviewAsync(
            "mainnet", """canton-infra:data={"entraAdministrators":{"objectId":"00000000-0000-0000-0000-0000000000aa","name":"canton-emergencies"}}""");

        var rows = AccessReview.Of(new PlanIndex(plan)).Where(row => row.Who == "canton-emergencies").ToList();

        Assert.Equal(["psql-keycloak", "psql-ledger"], rows.Select(row => row.Scope).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.True(row is { IsPerson: true, Plane: "Database", Role: "administers the server", Why: "by Microsoft Entra ID" }));
    }

    [Fact]
    public void Ledger_users_have_the_reasons_of_the_output_and_one_row_for_each_right_and_party()
    {
        var user = new PlannedResource
        {
            Urn = Sample.Urn("mainnet", "canton:index:User", "relayer"),
            Type = "canton:index:User",
            Name = "relayer",
            Kind = ResourceKind.Custom,
            Inputs = Sample.Map(
                ("userId", "sub-1"),
                ("rights", new ListValue([Sample.Map(("kind", "CanActAs"), ("party", "bridge::1220")), Sample.Map(("kind", "CanReadAsAnyParty"))]))),
        };
        var root = new PlannedResource
        {
            Urn = Sample.Urn("mainnet", "pulumi:pulumi:Stack", "sample-mainnet"),
            Type = "pulumi:pulumi:Stack",
            Name = "sample-mainnet",
            Kind = ResourceKind.Component,
            Outputs = Sample.Map(("ledgerRights", Sample.Map(("canton-mw-relayer", Sample.Map(("CanActAs=bridge::1220", "submits as the operator")))))),
        };

        var rows = AccessReview.Of(new PlanIndex(Plan.Create("sample", "mainnet", ImmutableArray.Create(root, user))));

        Assert.Equal(
            [("sub-1", "CanActAs=bridge::1220", "submits as the operator"), ("sub-1", "CanReadAsAnyParty", "")],
            rows.Select(row => (row.Who, row.Role, row.Why)));
    }

    private static int Count(Plan plan, string type) => plan.Resources.Count(resource => resource.Type == type);

    private static async Task<(Plan Plan, ImmutableArray<AccessRow> Rows)> MainnetAsync()
    {
        var plan = await StackPlan.OfAsync("mainnet");
        return (plan, AccessReview.Of(new PlanIndex(plan)));
    }
}
