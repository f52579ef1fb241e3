using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.PolicySdk;

/// <summary>A rule: what it is called, why it exists and what to do about a violation.</summary>
public abstract partial class Policy
{
    /// <summary>The stable name: lower-case words joined by hyphens. Waivers, configuration and reports cite it.</summary>
    public abstract string Id { get; }

    /// <summary>One line that says what must hold.</summary>
    public abstract string Title { get; }

    /// <summary>Why it must hold.</summary>
    public abstract string Rationale { get; }

    /// <summary>What to do about a violation.</summary>
    public abstract string Remediation { get; }

    /// <summary>How bad a violation is.</summary>
    public abstract PolicySeverity Severity { get; }

    /// <summary>The controls that the rule helps to fulfil.</summary>
    public abstract ImmutableArray<PolicyControl> Controls { get; }

    /// <summary>What a violation does where neither a policy configuration nor the stack's mode says otherwise.</summary>
    public virtual EnforcementLevel Level => EnforcementLevel.Mandatory;

    /// <summary>What a policy configuration can set for the rule.</summary>
    public virtual ImmutableArray<PolicySetting> Settings => [];

    /// <summary>
    /// Whether the rule stands in every mode and cannot be disabled. A level that a policy configuration names still wins.
    /// </summary>
    public virtual bool IsNeverLowered => false;

    /// <summary>A resource that keeps the rule and one that breaks it, for the rule's page; null where it has none.</summary>
    public virtual PolicyExample? Example => null;

    /// <summary>Whether an id can be one.</summary>
    internal static bool IsValidId(string id) => id != "all" && IdPattern().IsMatch(id);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdPattern();
}
