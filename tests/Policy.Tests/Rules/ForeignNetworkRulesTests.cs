using CantonInfra.Policy.Rules.Databases;
using CantonInfra.Policy.Rules.Network;
using CantonInfra.Policy.Rules.Secrets;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on what others declare in other ways: subnets that networks list, groups by association, classic servers.</summary>
public sealed class ForeignNetworkRulesTests
{
    private const string Network = "azure-native:network:VirtualNetwork";
    private const string ClassicNetwork = "azure:network/virtualNetwork:VirtualNetwork";
    private const string ClassicSubnet = "azure:network/subnet:Subnet";
    private const string Association = "azure:network/subnetNetworkSecurityGroupAssociation:SubnetNetworkSecurityGroupAssociation";
    private const string Group = "azure-native:network:NetworkSecurityGroup";
    private const string Interface = "azure:network/networkInterface:NetworkInterface";
    private const string Address = "azure:network/publicIp:PublicIp";
    private const string ClassicServer = "azure:postgresql/flexibleServer:FlexibleServer";
    private const string ClassicParameter = "azure:postgresql/flexibleServerConfiguration:FlexibleServerConfiguration";

    private readonly RuleUnderTest _outbound = new(new SubnetNoDefaultOutbound());
    private readonly RuleUnderTest _group = new(new SubnetSecurityGroup());
    private readonly RuleUnderTest _last = new(new SecurityGroupsDenyLast());
    private readonly RuleUnderTest _addresses = new(new NoPublicAddressOnMachines());
    private readonly RuleUnderTest _audit = new(new PostgreSqlAudit());
    private readonly RuleUnderTest _key = new(new PostgreSqlCustomerManagedKey());
    private readonly RuleUnderTest _clear = new(new NoSecretsInClear());

    [Fact]
    public void Subnets_that_a_network_lists_have_a_way_out()
    {
        _outbound.Fails(
            Network, "{'subnets': [{'name': 'a'}, {'name': 'b', 'defaultOutboundAccess': false}, {'name': 'AzureBastionSubnet'}]}", "subnets[0].defaultOutboundAccess");
        _outbound.Fails(ClassicNetwork, "{'subnets': [{'name': 'a'}]}", "subnets[0].defaultOutboundAccessEnabled");
        _outbound.Fails(ClassicSubnet, "{'name': 'a'}", "defaultOutboundAccessEnabled");
        _outbound.Passes(ClassicSubnet, "{'name': 'a', 'defaultOutboundAccessEnabled': false}");
        _outbound.IsUndecided(Network, "{'subnets': ['[unknown]']}", "subnets[0]");
        _outbound.IsUndecided(Network, "{'subnets': '[unknown]'}", "subnets");
        _outbound.IsNotApplicable(Network, "{'subnets': []}");
    }

    [Theory]
    [InlineData("{'subnets': [{'name': 'a', 'networkSecurityGroup': {'id': '/g'}}]}", "Passed")]
    [InlineData("{'subnets': [{'name': 'a', 'networkSecurityGroup': {'id': '/g'}}, {'name': 'b'}]}", "Violated")]
    [InlineData("{'subnets': [{'name': 'a', 'networkSecurityGroup': {'id': '[unknown]'}}]}", "Undecided")]
    [InlineData("{'subnets': ['[unknown]']}", "Undecided")]
    public void Subnets_that_a_network_lists_have_a_group(string network, string outcome) =>
        Assert.Equal([$"net: {outcome}"], _group.Outcomes(new StackItem(Network, "net", network)));

    [Theory]
    [InlineData("/virtualNetworks/n/subnets/apps", "Passed")]
    [InlineData("/virtualNetworks/n/subnets/others", "Violated")]
    [InlineData("[unknown]", "Undecided")]
    public void Classic_subnets_have_a_group_by_association(string id, string outcome) => Assert.Equal(
        [$"net: {outcome}"],
        _group.Outcomes(new StackItem(ClassicSubnet, "net", "{'name': 'apps'}"), new StackItem(Association, "a", $"{{'subnetId': '{id}', 'networkSecurityGroupId': '/g'}}")));

