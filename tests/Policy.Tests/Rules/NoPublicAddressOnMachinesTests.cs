using CantonInfra.Policy.Rules.Network;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class NoPublicAddressOnMachinesTests
{
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Pool = "azure-native:containerservice:AgentPool";
    private const string Interface = "azure-native:network:NetworkInterface";
    private const string ScaleSet = "azure-native:compute:VirtualMachineScaleSet";

    private readonly RuleUnderTest _rule = new(new NoPublicAddressOnMachines());

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{'enableNodePublicIP': false}, {}]}")]
    [InlineData(Pool, "{}")]
    [InlineData(Interface, "{'ipConfigurations': [{'name': 'a', 'subnet': {'id': '[unknown]'}}]}")]
    [InlineData(Interface, "{}")]
    [InlineData(ScaleSet, "{'virtualMachineProfile': {'networkProfile': {'networkInterfaceConfigurations': [{'ipConfigurations': [{'name': 'a'}]}]}}}")]
    public void Machines_without_an_address_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{}, {'enableNodePublicIP': true}]}", "agentPoolProfiles[1].enableNodePublicIP")]
    [InlineData(Pool, "{'enableNodePublicIP': true}", "enableNodePublicIP")]
    [InlineData(Interface, "{'ipConfigurations': [{'publicIPAddress': {'id': '[unknown]'}}]}", "ipConfigurations[0].publicIPAddress")]
    [InlineData("azure:network/networkInterface:NetworkInterface", "{'ipConfigurations': [{'publicIpAddressId': 'ip'}]}", "ipConfigurations[0].publicIpAddressId")]
    [InlineData("azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool", "{'nodePublicIpEnabled': true}", "nodePublicIpEnabled")]
    [InlineData(
        ScaleSet,
        "{'virtualMachineProfile': {'networkProfile': {'networkInterfaceConfigurations': [{'ipConfigurations': [{'publicIPAddressConfiguration': {'name': 'a'}}]}]}}}",
        "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].ipConfigurations[0].publicIPAddressConfiguration")]
    public void Machines_with_an_address_fail(string type, string properties, string path) => _rule.Fails(type, properties, path);

    [Theory]
    [InlineData(Pool, "{'enableNodePublicIP': '[unknown]'}", "enableNodePublicIP")]
    [InlineData(Interface, "{'ipConfigurations': '[unknown]'}", "ipConfigurations")]
    [InlineData(Interface, "{'ipConfigurations': [{'publicIPAddress': '[unknown]'}]}", "ipConfigurations[0].publicIPAddress")]
    public void What_is_not_known_is_undecided(string type, string properties, string path) => _rule.IsUndecided(type, properties, path);

    [Fact]
    public void Addresses_of_firewalls_are_not_its_business()
    {
        _rule.IsNotApplicable("azure-native:network:PublicIPAddress");
        _rule.IsNotApplicable("azure-native:network:AzureFirewall", "{'ipConfigurations': [{'publicIPAddress': {'id': 'ip'}}]}");
    }

    [Fact]
    public void A_secret_is_judged_and_not_shown() => _rule.KeepsSecret(
        Interface, "{'ipConfigurations': [{'publicIPAddress': {'id': {'[secret]': 'SECRET'}}}]}", "ipConfigurations[0].publicIPAddress");
}
