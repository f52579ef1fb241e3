using System.Security.Cryptography;
using System.Text;

namespace CantonInfra.Infra.Components.Foundation;

/// <summary>The names of an environment's resources: abbreviation of the type, system, environment, purpose.</summary>
/// <remarks>
/// Every name is checked against Azure's rules before anything is declared. Names that are global in Azure end with a hash of
/// subscription and environment, so that two tenants with the same environment do not meet.
/// </remarks>
/// <param name="Environment">The environment's name.</param>
/// <param name="SubscriptionId">The subscription.</param>
internal sealed record ResourceNames(string Environment, string SubscriptionId)
{
    /// <summary>The longest name that an environment can have, so that all names below fit.</summary>
    public const int LongestEnvironment = 24;

    private const string System = "canton";
    private const int HashLength = 5;

    /// <summary>The virtual network's name.</summary>
    public string VirtualNetwork => AzureNameRule.VirtualNetwork.Check(Join("vnet"));

    /// <summary>The name of the virtual network's flow log, unique among those of the region.</summary>
    public string FlowLog => AzureNameRule.NetworkResource.Check(Join("fl"));
    /// <summary>The name of the virtual network of the replicas, in their region.</summary>
    public string ReplicaNetwork => AzureNameRule.VirtualNetwork.Check(Join("vnet", "replica"));

    /// <summary>The Log Analytics workspace's name, which requirement A22 fixes.</summary>
    public string LogAnalyticsWorkspace => AzureNameRule.LogAnalyticsWorkspace.Check($"law-{System}-{Environment}-law");

    /// <summary>The name of the workspace of managed Prometheus.</summary>
    public string AzureMonitorWorkspace => AzureNameRule.DataCollection.Check(Join("amw"));

    /// <summary>The name of the endpoint that agents fetch their rules from and send metrics to.</summary>
    public string DataCollectionEndpoint => AzureNameRule.DataCollection.Check(Join("dce"));

    /// <summary>The name of the private link scope of Azure Monitor.</summary>
    public string MonitorPrivateLinkScope => AzureNameRule.MonitorResource.Check(Join("ampls"));

    /// <summary>The AKS cluster's name.</summary>
    public string Cluster => AzureNameRule.Cluster.Check(Join("aks"));

    /// <summary>The name of the resource group that AKS keeps the cluster's own resources in.</summary>
    public string ClusterNodes => AzureNameRule.ResourceGroup.Check(Join("rg", "aks-nodes"));

    /// <summary>The managed HSM's name.</summary>
    public string ManagedHsm => Global(AzureNameRule.ManagedHsm, "hsm", "");

    /// <summary>The private DNS zone of the PostgreSQL servers; its first label must not be a server's name.</summary>
    public string PostgreSqlZone => $"{System}-{Environment}.private.postgres.database.azure.com";

    private string Hash
    {
        get
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{SubscriptionId}/{Environment}"));
            return Convert.ToHexStringLower(digest)[..HashLength];
        }
    }

    /// <summary>A resource group's name.</summary>
    /// <param name="purpose">What the group holds, such as <c>net</c>.</param>
    public string ResourceGroup(string purpose) => AzureNameRule.ResourceGroup.Check(Join("rg", purpose));

    /// <summary>A subnet's name.</summary>
    public string Subnet(string purpose) => AzureNameRule.NetworkResource.Check(Join("snet", purpose));

    /// <summary>A network security group's name.</summary>
    public string NetworkSecurityGroup(string purpose) => AzureNameRule.NetworkResource.Check(Join("nsg", purpose));

    /// <summary>A NAT gateway's name.</summary>
    public string NatGateway(string purpose) => AzureNameRule.NetworkResource.Check(Join("ng", purpose));

    /// <summary>A public IP address's name.</summary>
    public string PublicIPAddress(string purpose) => AzureNameRule.NetworkResource.Check(Join("pip", purpose));

    /// <summary>A firewall's name.</summary>
    public string Firewall(string purpose) => AzureNameRule.NetworkResource.Check(Join("afw", purpose));

    /// <summary>A firewall policy's name.</summary>
    public string FirewallPolicy(string purpose) => AzureNameRule.NetworkResource.Check(Join("afwp", purpose));

    /// <summary>A route table's name.</summary>
    public string RouteTable(string purpose) => AzureNameRule.NetworkResource.Check(Join("rt", purpose));

    /// <summary>A network interface's name.</summary>
    public string NetworkInterface(string purpose) => AzureNameRule.NetworkResource.Check(Join("nic", purpose));

    /// <summary>A Linux virtual machine's name, its host name too.</summary>
    public string VirtualMachine(string purpose) => AzureNameRule.VirtualMachine.Check(Join("vm", purpose));

    /// <summary>A private endpoint's name.</summary>
    public string PrivateEndpoint(string purpose) => AzureNameRule.NetworkResource.Check(Join("pep", purpose));

    /// <summary>A data collection rule's name.</summary>
    /// <param name="purpose">What it collects; at most six letters.</param>
    public string DataCollectionRule(string purpose) => AzureNameRule.DataCollection.Check(Join("dcr", purpose));

    /// <summary>An action group's name.</summary>
    public string ActionGroup(string purpose) => AzureNameRule.MonitorResource.Check(Join("ag", purpose));

    /// <summary>An alert's name.</summary>
    public string Alert(string purpose) => AzureNameRule.MonitorResource.Check(Join("alert", purpose));

    /// <summary>A user-assigned identity's name.</summary>
    public string Identity(string purpose) => AzureNameRule.Identity.Check(Join("id", purpose));

    /// <summary>A disk encryption set's name.</summary>
    public string DiskEncryptionSet(string purpose) => AzureNameRule.DiskEncryptionSet.Check(Join("des", purpose));

    /// <summary>A PostgreSQL flexible server's name.</summary>
    public string PostgreSqlServer(string purpose) =>
        AzureNameRule.PostgreSqlServer.Check($"{Join("psql", purpose)}-{Hash}");

    /// <summary>The name of a virtual endpoint, which leads to a server or, after a failover, to its replica.</summary>
    public string PostgreSqlEndpoint(string purpose) =>
        AzureNameRule.PostgreSqlServer.Check($"{Join("vep", purpose)}-{Hash}");

    /// <summary>A key vault's name.</summary>
    public string KeyVault(string purpose) => Global(AzureNameRule.KeyVault, "kv", purpose);

    /// <summary>A storage account's name.</summary>
    public string StorageAccount(string purpose) => Global(AzureNameRule.StorageAccount, "st", purpose);

    // Of a long environment name only the beginning fits; the hash still tells it from others.
    private string Global(AzureNameRule rule, string abbreviation, string purpose)
    {
        var room = rule.Longest - abbreviation.Length - System.Length - purpose.Length - HashLength;
        var environment = Environment.Replace("-", "", StringComparison.Ordinal);
        return rule.Check($"{abbreviation}{System}{environment[..Math.Min(room, environment.Length)]}{purpose}{Hash}");
    }

    private string Join(string abbreviation, string? purpose = null) =>
        purpose is null ? $"{abbreviation}-{System}-{Environment}" : $"{abbreviation}-{System}-{Environment}-{purpose}";
}
