using System.Collections.Immutable;
using System.Text.Json;

namespace CantonInfra.Reports.Rules;

/// <summary>The rules of a pack, as the pack tells them.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Rules">By id.</param>
internal sealed record RuleCatalogue(string Pack, string Description, ImmutableArray<RuleEntry> Rules)
{
    /// <summary>What the pack permits for a time; empty where it tells of none.</summary>
    public ImmutableArray<WaiverEntry> Waivers { get; init; } = [];

    /// <summary>Reads a pack's catalogue.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static RuleCatalogue Parse(string json) =>
        JsonSerializer.Deserialize<RuleCatalogue>(json, JsonSerializerOptions.Web)
        ?? throw new JsonException("The catalogue is empty.");
}

/// <summary>A rule.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Title">What must hold.</param>
/// <param name="Severity">low, medium, high or critical.</param>
/// <param name="Judges">resource or stack.</param>
/// <param name="NeverLowered">Whether it stands in every mode.</param>
/// <param name="Rationale">Why it must hold.</param>
/// <param name="Remediation">What to do about a violation.</param>
/// <param name="Controls">The controls that it helps to fulfil.</param>
/// <param name="ResourceTypes">The types that it judges.</param>
/// <param name="Settings">What a policy configuration can set.</param>
/// <param name="Example">A resource that keeps it and one that breaks it, where it has one.</param>
internal sealed record RuleEntry(
    string Id,
    string Title,
    string Severity,
    string Judges,
    bool NeverLowered,
    string Rationale,
    string Remediation,
    ImmutableArray<RuleControl> Controls,
    ImmutableArray<string> ResourceTypes,
    ImmutableArray<RuleSetting> Settings,
    RuleExample? Example);

/// <summary>Something that a policy configuration can set.</summary>
internal sealed record RuleSetting(string Name, string Description, string MustBe, bool Required);

/// <summary>A control of a framework.</summary>
internal sealed record RuleControl(string Framework, string Id);

/// <summary>Properties that keep a rule and properties that break it.</summary>
internal sealed record RuleExample(string Type, JsonElement Good, JsonElement Bad);

/// <summary>A waiver of a pack.</summary>
/// <param name="Rule">The rule that may be broken.</param>
/// <param name="Subject">Which resources, for people.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why it is granted.</param>
/// <param name="Ticket">Where it was decided.</param>
/// <param name="Expires">The last day on which it holds, in UTC.</param>
internal sealed record WaiverEntry(string Rule, string Subject, string Owner, string Reason, string Ticket, DateOnly Expires);
