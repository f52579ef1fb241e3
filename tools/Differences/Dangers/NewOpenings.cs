using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>What network security groups and firewalls let through and did not.</summary>
internal sealed class NewOpenings : IDangerDetector
{
    private static readonly string[] RuleTypes = ["azure-native:network:SecurityRule", "azure:network/networkSecurityRule:NetworkSecurityRule"];

    private static readonly string[] GroupTypes =
        ["azure-native:network:NetworkSecurityGroup", "azure:network/networkSecurityGroup:NetworkSecurityGroup"];

    private const string GroupProperty = "networkSecurityGroupName";

    private static readonly string[] FirewallTypes =
        ["azure-native:network:FirewallPolicyRuleCollectionGroup", "azure:network/firewallPolicyRuleCollectionGroup:FirewallPolicyRuleCollectionGroup"];

    private static readonly string[] FirewallTargets = ["targetFqdns", "targetUrls", "fqdnTags", "destinationFqdns", "destinationAddresses"];

    private static readonly string[] Anywhere = ["*", "any", "internet", "azurecloud", "0.0.0.0/0", "::/0"];

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference)
    {
        var former = RulesOf(difference.Earlier?.Resources ?? []).ToLookup(rule => rule.Group, StringComparer.OrdinalIgnoreCase);
        var added = difference.Changes
            .Where(change => change.Operation == Operation.Create && GroupTypes.Contains(change.Resource.PlainType(), StringComparer.Ordinal))
            .Select(change => GroupName(change.Resource))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var present = RulesOf(difference.Plan.Resources).ToArray();
        foreach (var rule in present.Where(rule => rule.Allows))
        {
            var before = former[rule.Group].Where(other => other.Allows && other.Direction == rule.Direction).SelectMany(other => other.Ways).ToHashSet();
            var ways = rule.Ways.Where(way => !before.Contains(way)).ToArray();
            if (ways.Length > 0)
            {
                yield return Opened(rule, ways, !added.Contains(rule.Group));
            }
        }

        var kept = present.Select(rule => (rule.Group, rule.Name)).ToHashSet();
        foreach (var rule in former.SelectMany(group => group).Where(rule => rule.Denies && !kept.Contains((rule.Group, rule.Name))))
        {
            if (present.Any(other => other.Group.Equals(rule.Group, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new Danger(DangerKind.Exposure, DangerGrade.Grave, rule.Urn, "a rule that denies is gone", rule.Name);
            }
        }

        foreach (var danger in difference.Changes.SelectMany(OfFirewall))
        {
            yield return danger;
        }
    }

    private static Danger Opened(Rule rule, Way[] added, bool groupExisted)
    {
        var isInbound = rule.Direction.Equals("Inbound", StringComparison.OrdinalIgnoreCase);
        var isWide = added.Any(way => IsAnywhere(isInbound ? way.Source : way.Destination));
        var shown = string.Join(", ", added.Select(way => $"{way.Source} → {way.Destination}:{way.Port}").Distinct());
        return new Danger(
            DangerKind.Exposure,
            isWide || (groupExisted && isInbound) ? DangerGrade.Grave : DangerGrade.Notice,
            rule.Urn,
            (isInbound, isWide) switch
            {
                (true, true) => "opens a port to anybody",
                (true, false) => "opens a port",
                (false, true) => "lets traffic out to anywhere",
                _ => "lets traffic out",
            },
            shown);
    }

    // Translated addresses are a way in; everything else is a way out for hosts that are named.
    private static IEnumerable<Danger> OfFirewall(ResourceChange change)
    {
        if (!FirewallTypes.Contains(change.Resource.PlainType(), StringComparer.Ordinal) || change.Operation is Operation.Delete or Operation.Same)
        {
            yield break;
        }

        var before = FirewallRules(change.Former).ToHashSet();
        foreach (var (kind, name, text) in FirewallRules(change.Resource).Where(rule => !before.Contains(rule)))
        {
            yield return kind.Contains("nat", StringComparison.OrdinalIgnoreCase)
                ? new Danger(DangerKind.Exposure, DangerGrade.Grave, change.Resource.Urn, "the firewall lets traffic in", $"{name}: {text}")
                : new Danger(DangerKind.NewConnection, DangerGrade.Notice, change.Resource.Urn, "the firewall lets traffic out", $"{name}: {text}");
        }
    }

    private static IEnumerable<(string Kind, string Name, string Text)> FirewallRules(PlannedResource? holder) =>
        from collection in holder?.Inputs.Items("ruleCollections") ?? []
        where collection.Unwrapped is MapValue
        from rule in ((MapValue)collection.Unwrapped).Items("rules")
        where rule.Unwrapped is MapValue
        let map = (MapValue)rule.Unwrapped
        from target in FirewallTargets.SelectMany(list => map.Items(list))
        select (map.Text("ruleType") ?? "", map.Text("name") ?? "", target.Shown());

    private static IEnumerable<Rule> RulesOf(ImmutableArray<PlannedResource> resources)
    {
        var groups = resources.Where(resource => GroupTypes.Contains(resource.PlainType(), StringComparer.Ordinal))
            .ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            if (RuleTypes.Contains(resource.PlainType(), StringComparer.Ordinal))
            {
                yield return new Rule(
                    resource.Urn, GroupOf(resource, groups), resource.Inputs.Text("securityRuleName") ?? resource.Inputs.Text("name") ?? resource.Name, resource.Inputs);
            }
            else if (GroupTypes.Contains(resource.PlainType(), StringComparer.Ordinal))
            {
                var group = GroupName(resource);
                foreach (var item in resource.Inputs.Items("securityRules"))
                {
                    if (item.Unwrapped is MapValue map)
                    {
                        yield return new Rule(resource.Urn, group, map.Text("name") ?? "", map);
                    }
                }
            }
        }
    }

    // A group that is declared beside its rules has a name that nothing knows before a deployment: what the rule was given tells which.
    private static string GroupOf(PlannedResource rule, Dictionary<string, PlannedResource> groups)
    {
        if (rule.Inputs.Text(GroupProperty) is { } name)
        {
            return name;
        }

        var given = rule.PropertyDependencies.GetValueOrDefault(GroupProperty, []).Concat(rule.Dependencies).FirstOrDefault(groups.ContainsKey)
            ?? groups.Values.FirstOrDefault(group => group.Parent == rule.Parent)?.Urn;
        return given is null ? $"{rule.Parent}: {PropertyJson.UnknownMark}" : GroupName(groups[given]);
    }

    private static string GroupName(PlannedResource group) =>
        group.Inputs.Text(GroupProperty) ?? group.Inputs.Text("name") ?? group.Name;

    private static bool IsAnywhere(string place) => Anywhere.Contains(place.Split('.') is [var tag, ..] && !place.Contains('/', StringComparison.Ordinal) ? tag : place, StringComparer.OrdinalIgnoreCase);

    /// <summary>A source, a destination and a port that a rule speaks of.</summary>
    private sealed record Way(string Source, string Destination, string Port, string Protocol);

    /// <summary>A rule of a security group.</summary>
    private sealed record Rule(string Urn, string Group, string Name, MapValue Inputs)
    {
        public string Direction => Inputs.Text("direction") ?? "";

        public bool Allows => Is("Allow");

        public bool Denies => Is("Deny");

        public IEnumerable<Way> Ways =>
            from source in All("sourceAddressPrefix", "sourceAddressPrefixes")
            from destination in All("destinationAddressPrefix", "destinationAddressPrefixes")
            from port in All("destinationPortRange", "destinationPortRanges")
            select new Way(source, destination, port, Inputs.Text("protocol") ?? "*");

        private bool Is(string access) => string.Equals(Inputs.Text("access"), access, StringComparison.OrdinalIgnoreCase);

        private string[] All(string one, string several)
        {
            string[] all = [.. new[] { Inputs[one] }.OfType<PropertyValue>().Concat(Inputs.Items(several)).Select(value => value.Shown()).Where(text => text.Length > 0)];
            return all.Length > 0 ? all : ["*"];
        }
    }
}
