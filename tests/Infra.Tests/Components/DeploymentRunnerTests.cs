using System.Text;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Runner;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class DeploymentRunnerTests
{
    private const string Machine = "azure-native:compute:VirtualMachine";
    private const string Interface = "azure-native:network:NetworkInterface";
    private const string Rule = "azure-native:network:SecurityRule";

    // A10, P1
    [Fact]
    public async Task The_machine_has_no_public_address_and_admits_nothing()
    {
        var mocks = await CloudMocks.RunAsync(() => Runner());

        var nic = mocks.Inputs(Interface);
        Assert.Equal("/azure-native:network:Subnet/runner", nic.At("ipConfigurations.0.subnet.id"));
        Assert.Null(nic.At("ipConfigurations.0.publicIPAddress"));
        Assert.Equal("Deny", Assert.Single(mocks.All(Rule), IsOfRunner).Inputs.At("access"));
        Assert.Equal("address", Assert.Single(mocks.All("azure-native:network:PublicIPAddress")).Name);

        static bool IsOfRunner(Pulumi.Testing.MockResourceArgs rule) =>
            "runner".Equals(rule.Inputs.At("networkSecurityGroupName"));
    }

    [Fact]
    public async Task The_machine_starts_only_what_is_signed_and_keeps_nothing_in_clear()
    {
        var machine = (await CloudMocks.RunAsync(() => Runner())).Inputs(Machine);

        Assert.Equal("TrustedLaunch", machine.At("securityProfile.securityType"));
        Assert.Equal(true, machine.At("securityProfile.uefiSettings.secureBootEnabled"));
        Assert.Equal(true, machine.At("securityProfile.uefiSettings.vTpmEnabled"));
        Assert.Equal(true, machine.At("securityProfile.encryptionAtHost"));
        Assert.Equal(
            "/azure-native:compute:DiskEncryptionSet/disks", machine.At("storageProfile.osDisk.managedDisk.diskEncryptionSet.id"));
        Assert.Equal("AutomaticByPlatform", machine.At("osProfile.linuxConfiguration.patchSettings.patchMode"));
        Assert.Equal(["2"], machine.Texts("zones").AsEnumerable());
    }

    [Fact]
    public async Task Nobody_signs_in_by_password_and_without_a_key_nobody_by_SSH()
    {
        var machine = (await CloudMocks.RunAsync(() => Runner())).Inputs(Machine);

        Assert.Equal(true, machine.At("osProfile.linuxConfiguration.disablePasswordAuthentication"));
        Assert.Null(machine.At("osProfile.adminPassword"));
        var parts = ((string)machine.At("osProfile.linuxConfiguration.ssh.publicKeys.0.keyData")!).Split(' ');
        Assert.Equal("ssh-ed25519", parts[0]);
        Assert.Equal(4 + 11 + 4 + 32, Convert.FromBase64String(parts[1]).Length);
    }

    [Fact]
    public async Task Who_maintains_the_machine_signs_in_by_key()
    {
        var machine = (await CloudMocks.RunAsync(() => Runner(args => args with { SshPublicKey = "ssh-ed25519 AAAA" }))).Inputs(Machine);

        Assert.Equal("ssh-ed25519 AAAA", machine.At("osProfile.linuxConfiguration.ssh.publicKeys.0.keyData"));
    }

    [Fact]
    public async Task What_the_machine_starts_with_is_a_cloud_config_that_forbids_passwords()
    {
        var machine = (await CloudMocks.RunAsync(() => Runner())).Inputs(Machine);

        var config = Encoding.UTF8.GetString(Convert.FromBase64String((string)machine.At("osProfile.customData")!));
        Assert.StartsWith("#cloud-config\n", config, StringComparison.Ordinal);
        Assert.Contains("\nssh_pwauth: false\n", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_machine_reaches_what_deployments_reach()
    {
        var mocks = await CloudMocks.RunAsync(() => Runner());

        Assert.Equal(
            ["aks-api-runner", "aks-system-runner", "aks-user-runner", "pep-runner", "psql-keycloak-runner", "psql-ledger-runner"],
            mocks.All(Rule).Where(rule => "10.40.3.192/27".Equals(rule.Inputs.At("sourceAddressPrefix"))).Select(rule => rule.Name!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Through_a_firewall_the_machine_reaches_hosts_by_name()
    {
        var mocks = await CloudMocks.RunAsync(() => Runner(
            args => args with { AllowedHosts = ["state.example.com"] },
            new EgressPlan(EgressMode.Firewall, HasIntrusionDetection: false, [])));

        Assert.Equal("/azure-native:network:RouteTable/routes", mocks.Inputs("azure-native:network:Subnet", "runner").At("routeTable.id"));
        const string Group = "azure-native:network:FirewallPolicyRuleCollectionGroup";
        Assert.Contains("management.azure.com", mocks.Inputs(Group, "rules-runner-azure").Texts("ruleCollections.0.rules.0.targetFqdns"));
        Assert.Equal(["state.example.com"], mocks.Inputs(Group, "rules-runner-hosts").Texts("ruleCollections.0.rules.0.targetFqdns").AsEnumerable());
        Assert.Equal(["10.40.3.192/27"], mocks.Inputs(Group, "rules-runner-hosts").Texts("ruleCollections.0.rules.0.sourceAddresses").AsEnumerable());
    }

    [Fact]
    public async Task The_machine_may_deploy_to_the_cluster_and_nothing_more()
    {
        var mocks = await CloudMocks.RunAsync(() => Runner().DeployTo(Scenery.Cluster()));

        var roles = mocks.All("azure-native:authorization:RoleAssignment")
            .Where(role => "principal of runner-identity".Equals(role.Inputs.At("principalId")))
            .ToList();
        Assert.All(roles, role => Assert.Equal("/azure-native:containerservice:ManagedCluster/cluster", role.Inputs.At("scope")));
        Assert.Equal(
            ["4abbcc35-e782-43d8-92c5-2d3f1bd2253f", "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b"],
            roles.Select(role => ((string)role.Inputs.At("roleDefinitionId")!).Split('/')[^1]).Order(StringComparer.Ordinal));
    }

    private static DeploymentRunner Runner(Func<DeploymentRunnerArgs, DeploymentRunnerArgs>? change = null, EgressPlan? egress = null)
    {
        var args = new DeploymentRunnerArgs
        {
            Azure = Scenery.Azure,
            ResourceGroupName = "rg-runner",
            IdentityResourceGroupName = "rg-sec",
            Network = Scenery.Network(egress),
            Disks = new DiskEncryption("disks", new DiskEncryptionArgs
            {
                Azure = Scenery.Azure,
                ResourceGroupName = "rg-sec",
                Purpose = "aks",
                Key = Scenery.Vault().AddEncryptionKey("cmk-des"),
            }),
            VmSize = "Standard_D2s_v5",
            Zone = "2",
        };
        return new DeploymentRunner("runner", change is null ? args : change(args));
    }
}
