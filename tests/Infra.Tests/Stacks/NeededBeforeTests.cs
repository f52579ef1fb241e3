using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>What Azure asks for while something is made is there before: a whole plan's order.</summary>
public sealed class NeededBeforeTests
{
    private const string Role = "azure-native:authorization:RoleAssignment";
    private const string Rule = "azure-native:network:SecurityRule";

    private static readonly Lazy<Task<Plan>> Mainnet = new(PlanAsync);

    // Its API server unwraps the key of its store while it comes up, by the vault's private endpoint; its nodes leave by our routes.
    [Theory]
    [InlineData(Role, "kms-etcd-user")]
    [InlineData(Role, "kms-etcd-vault")]
    [InlineData("azure-native:network:PrivateDnsZoneGroup", "etcd-keys-link")]
    [InlineData(Rule, "pep-api-server")]
    [InlineData(Rule, "pep-deny")]
    [InlineData(Role, "cluster-routes")]
    public async Task A_cluster_finds_what_it_needs_while_it_is_made(string type, string name) =>
        Assert.Contains(await UrnAsync(type, name), await DependenciesAsync("azure-native:containerservice:ManagedCluster", "cluster"));

    // It installs packages at its first start, and never again.
    [Theory]
    [InlineData("azure-native:network:FirewallPolicyRuleCollectionGroup", "rules-runner-azure")]
    [InlineData("azure-native:network:FirewallPolicyRuleCollectionGroup", "rules-runner-updates")]
    [InlineData(Rule, "runner-deny")]
    public async Task The_runner_finds_its_way_out_when_it_starts(string type, string name) =>
        Assert.Contains(await UrnAsync(type, name), await DependenciesAsync("azure-native:compute:VirtualMachine", "runner"));

    private static async Task<Plan> PlanAsync()
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet"));
        return (await folder.PreviewAsync()).Plan;
    }

    private static async Task<string> UrnAsync(string type, string name) => (await FindAsync(type, name)).Urn;

    private static async Task<IEnumerable<string>> DependenciesAsync(string type, string name) => (await FindAsync(type, name)).Dependencies;

    private static async Task<PlannedResource> FindAsync(string type, string name) =>
        (await Mainnet.Value).Resources.Single(resource => resource.Type == type && resource.Name == name);
}