    [Fact]
    public void A_group_of_a_listed_subnet_denies_the_rest() => Assert.Equal(
        ["guard: Violated"],
        _last.Outcomes(
            new StackItem(Group, "guard", "{}"),
            new StackItem(Network, "net", "{'subnets': [{'name': 'a', 'networkSecurityGroup': {'id': '[unknown]'}}]}")
            {
                Sources = [("subnets", StackItem.UrnOf(Group, "guard"))],
            }));

    [Theory]
    [InlineData("{'targetResourceId': '/virtualNetworks/shop'}", "Passed")]
    [InlineData("{'targetResourceId': '/virtualNetworks/other'}", "Violated")]
    [InlineData("{'targetResourceId': '[unknown]'}", "Undecided")]
    public void Classic_networks_have_flow_logs(string log, string outcome) => Assert.Contains(
        $"net: {outcome}",
        new RuleUnderTest(new FlowLogsOfNetworks()).Outcomes(
            new StackItem(ClassicNetwork, "net", "{'name': 'shop'}"),
            new StackItem("azure:network/networkWatcherFlowLog:NetworkWatcherFlowLog", "log", log)));

    [Theory]
    [InlineData(Address, "Violated")]
    [InlineData(Group, "Undecided")]
    public void An_address_that_is_yet_to_be_made_is_one(string source, string outcome) => Assert.Equal(
        [$"nic: {outcome}"],
        _addresses.Outcomes(
            new StackItem(source, "source", "{}"),
            new StackItem(Interface, "nic", "{'ipConfigurations': [{'publicIpAddressId': '[unknown]'}]}")
            {
                Sources = [("ipConfigurations", StackItem.UrnOf(source, "source"))],
            }));

    [Fact]
    public void Classic_servers_are_audited()
    {
        var server = new StackItem(ClassicServer, "db", "{'name': 'db'}");
        Assert.Equal(["db: Violated"], _audit.Outcomes(server));
        Assert.Equal(
            ["db: Passed"],
            _audit.Outcomes(server, Parameter("azure.extensions", "pgaudit"), Parameter("shared_preload_libraries", "pgaudit"), Parameter("pgaudit.log", "all")));
    }

    [Fact]
    public void Classic_servers_have_keys_of_their_own()
    {
        _key.Fails(ClassicServer, "{}", "customerManagedKey.keyVaultKeyId");
        _key.Passes(ClassicServer, "{'customerManagedKey': {'keyVaultKeyId': 'https://v.vault.azure.net/keys/k'}}");
        _key.Fails(
            ClassicServer,
            "{'geoRedundantBackupEnabled': true, 'customerManagedKey': {'keyVaultKeyId': 'https://v.vault.azure.net/keys/k'}}",
            "customerManagedKey.geoBackupKeyVaultKeyId",
            "customerManagedKey.geoBackupUserAssignedIdentityId");
        _key.IsUndecided(ClassicServer, "{'customerManagedKey': {'keyVaultKeyId': '[unknown]'}}", "customerManagedKey.keyVaultKeyId");
    }

    [Theory]
    [InlineData("['upload', '--account-key=c2VjcmV0c2VjcmV0']", "args[1]")]
    [InlineData("['login', '--password', 'hunter2hunter2']", "args[2]")]
    [InlineData("['az login -u app --password hunter2hunter2 -t tenant']", "args[0]")]
    public void Secrets_among_arguments_fail(string args, string path) => _clear.Fails("command:local:Command", $"{{'args': {args}}}", path);

    [Theory]
    [InlineData("['login', '--password', '$(PASSWORD)']")]
    [InlineData("['login --password $PASSWORD', 'set --client-secret --verbose', 'get --password-file /run/secret']")]
    [InlineData("['login', '--password-file', '/run/secret', '--verbose', 'hunter2hunter2']")]
    public void Places_of_secrets_among_arguments_pass(string args) => _clear.Passes("command:local:Command", $"{{'args': {args}}}");

    private static StackItem Parameter(string name, string value) => new(ClassicParameter, name, $"{{'name': '{name}', 'serverId': '[unknown]', 'value': '{value}'}}")
    {
        Sources = [("serverId", StackItem.UrnOf(ClassicServer, "db"))],
    };
}
