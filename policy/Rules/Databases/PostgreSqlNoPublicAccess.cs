using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>PostgreSQL servers have no address on the internet.</summary>
internal sealed class PostgreSqlNoPublicAccess : ResourcePolicy
{
    private const string Public = "the server answers on the internet";

    private static readonly ImmutableArray<ServerAccess> Servers =
    [
        // The flexible server; before 2020-11 the subnet had another place, and the single server had the same type.
        ServerAccess.Text(
            "azure-native:dbforpostgresql:Server",
            ["network.publicNetworkAccess", "publicNetworkAccess", "properties.publicNetworkAccess"],
            ["network.delegatedSubnetResourceId", "delegatedSubnetArguments.subnetArmResourceId"]),
        ServerAccess.Text("azure-native:dbforpostgresql:SingleServer", ["properties.publicNetworkAccess"], []),
        ServerAccess.Flag("azure:postgresql/flexibleServer:FlexibleServer", "publicNetworkAccessEnabled", ["delegatedSubnetId"]),
        ServerAccess.Flag("azure:postgresql/server:Server", "publicNetworkAccessEnabled", []),
    ];

    private static readonly ImmutableArray<ResourceTypePattern> Clusters =
        ["azure-native:dbforpostgresql:ServerGroupCluster", "azure-native:dbforpostgresql:Cluster"];

    private static readonly ImmutableArray<Switch> ClusterSwitches =
    [
        .. Clusters.SelectMany(type => new[]
        {
            Switch.Off(type.ToString(), "coordinatorEnablePublicIpAccess", Public, byDefault: true),
            Switch.Off(type.ToString(), "nodeEnablePublicIpAccess", "its nodes answer on the internet"),
        }),
    ];

    private static readonly ImmutableArray<ResourceTypePattern> FirewallRules =
    [
        "azure-native:dbforpostgresql:FirewallRule",
        "azure-native:dbforpostgresql:SingleServerFirewallRule",
        "azure-native:dbforpostgresql:ServerGroupFirewallRule",
        "azure:postgresql/flexibleServerFirewallRule:FlexibleServerFirewallRule",
        "azure:postgresql/firewallRule:FirewallRule",
    ];

    public override string Id => "postgresql-no-public-access";

    public override string Title => "PostgreSQL servers are not on the public network";

    public override string Rationale =>
        "The servers hold the ledger's and the identity provider's data. On the public network, a password is all that stands "
        + "between them and the internet, and a firewall rule for 'Azure services' lets in every customer of Azure.";

    public override string Remediation =>
        "Put the server into a subnet that is delegated to it (network.delegatedSubnetResourceId and "
        + "network.privateDnsZoneArmResourceId), or set network.publicNetworkAccess to 'Disabled' and use a private endpoint. Remove "
        + "firewall rules: they only serve the public address. Between the two ways a server cannot be changed, only replaced.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:dbforpostgresql:Server",
        Good: """{"network": {"publicNetworkAccess": "Disabled"}}""",
        Bad: """{"network": {"publicNetworkAccess": "Enabled"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A11"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. Servers.Select(server => server.Type), .. Clusters, .. FirewallRules];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (Servers.FirstOrDefault(each => each.Type.Matches(resource.Type)) is { } server)
        {
            return [server.Judge(resource)];
        }

        return FirewallRules.Any(type => type.Matches(resource.Type))
            ? [JudgeFirewallRule(resource)]
            : ClusterSwitches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource));
    }

    private static PolicyVerdict JudgeFirewallRule(ResourceView rule)
    {
        var start = rule.Read("startIpAddress");
        var end = rule.Read("endIpAddress");
        start.TryGetText(out var first);
        end.TryGetText(out var last);
        var who = (first, last) switch
        {
            ("0.0.0.0", "0.0.0.0") => "all of Azure, other customers' machines included",
            ("0.0.0.0", "255.255.255.255") => "the whole internet",
            _ => $"the addresses from {start} to {end}",
        };
        return PolicyVerdict.Violation(
            PropertyPath.Parse("startIpAddress"), $"{rule} opens the public address of a PostgreSQL server to {who}.");
    }
}
