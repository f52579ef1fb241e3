using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>What Azure Policy holds back no more: assignments that go, are not enforced, or leave something out, and exemptions.</summary>
internal sealed class LooserGovernance : IDangerDetector
{
    private const string Exemption = "azure-native:authorization:PolicyExemption";

    private static readonly string[] Assignments =
    [
        "azure-native:authorization:PolicyAssignment", "azure:core/resourceGroupPolicyAssignment:ResourceGroupPolicyAssignment",
        "azure:core/subscriptionPolicyAssignment:SubscriptionPolicyAssignment", "azure:management/groupPolicyAssignment:GroupPolicyAssignment",
    ];

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference)
    {
        foreach (var change in difference.Changes)
        {
            var type = change.Resource.PlainType();
            if (type == Exemption && change.Operation is Operation.Create or Operation.Import or Operation.Update or Operation.Replace)
            {
                yield return new Danger(
                    DangerKind.NewWaiver, DangerGrade.Grave, change.Resource.Urn, "an exemption from Azure's policies", change.Resource.Inputs["expiresOn"].Shown());
            }

            if (!Assignments.Contains(type, StringComparer.Ordinal) || change.Former is null)
            {
                continue;
            }

            if (change.Operation == Operation.Delete)
            {
                yield return Looser(change, "an assignment of Azure's policies is gone");
            }

            foreach (var property in change.Properties)
            {
                if (Of(property) is { } what)
                {
                    yield return Looser(change, what, $"{property.Path}: {property.Former.Shown()} → {property.Present.Shown()}");
                }
            }
        }
    }

    private static string? Of(PropertyChange property)
    {
        if (property.Input == "notScopes")
        {
            return property.Present is null ? null : "an assignment of Azure's policies leaves more out";
        }

        var stopped = Denies(property.Former) && !Denies(property.Present);
        return property.Input switch
        {
            "enforcementMode" when property.Present?.Text() == "DoNotEnforce" => "an assignment of Azure's policies is not enforced",
            "enforce" when property.Present?.Text() == "false" => "an assignment of Azure's policies is not enforced",
            "parameters" when stopped => "an assignment of Azure's policies denies no more",
            _ => null,
        };
    }

    // An effect is a text, however its parameter is called.
    private static bool Denies(PropertyValue? value) => value is { IsSecret: false } && value.Unwrapped switch
    {
        StringValue text => text.Value.Equals("Deny", StringComparison.OrdinalIgnoreCase),
        MapValue map => map.Entries.Values.Any(Denies),
        _ => false,
    };

    private static Danger Looser(ResourceChange change, string what, string detail = "") =>
        new(DangerKind.LooserLimits, DangerGrade.Grave, change.Resource.Urn, what, detail);
}
