using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Firewalls use what they know about bad addresses, and see the names that clients look up.</summary>
internal sealed class FirewallPolicyStrict(ModeLimits limits) : ResourcePolicy
{
    private const string Policy = "azure-native:network:FirewallPolicy";
    private const string ClassicPolicy = "azure:network/firewallPolicy:FirewallPolicy";
    private const string Firewall = "azure-native:network:AzureFirewall";
    private const string ClassicFirewall = "azure:network/firewall:Firewall";
    private const string Known = "traffic with addresses that are known to be bad goes through";
    private const string Names = "clients look names up elsewhere and may get other addresses than the firewall";
    private const string Attacks = "attacks in what it lets through are not looked for, which is what the Premium tier is paid for";

    private static readonly ImmutableArray<string> Denying = ["Deny"];
    private static readonly ImmutableArray<string> Telling = ["Deny", "Alert"];

    private static readonly ImmutableArray<IPropertyCheck> Always =
    [
        Switch.On(Policy, "dnsSettings.enableProxy", Names),
        Switch.On(ClassicPolicy, "dns.proxyEnabled", Names),
    ];

    private static readonly ImmutableArray<(Choice Detection, PropertyPath Tier)> Premium =
    [
        (Choice.Of(Policy, "intrusionDetection.mode", Telling, "Off", Attacks), PropertyPath.Parse("sku.tier")),
        (Choice.Of(ClassicPolicy, "intrusionDetection.mode", Telling, "Off", Attacks), PropertyPath.Parse("sku")),
    ];

    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Threats, PropertyPath? Policy)> Modes =
    [
        (Policy, PropertyPath.Parse("threatIntelMode"), null),
        (ClassicPolicy, PropertyPath.Parse("threatIntelligenceMode"), null),
        (Firewall, PropertyPath.Parse("threatIntelMode"), PropertyPath.Parse("firewallPolicy")),
        (ClassicFirewall, PropertyPath.Parse("threatIntelMode"), PropertyPath.Parse("firewallPolicyId")),
    ];

    public override string Id => "firewall-policy-strict";

    public override string Title => "Firewalls refuse known bad addresses and look names up themselves";

    public override string Rationale =>
        "A firewall that only writes down that a machine talks to a command server has not stopped it. Rules on host names hold where "
        + "the firewall and the clients look names up in one place, and a Premium firewall without detection is a Standard one.";

    public override string Remediation =>
        "In the FirewallPolicy set threatIntelMode to Deny, dnsSettings.enableProxy to true and, where sku.tier is Premium, "
        + "intrusionDetection.mode to Alert or Deny. Give each firewall a policy. Stacks that limits.yaml lets into audit mode may "
        + "have Alert.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Policy,
        Good: """{"threatIntelMode": "Deny", "dnsSettings": {"enableProxy": true}, "sku": {"tier": "Standard"}}""",
        Bad: """{"threatIntelMode": "Off", "dnsSettings": {"enableProxy": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-3"),
        new(PolicyControl.CloudSecurityBenchmark, "NS-4"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Modes.Select(mode => mode.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
    [
        .. Always.Where(check => check.Type.Matches(resource.Type)).SelectMany(check => check.Judge(resource)),
        .. JudgeThreats(resource, limits.For(stack).Least == PolicyMode.Deny ? Denying : Telling),
        .. Premium.Where(each => each.Detection.Type.Matches(resource.Type)).SelectMany(each => JudgeDetection(resource, each.Detection, each.Tier)),
    ];

    private static IEnumerable<PolicyVerdict> JudgeThreats(ResourceView resource, ImmutableArray<string> fine)
    {
        var (type, threats, policy) = Modes.First(mode => mode.Type.Matches(resource.Type));
        var verdicts = new Choice(type, threats, fine, "Alert", Known).Judge(resource);
        if (policy is null)
        {
            return verdicts;
        }

        // A firewall with a policy has the policy's mode; one without has its own.
        var named = resource.Read(policy);
        return named.State switch
        {
            PropertyState.Missing => verdicts,
            PropertyState.Unknown => [PolicyVerdict.Pass],
            _ => named.IsNothing() == true || named.IsTextGiven() == false ? verdicts : [PolicyVerdict.Pass],
        };
    }

    private static IEnumerable<PolicyVerdict> JudgeDetection(ResourceView resource, Choice detection, PropertyPath tier)
    {
        var reading = resource.Read(tier);
        return reading.State == PropertyState.Missing ? []
            : !reading.TryGetText(out var text) ? [PolicyVerdict.Undecided(reading.Path)]
            : text.Equals("Premium", StringComparison.OrdinalIgnoreCase) ? detection.Judge(resource)
            : [];
    }
}
