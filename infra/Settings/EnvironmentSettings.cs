namespace CantonInfra.Infra.Settings;

/// <summary>What differs between environments. A stack file says it; nothing else does.</summary>
/// <param name="Environment"><c>canton-infra:environment</c>: devnet, testnet or mainnet.</param>
/// <param name="Name">The environment's name in resource names and tags: the stack's.</param>
/// <param name="Location"><c>azure-native:location</c>: the Azure region of all regional resources.</param>
/// <param name="SubscriptionId"><c>azure-native:subscriptionId</c>: the subscription, a GUID.</param>
/// <param name="TenantId"><c>azure-native:tenantId</c>: the Entra tenant, a GUID.</param>
/// <param name="Owner"><c>canton-infra:owner</c>: who answers for the environment; a tag.</param>
/// <param name="CostCenter"><c>canton-infra:costCenter</c>: who pays; a tag.</param>
/// <param name="AddressSpace"><c>canton-infra:addressSpace</c>: the virtual network, an IPv4 network of /20 or larger.</param>
internal sealed record EnvironmentSettings(
    CantonEnvironment Environment,
    string Name,
    string Location,
    string SubscriptionId,
    string TenantId,
    string Owner,
    string CostCenter,
    string AddressSpace)
{
    // The subnets of one environment take a /20; see the address plan in the network component.
    private const int AddressSpacePrefix = 20;

    /// <summary>Reads the settings of the running stack.</summary>
    public static SettingsResult<EnvironmentSettings> Read(SettingsReader reader)
    {
        var settings = new EnvironmentSettings(
            reader.OneOf("canton-infra:environment", "the Canton network of the environment", CantonEnvironments.ByName),
            Pulumi.Deployment.Instance.StackName,
            reader.Text("azure-native:location", "the Azure region"),
            reader.Guid("azure-native:subscriptionId", "the Azure subscription"),
            reader.Guid("azure-native:tenantId", "the Entra tenant"),
            reader.Text("canton-infra:owner", "who answers for the environment"),
            reader.Text("canton-infra:costCenter", "who pays for the environment"),
            reader.Network("canton-infra:addressSpace", "the network of the environment", AddressSpacePrefix));
        var errors = reader.Errors;
        return new SettingsResult<EnvironmentSettings>(errors.Length == 0 ? settings : null, errors);
    }
}
