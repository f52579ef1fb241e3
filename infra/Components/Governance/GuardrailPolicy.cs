using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>A policy definition that Azure brings along, and what we do with it.</summary>
/// <param name="Group">What it is switched with.</param>
/// <param name="Reference">Its name in our initiative; exemptions cite it.</param>
/// <param name="Id">Its GUID, the same in every tenant.</param>
/// <param name="Message">What whoever breaks it is told.</param>
/// <param name="Effects">The effects that the definition takes; another one fails the assignment.</param>
/// <param name="Audited">Our effect while its group is audited.</param>
/// <param name="Denied">Our effect while its group is denied.</param>
internal sealed record GuardrailPolicy(
    GuardrailGroup Group,
    string Reference,
    string Id,
    string Message,
    ImmutableArray<PolicyEffect> Effects,
    PolicyEffect Audited,
    PolicyEffect Denied)
{
    /// <summary>The controls of the Microsoft cloud security benchmark that it serves.</summary>
    public ImmutableArray<string> Benchmark { get; init; } = [];

    /// <summary>The criteria of SOC 2 that it serves.</summary>
    public ImmutableArray<string> Soc2 { get; init; } = [];

    /// <summary>The name of its effect parameter; null where the effect is fixed.</summary>
    public string? EffectParameter { get; init; } = "effect";

    /// <summary>Its other parameters, by the names of the initiative's parameters that they get their values from.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The definition's resource id.</summary>
    public string DefinitionId => $"/providers/Microsoft.Authorization/policyDefinitions/{Id}";

    /// <summary>Whether its effect depends on whether its group is audited or denied.</summary>
    public bool IsSwitched => Audited != Denied;

    /// <summary>The names of its controls in our initiative.</summary>
    public IEnumerable<string> ControlNames =>
        Benchmark.Select(id => $"MCSB_{id}").Concat(Soc2.Select(id => $"SOC2_{id}"));
}
