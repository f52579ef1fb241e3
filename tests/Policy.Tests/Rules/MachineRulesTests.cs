using CantonInfra.Policy.Rules.Machines;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class MachineRulesTests
{
    private const string Machine = "azure-native:compute:VirtualMachine";
    private const string ScaleSet = "azure-native:compute:VirtualMachineScaleSet";
    private const string ClassicLinux = "azure:compute/linuxVirtualMachine:LinuxVirtualMachine";
    private const string ClassicWindows = "azure:compute/windowsVirtualMachine:WindowsVirtualMachine";
    private const string Pool = "azure-native:containerservice:AgentPool";
    private const string Interface = "azure-native:network:NetworkInterface";

    private readonly RuleUnderTest _passwords = new(new MachinesNoPasswords());
    private readonly RuleUnderTest _patches = new(new MachinesPatched());
    private readonly RuleUnderTest _launch = new(new TrustedLaunch());
    private readonly RuleUnderTest _forwarding = new(new NoIpForwarding());

    [Fact]
    public void Other_types_are_the_business_of_none() => Assert.All(
        [_passwords, _patches, _launch, _forwarding], rule => rule.IsNotApplicable("azure-native:network:Subnet"));

    [Theory]
    [InlineData(Machine, "{'osProfile': {'linuxConfiguration': {'disablePasswordAuthentication': true}}}")]
    [InlineData(ScaleSet, "{'virtualMachineProfile': {'osProfile': {'linuxConfiguration': {'disablePasswordAuthentication': true}}}}")]
    [InlineData(ClassicLinux, "{}")]
    public void Keys_alone_pass(string type, string properties) => _passwords.Passes(type, properties);

    [Theory]
    [InlineData(Machine, "{'osProfile': {'adminPassword': 'x'}}", "osProfile.linuxConfiguration.disablePasswordAuthentication")]
    [InlineData(ScaleSet, "{'virtualMachineProfile': {'osProfile': {}}}", "virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication")]
    [InlineData(ClassicLinux, "{'disablePasswordAuthentication': false}", "disablePasswordAuthentication")]
    public void Passwords_fail(string type, string properties, string path) => _passwords.Fails(type, properties, path);

    [Theory]
    [InlineData("{}")]
    [InlineData("{'osProfile': {'windowsConfiguration': {}}}")]
    [InlineData("{'osProfile': {}, 'storageProfile': {'imageReference': {'publisher': 'MicrosoftWindowsServer'}}}")]
    public void Other_machines_are_not_its_business(string properties) => _passwords.IsNotApplicable(Machine, properties);

    [Fact]
    public void Unknown_and_secret_passwords()
    {
        _passwords.IsUndecided(Machine, "{'osProfile': '[unknown]'}", "osProfile");
        _passwords.IsUndecided(ClassicLinux, "{'disablePasswordAuthentication': '[unknown]'}", "disablePasswordAuthentication");
        _passwords.KeepsSecret(
            Machine, "{'osProfile': {'adminPassword': {'[secret]': 'SECRET'}}}", "osProfile.linuxConfiguration.disablePasswordAuthentication");
    }

    [Theory]
    [InlineData(Machine, "{'osProfile': {'linuxConfiguration': {'patchSettings': {'patchMode': 'AutomaticByPlatform', 'assessmentMode': 'AutomaticByPlatform'}}}}")]
    [InlineData(Machine, "{'osProfile': {'windowsConfiguration': {}}}")]
    [InlineData(ClassicLinux, "{'patchMode': 'AutomaticByPlatform'}")]
    [InlineData(ClassicWindows, "{}")]
    public void Patched_machines_pass(string type, string properties) => _patches.Passes(type, properties);

    [Theory]
    [InlineData(Machine, "{'osProfile': {'linuxConfiguration': {'provisionVMAgent': false}}}", "osProfile.linuxConfiguration.patchSettings.patchMode osProfile.linuxConfiguration.patchSettings.assessmentMode osProfile.linuxConfiguration.provisionVMAgent")]
    [InlineData(Machine, "{'osProfile': {'windowsConfiguration': {'enableAutomaticUpdates': false}}}", "osProfile.windowsConfiguration.enableAutomaticUpdates")]
    [InlineData(ClassicLinux, "{}", "patchMode")]
    [InlineData(ClassicWindows, "{'patchMode': 'Manual'}", "patchMode")]
    public void Unpatched_machines_fail(string type, string properties, string paths) => _patches.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_patches()
    {
        _patches.IsNotApplicable(Machine);
        _patches.IsUndecided(Machine, "{'osProfile': '[unknown]'}", "osProfile");
        _patches.KeepsSecret(ClassicLinux, "{'adminPassword': {'[secret]': 'SECRET'}}", "patchMode");
    }

    [Theory]
    [InlineData(Machine, "{'securityProfile': {'securityType': 'TrustedLaunch', 'uefiSettings': {'secureBootEnabled': true, 'vTpmEnabled': true}}}")]
    [InlineData(ClassicLinux, "{'secureBootEnabled': true, 'vtpmEnabled': true}")]
    [InlineData(Pool, "{'securityProfile': {'enableSecureBoot': true, 'enableVTPM': true}}")]
    public void Trusted_starts_pass(string type, string properties) => _launch.Passes(type, properties);

    [Theory]
    [InlineData(Machine, "{}", "securityProfile.securityType securityProfile.uefiSettings.secureBootEnabled securityProfile.uefiSettings.vTpmEnabled")]
    [InlineData(ClassicWindows, "{'secureBootEnabled': true}", "vtpmEnabled")]
    [InlineData("azure-native:containerservice:ManagedCluster", "{'agentPoolProfiles': [{'securityProfile': {'enableVTPM': true}}]}", "agentPoolProfiles[0].securityProfile.enableSecureBoot")]
    public void Other_starts_fail(string type, string properties, string paths) => _launch.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_starts()
    {
        _launch.IsUndecided(Pool, "{'securityProfile': '[unknown]'}", "securityProfile", "securityProfile");
        _launch.KeepsSecret(Pool, "{'securityProfile': {'enableSecureBoot': true}, 'nodeLabels': {'[secret]': 'SECRET'}}", "securityProfile.enableVTPM");
    }

    [Fact]
    public void Machines_do_not_route()
    {
        _forwarding.Passes(Interface, "{}");
        _forwarding.Fails(Interface, "{'enableIPForwarding': true}", "enableIPForwarding");
        _forwarding.Fails("azure:network/networkInterface:NetworkInterface", "{'enableIpForwarding': true}", "enableIpForwarding");
        _forwarding.IsUndecided(Interface, "{'enableIPForwarding': '[unknown]'}", "enableIPForwarding");
        _forwarding.KeepsSecret(Interface, "{'enableIPForwarding': true, 'tags': {'[secret]': 'SECRET'}}", "enableIPForwarding");
    }
}
