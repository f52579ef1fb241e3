using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Security groups admit nothing from anywhere but web traffic.</summary>
internal sealed class NoInboundFromInternet : ResourcePolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Groups =
        ["azure-native:network:NetworkSecurityGroup", "azure:network/networkSecurityGroup:NetworkSecurityGroup"];

    private static readonly ImmutableArray<ResourceTypePattern> Rules =
        ["azure-native:network:SecurityRule", "azure:network/networkSecurityRule:NetworkSecurityRule"];

    private static readonly PropertyPath Listed = PropertyPath.Parse("securityRules[*]");

    public override string Id => "no-inbound-from-internet";

    public override string Title => "Security groups admit nothing but web traffic from the internet";

    public override string Rationale =>
        "A port that anybody reaches is found within minutes and tried ever after: remote administration, databases, the ledger's and "
        + "the participant's own interfaces. None of them has clients that cannot be named; only web pages do.";

    public override string Remediation =>
        "Name the networks or service tags in sourceAddressPrefix that need the port; reach machines from inside the network or "
        + "through Azure's management. From everywhere ('*', 'Internet', 'AzureCloud', 0.0.0.0/0) only ports 80 and 443 are allowed.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:network:SecurityRule",
        Good: """{"direction": "Inbound", "access": "Allow", "sourceAddressPrefix": "10.0.0.0/24", "destinationPortRange": "5432"}""",
        Bad: """{"direction": "Inbound", "access": "Allow", "sourceAddressPrefix": "*", "destinationPortRange": "22"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A8"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Groups, .. Rules];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (Rules.Any(type => type.Matches(resource.Type)))
        {
            return [new InboundRule(resource, "").Judge()];
        }

        var listed = resource.Select(Listed).Where(reading => reading.State != PropertyState.Missing).ToList();
        return listed.Count == 0
            ? [PolicyVerdict.Pass]
            : listed.Select(reading => reading.State == PropertyState.Known
                ? new InboundRule(resource, $"{reading.Path}.").Judge()
                : PolicyVerdict.Undecided(reading.Path));
    }
}
