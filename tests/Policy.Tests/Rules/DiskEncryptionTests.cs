using CantonInfra.Policy.Rules.Disks;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class DiskEncryptionTests
{
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Pool = "azure-native:containerservice:AgentPool";
    private const string Disk = "azure-native:compute:Disk";
    private const string Machine = "azure-native:compute:VirtualMachine";
    private const string ScaleSet = "azure-native:compute:VirtualMachineScaleSet";
    private const string ClassicCluster = "azure:containerservice/kubernetesCluster:KubernetesCluster";
    private const string ClassicMachine = "azure:compute/linuxVirtualMachine:LinuxVirtualMachine";
    private const string SetId = "'/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/diskEncryptionSets/d'";
    private const string WithSet = "{'managedDisk': {'diskEncryptionSet': {'id': " + SetId + "}}}";

    private readonly RuleUnderTest _rule = new(new DiskEncryption());

    [Theory]
    [InlineData(Cluster, "{'diskEncryptionSetID': " + SetId + ", 'agentPoolProfiles': [{'enableEncryptionAtHost': true}, {'enableEncryptionAtHost': true}]}")]
    [InlineData(Cluster, "{'diskEncryptionSetID': " + SetId + "}")]
    [InlineData(Cluster, "{'diskEncryptionSetID': {'[secret]': " + SetId + "}}")]
    [InlineData(Pool, "{'enableEncryptionAtHost': true}")]
    [InlineData("azure-native:containerservice/v20240901:AgentPool", "{'enableEncryptionAtHost': true}")]
    [InlineData(Disk, "{'encryption': {'diskEncryptionSetId': " + SetId + ", 'type': 'EncryptionAtRestWithCustomerKey'}}")]
    [InlineData(Disk, "{'securityProfile': {'secureVMDiskEncryptionSetId': " + SetId + "}}")]
    [InlineData(Machine, "{'securityProfile': {'encryptionAtHost': true}, 'storageProfile': '[unknown]'}")]
    [InlineData(Machine, "{'storageProfile': {'osDisk': " + WithSet + ", 'dataDisks': [" + WithSet + ", {'createOption': 'Attach', 'managedDisk': {'id': '[unknown]'}}]}}")]
    [InlineData(ScaleSet, "{'virtualMachineProfile': {'securityProfile': {'encryptionAtHost': true}}}")]
    [InlineData(ScaleSet, "{'virtualMachineProfile': {'storageProfile': {'osDisk': " + WithSet + "}}}")]
    [InlineData(ClassicCluster, "{'diskEncryptionSetId': " + SetId + ", 'defaultNodePool': {'hostEncryptionEnabled': true}}")]
    [InlineData(ClassicCluster, "{'diskEncryptionSetId': " + SetId + ", 'defaultNodePool': {'enableHostEncryption': true}}")]
    [InlineData(ClassicMachine, "{'encryptionAtHostEnabled': true}")]
    [InlineData(ClassicMachine, "{'osDisk': {'diskEncryptionSetId': " + SetId + "}}")]
    public void Encrypted_disks_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "diskEncryptionSetID")]
    [InlineData(Cluster, "{'diskEncryptionSetID': ''}", "diskEncryptionSetID")]
    [InlineData(
        Cluster,
        "{'diskEncryptionSetID': " + SetId + ", 'agentPoolProfiles': [{'enableEncryptionAtHost': true}, {'name': 'user'}]}",
        "agentPoolProfiles[1].enableEncryptionAtHost")]
    [InlineData(
        Cluster,
        "{'agentPoolProfiles': [{'enableEncryptionAtHost': {'[secret]': false}}]}",
        "diskEncryptionSetID agentPoolProfiles[0].enableEncryptionAtHost")]
    [InlineData(Pool, "{}", "enableEncryptionAtHost")]
    [InlineData(Pool, "{'enableEncryptionAtHost': false}", "enableEncryptionAtHost")]
    [InlineData(Disk, "{}", "encryption.diskEncryptionSetId")]
    [InlineData(Disk, "{'encryption': {'type': 'EncryptionAtRestWithPlatformKey'}}", "encryption.diskEncryptionSetId")]
    [InlineData("azure-native:compute/v20230402:Snapshot", "{}", "encryption.diskEncryptionSetId")]
    [InlineData(Machine, "{}", "securityProfile.encryptionAtHost")]
    [InlineData(
        Machine,
        "{'securityProfile': {'encryptionAtHost': false}, 'storageProfile': {'osDisk': " + WithSet + ", 'dataDisks': [{'createOption': 'Empty'}]}}",
        "storageProfile.dataDisks[0].managedDisk.diskEncryptionSet.id")]
    [InlineData(
        ScaleSet,
        "{'virtualMachineProfile': {'storageProfile': {'osDisk': {}}}}",
        "virtualMachineProfile.storageProfile.osDisk.managedDisk.diskEncryptionSet.id")]
    [InlineData(ClassicCluster, "{'defaultNodePool': {}}", "diskEncryptionSetId defaultNodePool.hostEncryptionEnabled")]
    [InlineData("azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool", "{}", "hostEncryptionEnabled")]
    [InlineData("azure:compute/managedDisk:ManagedDisk", "{}", "diskEncryptionSetId")]
    [InlineData(ClassicMachine, "{'osDisk': {}}", "osDisk.diskEncryptionSetId")]
    public void Others_fail(string type, string properties, string paths) => _rule.Fails(type, properties, paths.Split(' '));

    [Theory]
    [InlineData(Cluster, "{'diskEncryptionSetID': '[unknown]'}", "diskEncryptionSetID")]
    [InlineData(Cluster, "{'diskEncryptionSetID': {'[secret]': '[unknown]'}, 'agentPoolProfiles': '[unknown]'}", "diskEncryptionSetID agentPoolProfiles")]
    [InlineData(
        Cluster, "{'diskEncryptionSetID': " + SetId + ", 'agentPoolProfiles': [{'enableEncryptionAtHost': '[unknown]'}, '[unknown]']}",
        "agentPoolProfiles[0].enableEncryptionAtHost agentPoolProfiles[1]")]
    [InlineData(Pool, "{'enableEncryptionAtHost': '[unknown]'}", "enableEncryptionAtHost")]
    [InlineData(Disk, "{'encryption': '[unknown]'}", "encryption")]
    [InlineData(Machine, "{'securityProfile': '[unknown]', 'storageProfile': {'osDisk': {}}}", "securityProfile")]
    [InlineData(Machine, "{'storageProfile': '[unknown]'}", "storageProfile storageProfile")]
    [InlineData(
        Machine,
        "{'storageProfile': {'osDisk': {'managedDisk': {'diskEncryptionSet': {'id': '[unknown]'}}}}}",
        "storageProfile.osDisk.managedDisk.diskEncryptionSet.id")]
    public void What_is_not_known_is_undecided(string type, string properties, string paths) =>
        _rule.IsUndecided(type, properties, paths.Split(' '));

    [Theory]
    [InlineData("azure-native:compute:DiskEncryptionSet")]
    [InlineData("azure-native:storage:StorageAccount")]
    public void Other_types_are_not_its_business(string type) => _rule.IsNotApplicable(type);
}
