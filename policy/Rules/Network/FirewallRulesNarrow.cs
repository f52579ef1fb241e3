using System.Collections.Immutable;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>What a firewall lets through is named.</summary>
internal sealed class FirewallRulesNarrow : ResourcePolicy
{
    private const string Group = "azure-native:network:FirewallPolicyRuleCollectionGroup";
    private const string Firewall = "azure-native:network:AzureFirewall";
    private const string ClassicGroup = "azure:network/firewallPolicyRuleCollectionGroup:FirewallPolicyRuleCollectionGroup";

    // Everything that a rule of any kind can name, under the names of all kinds: what a rule does not have, it does not name.
    private static readonly ImmutableArray<string> Targets =
        ["destinationAddresses", "destinationFqdns", "targetFqdns", "targetUrls", "destinationUrls", "fqdns"];

    private static readonly ImmutableArray<Collections> Places =
    [
        new(Group, "ruleCollections[*]", "action.type", IsInbound: false),
        new(Firewall, "networkRuleCollections[*]", "action.type", IsInbound: false),
        new(Firewall, "applicationRuleCollections[*]", "action.type", IsInbound: false),
        new(Firewall, "natRuleCollections[*]", "action.type", IsInbound: true),
        new(ClassicGroup, "networkRuleCollections[*]", "action", IsInbound: false),
        new(ClassicGroup, "applicationRuleCollections[*]", "action", IsInbound: false),
        new(ClassicGroup, "natRuleCollections[*]", "action", IsInbound: true),
    ];

    private static readonly ImmutableHashSet<string> Web = ["80", "443"];

    public override string Id => "firewall-rules-narrow";

    public override string Title => "Firewalls let through what is named and nothing else";

    public override string Rationale =>
        "A rule for every destination turns a firewall into a cable, and one for every source gives whatever joins the network the "
        + "ways out of the ledger. What is stolen leaves by the widest rule.";

    public override string Remediation =>
        "Name hosts in targetFqdns (a star only below a name with two parts or more) or addresses in destinationAddresses, and the subnets in "
        + "sourceAddresses that need them. Translate nothing from anywhere but ports 80 and 443.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Group,
        Good: """{"ruleCollections": [{"action": {"type": "Allow"}, "rules": [{"name": "canton", "sourceAddresses": ["10.0.0.0/24"], "targetFqdns": ["ghcr.io"]}]}]}""",
        Bad: """{"ruleCollections": [{"action": {"type": "Allow"}, "rules": [{"name": "all", "sourceAddresses": ["10.0.0.0/24"], "targetFqdns": ["*"]}]}]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-3"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
        new(PolicyControl.Requirement, "A19"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Group, Firewall, ClassicGroup];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => Places
        .Where(place => place.Type.Matches(resource.Type))
        .SelectMany(place => resource.Select(PropertyPath.Parse(place.Path)).SelectMany(collection => Judge(resource, collection, place)));

    private static IEnumerable<PolicyVerdict> Judge(ResourceView resource, PropertyReading collection, Collections place)
    {
        if (collection.State != PropertyState.Known)
        {
            return [PolicyVerdict.Undecided(collection.Path)];
        }

        var action = resource.Read(Below(collection.Path, place.Action));
        var isAllowed = action.State == PropertyState.Missing ? place.IsInbound
            : action.TryGetText(out var text) ? (bool?)!text.Equals("Deny", StringComparison.OrdinalIgnoreCase) : null;
        if (isAllowed == false)
        {
            return [];
        }

        var isInbound = place.IsInbound || action.TryGetText(out var translated) && translated.Equals("DNAT", StringComparison.OrdinalIgnoreCase);
        var verdicts = resource.Select(Below(collection.Path, "rules[*]"))
            .SelectMany(rule => rule.State != PropertyState.Known ? [PolicyVerdict.Undecided(rule.Path)]
                : isInbound ? JudgeInbound(resource, rule.Path)
                : JudgeOutbound(resource, rule.Path));
        return isAllowed is null ? verdicts.OfType<ViolationVerdict>().Any() ? [PolicyVerdict.Undecided(action.Path)] : [] : verdicts;
    }

    private static IEnumerable<PolicyVerdict> JudgeOutbound(ResourceView resource, PropertyPath rule) =>
    [
        .. Targets.SelectMany(target => Listed(resource, rule, target)).Select(reading => Judge(
            reading, IsEverything, $"{resource} lets traffic through to {reading}, which is any destination.")),
        .. Listed(resource, rule, "sourceAddresses").Select(reading => Judge(
            reading, IsAnyAddress, $"{resource} lets traffic through from {reading}, which is any source.")),
    ];

    private static IEnumerable<PolicyVerdict> JudgeInbound(ResourceView resource, PropertyPath rule)
    {
        var sources = Listed(resource, rule, "sourceAddresses").ToList();
        var ports = Listed(resource, rule, "destinationPorts").ToList();
        var isOpen = Logic.And(Any(sources, IsAnyAddress), Any(ports, port => !Web.Contains(port)));
        yield return isOpen switch
        {
            false => PolicyVerdict.Pass,
            null => PolicyVerdict.Undecided(sources.Concat(ports).First(reading => !reading.TryGetText(out _)).Path),
            true => PolicyVerdict.Violation(
                sources[0].Path, $"{resource} lets anybody in from the internet to port {string.Join(", ", ports)}."),
        };
    }

    private static PolicyVerdict Judge(PropertyReading reading, Func<string, bool> isWide, string message) =>
        !reading.TryGetText(out var text) ? PolicyVerdict.Undecided(reading.Path)
        : isWide(text) ? PolicyVerdict.Violation(reading.Path, message)
        : PolicyVerdict.Pass;

    private static bool? Any(List<PropertyReading> readings, Func<string, bool> condition)
    {
        var answers = readings.ConvertAll(reading => reading.TryGetText(out var text) ? (bool?)condition(text) : null);
        return answers.Contains(true) ? true : answers.Contains(null) ? null : false;
    }

    // '*.com' is as good as '*'.
    private static bool IsEverything(string target) =>
        IsAnyAddress(target) || (target.StartsWith("*.", StringComparison.Ordinal) && !target[2..].Contains('.', StringComparison.Ordinal));

    private static bool IsAnyAddress(string address) =>
        address == "*" || (!address.StartsWith("*.", StringComparison.Ordinal) && InboundRule.IsAnywhere(address));

    private static IEnumerable<PropertyReading> Listed(ResourceView resource, PropertyPath rule, string property) =>
        resource.Select(Below(rule, $"{property}[*]")).Where(reading => reading.State != PropertyState.Missing);

    private static PropertyPath Below(PropertyPath place, string path) => new([.. place.Elements, .. PropertyPath.Parse(path).Elements]);

    /// <summary>Where a type has collections of rules, and what says whether they let through.</summary>
    private sealed record Collections(ResourceTypePattern Type, string Path, string Action, bool IsInbound);
}
