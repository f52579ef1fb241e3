using System.Collections.Immutable;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:exemptions[]</c>: what the policies of Azure do not judge for a time; none (A13).</summary>
/// <remarks>That a day is past is found by the rule policy-exemptions-expire, for settings know no clock.</remarks>
/// <param name="Assignment"><c>.assignment</c>: what it is an exemption from: guardrails, benchmark or soc2. No default.</param>
/// <param name="References"><c>.references</c>: the references of the policies in it, as docs/governance.md lists ours; all.</param>
/// <param name="Scope"><c>.scope</c>: the resource id of what is exempt; the subscription.</param>
/// <param name="IsMitigated">
/// <c>.category</c>: mitigated where what is asked is met by other means, waiver where the risk is accepted. No default.
/// </param>
/// <param name="ExpiresOn"><c>.expiresOn</c>: the last day of it, in UTC. No default.</param>
/// <param name="Reason"><c>.reason</c>: why. No default.</param>
internal sealed record ExemptionSettings(
    AssignedPolicies Assignment,
    ImmutableArray<string> References,
    string Scope,
    bool IsMitigated,
    DateOnly ExpiresOn,
    string Reason)
{
    private static readonly ImmutableSortedDictionary<string, AssignedPolicies> Assignments =
        ImmutableSortedDictionary.Create<string, AssignedPolicies>(StringComparer.Ordinal)
            .Add("benchmark", AssignedPolicies.Benchmark)
            .Add("guardrails", AssignedPolicies.Guardrails)
            .Add("soc2", AssignedPolicies.Soc2);

    private static readonly ImmutableSortedDictionary<string, bool> Categories =
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal).Add("mitigated", true).Add("waiver", false);

    /// <summary>The exemption.</summary>
    public Exemption Exemption => new(Assignment, References, Scope, IsMitigated, ExpiresOn, Reason);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="subscriptionId">The subscription.</param>
    public static ImmutableArray<ExemptionSettings> Read(SettingsReader reader, string subscriptionId)
    {
        var exemptions = ImmutableArray.CreateBuilder<ExemptionSettings>();
        foreach (var node in reader.Structure("exemptions").Items())
        {
            var exemption = ReadOne(node, $"/subscriptions/{subscriptionId}");
            if (exemptions.Any(other => IsSame(other, exemption)))
            {
                node.Refuse("stands twice: the same assignment, scope and references.");
            }

            exemptions.Add(exemption);
        }

        return exemptions.ToImmutable();
    }

    private static bool IsSame(ExemptionSettings one, ExemptionSettings other) =>
        one.Assignment == other.Assignment
        && one.Scope.Equals(other.Scope, StringComparison.OrdinalIgnoreCase)
        && one.References.Order(StringComparer.Ordinal).SequenceEqual(other.References.Order(StringComparer.Ordinal));

    private static ExemptionSettings ReadOne(SettingNode node, string subscription)
    {
        var assignment = node.Member("assignment").OneOf("the assignment", Assignments);
        return new ExemptionSettings(
            assignment,
            [.. node.Member("references").Items().Select(item => ReadReference(item, assignment))],
            ReadScope(node.Member("scope"), subscription),
            node.Member("category").OneOf("whether the risk is mitigated or waived", Categories),
            node.Member("expiresOn").Date("the last day of the exemption"),
            node.Member("reason").Text("why it is exempt"));
    }

    private static string ReadReference(SettingNode node, AssignedPolicies assignment)
    {
        var text = node.Text("the reference of a policy");
        var known = GuardrailTable.All.Select(policy => policy.Reference).ToList();
        if (text.Length > 0 && assignment == AssignedPolicies.Guardrails && !known.Contains(text, StringComparer.Ordinal))
        {
            node.Refuse($"'{text}' is no policy of our initiative.{NearestName.Hint(text, known)}");
        }

        return text;
    }

    private static string ReadScope(SettingNode node, string subscription)
    {
        var text = node.Text("the resource id of what is exempt", subscription);
        if (text != subscription && !text.StartsWith($"{subscription}/", StringComparison.OrdinalIgnoreCase))
        {
            node.Refuse($"'{text}' is not in the subscription; it must begin with {subscription}/.");
        }

        return text;
    }
}
