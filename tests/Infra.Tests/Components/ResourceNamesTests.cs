using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Infra.Tests.Components;

public sealed class ResourceNamesTests
{
    private static readonly Gen<char> Letters = Gen.Elements("abcdefghijklmnopqrstuvwxyz".ToCharArray());
    private static readonly Gen<char> Digits = Gen.Elements("0123456789".ToCharArray());

    // A letter, then words of letters and digits with single hyphens between them: what settings allow.
    private static readonly Arbitrary<string> Environments = (
        from first in Letters
        from length in Gen.Choose(1, ResourceNames.LongestEnvironment - 1)
        from rest in Gen.Frequency((6, Letters), (3, Digits), (2, Gen.Constant('-'))).ListOf(length)
        let name = string.Concat(rest.Prepend(first)).Replace("--", "-", StringComparison.Ordinal).TrimEnd('-')
        where name.Length > 1 && !name.Contains("--", StringComparison.Ordinal)
        select name).ToArbitrary();

    [Fact]
    public void Every_environment_that_settings_allow_has_names_that_Azure_takes() => Prop.ForAll(Environments, environment =>
    {
        var names = new ResourceNames(environment, Scenery.Subscription);
        string[] all =
        [
            names.VirtualNetwork, names.LogAnalyticsWorkspace, names.AzureMonitorWorkspace, names.DataCollectionEndpoint,
            names.DataCollectionRule("longer"), names.MonitorPrivateLinkScope, names.ActionGroup("operators"), names.Cluster, names.ClusterNodes,
            names.ResourceGroup("data"), names.Subnet("psql-keycloak"), names.NetworkSecurityGroup("psql-keycloak"),
            names.NatGateway("egress"), names.PublicIPAddress("egress"), names.PrivateEndpoint("kv-cmk"),
            names.Identity("control-plane"), names.DiskEncryptionSet("aks"), names.PostgreSqlServer("keycloak"), names.KeyVault("cmk"),
            names.StorageAccount("flow"), names.Firewall("egress"), names.FirewallPolicy("egress"), names.RouteTable("egress"),
            names.FlowLog, names.NetworkInterface("runner"), names.VirtualMachine("runner"),
        ];
        return all.All(name => name.Length > 0) && names.PostgreSqlZone.Split('.')[0] != names.PostgreSqlServer("ledger");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Global_names_of_two_environments_differ_also_where_they_are_cut() => Prop.ForAll(
        Environments,
        Environments,
        (one, other) => one == other
            || new ResourceNames(one, Scenery.Subscription).KeyVault("cmk") != new ResourceNames(other, Scenery.Subscription).KeyVault("cmk"))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Global_names_of_two_subscriptions_differ() => Assert.NotEqual(
        new ResourceNames("mainnet", Scenery.Subscription).KeyVault("cmk"), new ResourceNames("mainnet", Scenery.Tenant).KeyVault("cmk"));

    [Theory]
    [InlineData("kv--a", "two hyphens in a row are not allowed")]
    [InlineData("kv-", "it must begin with a letter and end with a letter or digit")]
    [InlineData("1kv", "it must begin with a letter and end with a letter or digit")]
    [InlineData("k_v", "'_' is not allowed")]
    [InlineData("kv", "it has 2 characters, and 3 to 24 are allowed")]
    [InlineData("a-vault-with-a-name-too-long", "it has 28 characters, and 3 to 24 are allowed")]
    public void A_name_that_Azure_would_refuse_is_refused_before(string name, string problem)
    {
        var exception = Assert.Throws<ArgumentException>(() => AzureNameRule.KeyVault.Check(name));

        Assert.StartsWith($"'{name}' cannot be the name of a key vault: {problem}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Storage_accounts_have_lowercase_letters_and_digits_only()
    {
        Assert.Matches("^stcantonmainnetflow[0-9a-f]{5}$", new ResourceNames("mainnet", Scenery.Subscription).StorageAccount("flow"));
        Assert.NotNull(AzureNameRule.StorageAccount.Problem("st-canton"));
        Assert.NotNull(AzureNameRule.StorageAccount.Problem("stCanton"));
    }

    [Fact]
    public void Servers_are_in_lower_case() => Assert.NotNull(AzureNameRule.PostgreSqlServer.Problem("psql-Canton"));

    // A22
    [Fact]
    public void The_workspace_has_the_name_that_is_asked_for() =>
        Assert.Equal("law-canton-mainnet-law", new ResourceNames("mainnet", Scenery.Subscription).LogAnalyticsWorkspace);
}
