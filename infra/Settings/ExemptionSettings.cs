using System.Collections.Immutable;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>What the policies of Azure do not judge, <c>canton-infra:exemptions[]</c>; none.</summary>
/// <remarks>
/// <c>.assignment</c>: what they exempt from: guardrails, benchmark or soc2. <c>.references</c>: the references of the policies in it;
/// all where there are none. <c>.scope</c>: the resource id of what is exempt; the subscription where it is missing.
/// <c>.category</c>: mitigated where what is asked is met by other means, waiver where the risk is accepted. <c>.expiresOn</c>: the
/// last day. <c>.reason</c>: why. That a day is past is found by the rule policy-exemptions-expire, for settings know no clock.
/// </remarks>
internal static class ExemptionSettings
{
    private static readonly ImmutableSortedDictionary<string, AssignedPolicies> Assignments =
        ImmutableSortedDictionary.Create<string, AssignedPolicies>(StringComparer.Ordinal)
            .Add("benchmark", AssignedPolicies.Benchmark)
            .Add("guardrails", AssignedPolicies.Guardrails)
            .Add("soc2", AssignedPolicies.Soc2);

    private static readonly ImmutableSortedDictionary<string, bool> Categories =
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal).Add("mitigated", true).Add("waiver", false);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="subscriptionId">The subscription.</param>
    public static ImmutableArray<Exemption> Read(SettingsReader reader, string subscriptionId)
    {
        var exemptions = ImmutableArray.CreateBuilder<Exemption>();
        foreach (var node in reader.Structure("exemptions").Items())
        {
            var exemption = Read(node, $"/subscriptions/{subscriptionId}");
            if (exemptions.Any(other => IsSame(other, exemption)))
            {
                node.Refuse("stands twice: the same assignment, scope and references.");
            }

            exemptions.Add(exemption);
        }

        return exemptions.ToImmutable();
    }

    private static bool IsSame(Exemption one, Exemption other) =>
        one.Assignment == other.Assignment
        && one.Scope.Equals(other.Scope, StringComparison.OrdinalIgnoreCase)
        && one.References.Order(StringComparer.Ordinal).SequenceEqual(other.References.Order(StringComparer.Ordinal));

    private static Exemption Read(SettingNode node, string subscription)
    {
        var assignment = node.Member("assignment").OneOf("the assignment", Assignments);
        return new Exemption(
            assignment,
            [.. node.Member("references").Items().Select(item => Reference(item, assignment))],
            Scope(node.Member("scope"), subscription),
            node.Member("category").OneOf("whether the risk is mitigated or waived", Categories),
            node.Member("expiresOn").Date("the last day of the exemption"),
            node.Member("reason").Text("why it is exempt"));
    }

    private static string Reference(SettingNode node, AssignedPolicies assignment)
    {
        var text = node.Text("the reference of a policy");
        var known = GuardrailTable.All.Select(policy => policy.Reference).ToList();
        if (text.Length > 0 && assignment == AssignedPolicies.Guardrails && !known.Contains(text, StringComparer.Ordinal))
        {
            node.Refuse($"'{text}' is no policy of our initiative.{NearestName.Hint(text, known)}");
        }

        return text;
    }

    private static string Scope(SettingNode node, string subscription)
    {
        var text = node.Text("the resource id of what is exempt", subscription);
        if (text != subscription && !text.StartsWith($"{subscription}/", StringComparison.OrdinalIgnoreCase))
        {
            node.Refuse($"'{text}' is not in the subscription; it must begin with {subscription}/.");
        }

        return text;
    }
}
