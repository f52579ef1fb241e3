using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>Plans of Defender for Cloud that a program declares are on, in full, and are not those that Azure has replaced.</summary>
internal sealed class DefenderPlansOn : ResourcePolicy
{
    private const string Pricing = "azure-native:security:Pricing";
    private const string ClassicPricing = "azure:securitycenter/subscriptionPricing:SubscriptionPricing";

    private const string Deployment = "azure-native:resources:Deployment*";
    private const string NotHandedOn = "what it finds on machines does not reach Defender for Cloud";

    // The extension says which subscription pays, not what is watched.
    private const string Designation = "MdeDesignatedSubscription";

    private static readonly PropertyPath Extensions = PropertyPath.Parse("extensions[*]");
    private static readonly PropertyPath Templates = PropertyPath.Parse("properties.template.resources[*]");

    private static readonly ImmutableArray<Switch> Integrations =
    [
        Switch.On("azure-native:security:DataExportSettings", "enabled", NotHandedOn),
        Switch.On("azure:securitycenter/setting:Setting", "enabled", NotHandedOn),
    ];

    private static readonly ImmutableHashSet<string> Replaced =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "KubernetesService", "ContainerRegistry", "Dns");

    public override string Id => "defender-plans-on";

    public override string Title => "Plans of Defender for Cloud are on and in full";

    public override string Rationale =>
        "Without its plan a kind of resource is not watched, and nobody is told of an attack on it. The smaller plan for servers has "
        + "no agentless scanning, and plans that Azure replaced cover nothing of what is new.";

    public override string Remediation =>
        "Set pricingTier to Standard, and subPlan of VirtualMachines to P2. Write isEnabled of extensions as the text \"True\", and leave "
        + "enabled of the integration with Defender for Endpoint on. Instead of KubernetesService and ContainerRegistry declare Containers; Dns is a part of VirtualMachines.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Pricing,
        Good: """{"pricingName": "VirtualMachines", "pricingTier": "Standard", "subPlan": "P2"}""",
        Bad: """{"pricingName": "VirtualMachines", "pricingTier": "Free"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-1"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A14"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Pricing, ClassicPricing, Deployment, .. Integrations.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var isPlan = ((ResourceTypePattern)Pricing).Matches(resource.Type) || ((ResourceTypePattern)ClassicPricing).Matches(resource.Type);
        return isPlan ? OfPlan(resource) :
        [
            .. Integrations.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)),
            .. ((ResourceTypePattern)Deployment).Matches(resource.Type) ? resource.Select(Templates).SelectMany(part => OfTemplate(resource, part)) : [],
        ];
    }

    // The integration has no resource of its own in the native provider that takes a scope, so programs deploy it as a template.
    private static IEnumerable<PolicyVerdict> OfTemplate(ResourceView deployment, PropertyReading part)
    {
        var type = deployment.Read(part.Path.Then("type"));
        if (!type.TryGetText(out var name) || !name.Equals("Microsoft.Security/settings", StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        var enabled = deployment.Read(part.Path.Then("properties").Then("enabled"));
        yield return enabled.ToFlag(whenMissing: false) switch
        {
            null => PolicyVerdict.Undecided(enabled.Path),
            true => PolicyVerdict.Pass,
            false => PolicyVerdict.Violation(enabled.Path, $"{deployment} has {enabled} here, so {NotHandedOn}."),
        };
    }

    private static IEnumerable<PolicyVerdict> OfPlan(ResourceView resource)
    {
        var isClassic = ((ResourceTypePattern)ClassicPricing).Matches(resource.Type);
        var tier = resource.Read(isClassic ? "tier" : "pricingTier");
        var name = resource.Read(isClassic ? "resourceType" : "pricingName");
        var subPlan = resource.Read(isClassic ? "subplan" : "subPlan");
        yield return JudgeTier(resource, tier);
        yield return JudgeName(resource, name);
        if (name.TryGetText(out var plan) && plan.Equals("VirtualMachines", StringComparison.OrdinalIgnoreCase))
        {
            yield return JudgeSubPlan(resource, subPlan);
        }

        // Classic extensions are on by being there.
        foreach (var extension in isClassic ? [] : resource.Select(Extensions))
        {
            var isDesignation = resource.Read(extension.Path.Then("name")).TryGetText(out var text) && text == Designation;
            yield return JudgeExtension(resource, resource.Read(extension.Path.Then("isEnabled")), mayBeOff: isDesignation);
        }
    }

    private static PolicyVerdict JudgeTier(ResourceView resource, PropertyReading tier) =>
        tier.IsTextGiven() == false ? PolicyVerdict.Violation(tier.Path, $"{resource} does not say that it is on.") :
        !tier.TryGetText(out var text) ? PolicyVerdict.Undecided(tier.Path) :
        text.Equals("Standard", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass :
        PolicyVerdict.Violation(tier.Path, $"{resource} has {tier} here, so nothing of its kind is watched.");

    private static PolicyVerdict JudgeName(ResourceView resource, PropertyReading name) =>
        name.State == PropertyState.Missing ? PolicyVerdict.Pass :
        !name.TryGetText(out var text) ? PolicyVerdict.Undecided(name.Path) :
        !Replaced.Contains(text) ? PolicyVerdict.Pass :
        PolicyVerdict.Violation(name.Path, $"{resource} is the plan {name}, which Azure has replaced.");

    private static PolicyVerdict JudgeSubPlan(ResourceView resource, PropertyReading subPlan) =>
        subPlan.IsTextGiven() == false ? PolicyVerdict.Pass :
        !subPlan.TryGetText(out var text) ? PolicyVerdict.Undecided(subPlan.Path) :
        !text.Equals("P1", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass :
        PolicyVerdict.Violation(subPlan.Path, $"{resource} has {subPlan} here, which scans no machine without an agent.");

    // Azure takes texts; a boolean is an error of types that only shows when it is deployed.
    private static PolicyVerdict JudgeExtension(ResourceView resource, PropertyReading extension, bool mayBeOff) => (extension.State, extension.Value) switch
    {
        (PropertyState.Missing, _) => PolicyVerdict.Violation(extension.Path, $"{resource} does not say whether the extension is on."),
        (_, BoolValue) => PolicyVerdict.Violation(extension.Path, $"{resource} has a boolean here, and Azure takes the texts True and False."),
        _ when !extension.TryGetText(out _) => PolicyVerdict.Undecided(extension.Path),
        (_, StringValue { Value: "False" or "false" }) when !mayBeOff => PolicyVerdict.Violation(
            extension.Path, $"{resource} has {extension} here, so the plan is on in part only."),
        _ => PolicyVerdict.Pass,
    };
}
