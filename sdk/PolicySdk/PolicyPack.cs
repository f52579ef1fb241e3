using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.PolicySdk;

/// <summary>A named set of rules.</summary>
public sealed partial class PolicyPack
{
    /// <summary>A pack of these rules.</summary>
    /// <param name="name">Letters, digits, hyphens, underscores and dots, 100 at most.</param>
    /// <param name="version">A semantic version.</param>
    /// <param name="policies">The rules; no two with one id.</param>
    /// <exception cref="ArgumentException">The name or an id is not valid, or an id is used twice.</exception>
    public PolicyPack(string name, string version, params IEnumerable<Policy> policies)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is not a valid name of a policy pack.", nameof(name));
        }

        Name = name;
        Version = version;
        Policies = [.. policies];
        ConfigNamespace = name;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in Policies)
        {
            if (!Policy.IsValidId(policy.Id) || policy.Id == SilentVerdicts.SummaryName || !seen.Add(policy.Id))
            {
                throw new ArgumentException($"The policy id '{policy.Id}' is not valid, is reserved or used twice.", nameof(policies));
            }
        }
    }

    /// <summary>The pack's name.</summary>
    public string Name { get; }

    /// <summary>The pack's version.</summary>
    public string Version { get; }

    /// <summary>What the pack is for, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>
    /// The namespace of the pack's keys in a stack's configuration: <c>namespace:mode</c> is read from it. It does not
    /// depend on the project, so that the same keys mean the same for every program that the pack judges, and another
    /// project's key of the same name is never taken for the pack's.
    /// </summary>
    public string ConfigNamespace { get; init; }

    /// <summary>The rules.</summary>
    public ImmutableArray<Policy> Policies { get; }

    /// <summary>
    /// The least strict mode that a stack may have, whatever its configuration says. By default every stack may be in audit.
    /// </summary>
    public Func<StackContext, PolicyMode> LeastMode { get; init; } = _ => PolicyMode.Audit;

    /// <summary>What is permitted although a rule forbids it. A pack with waivers has the rule <see cref="WaiverAudit"/>.</summary>
    /// <exception cref="ArgumentException">A waiver is for no rule of the pack, or the pack does not audit its waivers.</exception>
    public ImmutableArray<PolicyWaiver> Waivers
    {
        get;
        init
        {
            if (value.FirstOrDefault(waiver => !Policies.Any(policy => policy.Id == waiver.Rule && policy is not WaiverAudit)) is { } stray)
            {
                throw new ArgumentException($"The pack has no rule '{stray.Rule}' that could be waived.", nameof(value));
            }

            field = value.IsEmpty || Policies.OfType<WaiverAudit>().Any()
                ? value
                : throw new ArgumentException($"A pack with waivers needs the rule {nameof(WaiverAudit)}.", nameof(value));
        }
    } = [];

    /// <summary>
    /// How far ahead waivers of a stack may end; null for no limit, the default. One that exceeds it permits nothing and is found by
    /// <see cref="WaiverAudit"/>.
    /// </summary>
    public Func<StackContext, WaiverLimit?> WaiverLimit { get; init; } = _ => null;

    /// <summary>Tells which day it is, for waivers.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    [GeneratedRegex("^[a-zA-Z0-9-_.]{1,100}$")]
    private static partial Regex NamePattern();
}
