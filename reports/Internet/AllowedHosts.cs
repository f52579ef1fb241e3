using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Internet;

/// <summary>What a rule of a firewall lets out.</summary>
/// <param name="From">The subnets, by name where their addresses are those of one.</param>
/// <param name="Hosts">The hosts, Microsoft's lists of hosts, or addresses.</param>
/// <param name="Ports">The protocols and ports.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Why">What it is for.</param>
/// <param name="Resource">The position of the group of rules in the stack's resources.</param>
internal sealed record AllowedHosts(
    ImmutableArray<string> From, ImmutableArray<string> Hosts, ImmutableArray<string> Ports, string Rule, string Why, int Resource)
{
    /// <summary>What the firewalls of a plan let out, by rule.</summary>
    public static ImmutableArray<AllowedHosts> Of(PlanIndex plan)
    {
        var subnets = plan.OfType("azure-native:network:Subnet")
            .GroupBy(subnet => PlanIndex.Text(subnet, "addressPrefix"), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
        return
        [
            .. from @group in plan.OfType("azure-native:network:FirewallPolicyRuleCollectionGroup")
               from collection in PlanIndex.Maps(PlanIndex.Value(@group, "ruleCollections"))
               where PlanIndex.Member(collection, "ruleCollectionType") == "FirewallPolicyFilterRuleCollection"
                   && PlanIndex.Plain(collection["action"]) is MapValue action && PlanIndex.Member(action, "type") == "Allow"
               from rule in PlanIndex.Maps(PlanIndex.Plain(collection["rules"]))
               orderby PlanIndex.Member(rule, "name"), @group.Name
               select new AllowedHosts(
                   [.. PlanIndex.Members(rule, "sourceAddresses").Select(source => subnets.GetValueOrDefault(source, source)).Concat(PlanIndex.Members(rule, "sourceIpGroups"))],
                   [
                       .. PlanIndex.Members(rule, "targetFqdns").Concat(PlanIndex.Members(rule, "destinationFqdns")).Concat(PlanIndex.Members(rule, "targetUrls")),
                       .. PlanIndex.Members(rule, "fqdnTags").Select(tag => $"Microsoft's list {tag}"),
                       .. PlanIndex.Members(rule, "destinationAddresses"),
                   ],
                   [.. PortsOf(rule)],
                   PlanIndex.Member(rule, "name"),
                   PlanIndex.Member(rule, "description"),
                   plan.Positions[@group.Urn]),
        ];
    }

    private static IEnumerable<string> PortsOf(MapValue rule)
    {
        foreach (var protocol in PlanIndex.Maps(PlanIndex.Plain(rule["protocols"])))
        {
            yield return PlanIndex.Plain(protocol["port"]) is NumberValue port
                ? string.Create(CultureInfo.InvariantCulture, $"{PlanIndex.Member(protocol, "protocolType").ToUpperInvariant()} {port.Value}")
                : PlanIndex.Member(protocol, "protocolType").ToUpperInvariant();
        }

        if (PlanIndex.Members(rule, "destinationPorts").ToList() is { Count: > 0 } ports)
        {
            yield return $"{string.Join("/", PlanIndex.Members(rule, "ipProtocols").Select(protocol => protocol.ToUpperInvariant()))} {string.Join(", ", ports)}";
        }
    }
}
