using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>Which level each rule of a pack has: what a policy configuration says, else what the stack's mode says.</summary>
public sealed class Enforcement
{
    private const string AllPolicies = "all";

    private readonly PolicyMode _mode;
    private readonly ImmutableDictionary<string, EnforcementLevel> _configured;

    private Enforcement(PolicyMode mode, ImmutableDictionary<string, EnforcementLevel> configured)
    {
        _mode = mode;
        _configured = configured;
    }

    /// <summary>All rules are mandatory: what holds until an engine says otherwise.</summary>
    public static Enforcement Strict { get; } = new(PolicyMode.Deny, ImmutableDictionary<string, EnforcementLevel>.Empty);

    /// <summary>These levels in another mode.</summary>
    public Enforcement In(PolicyMode mode) => new(mode, _configured);

    /// <summary>This mode with the levels of a policy configuration, which replace those of an earlier one.</summary>
    /// <param name="pack">The pack that is configured.</param>
    /// <param name="levels">Levels by rule; <c>all</c> stands for the rules that are not named.</param>
    /// <exception cref="PolicyConfigurationException">A rule that is never lowered would be disabled.</exception>
    public Enforcement With(PolicyPack pack, ImmutableDictionary<string, EnforcementLevel> levels)
    {
        var result = new Enforcement(_mode, levels);
        var disabled = pack.Policies
            .Where(policy => policy.IsNeverLowered && result.LevelOf(policy) == EnforcementLevel.Disabled)
            .Select(policy => policy.Id)
            .ToList();
        return disabled.Count == 0 ? result : throw new PolicyConfigurationException(
            $"The policy configuration disables {string.Join(", ", disabled)} of the pack {pack.Name}, which cannot be disabled. "
            + "Remove that entry from the policy configuration.");
    }

    /// <summary>The level that a rule has.</summary>
    public EnforcementLevel LevelOf(Policy policy) =>
        _configured.TryGetValue(policy.Id, out var level) || _configured.TryGetValue(AllPolicies, out level)
            ? level
            : LevelByMode(policy);

    /// <summary>The level that a rule has where no policy configuration names one.</summary>
    public EnforcementLevel LevelByMode(Policy policy) =>
        _mode == PolicyMode.Audit && !policy.IsNeverLowered ? EnforcementLevel.Advisory : EnforcementLevel.Mandatory;

    /// <summary>Reads the mode of a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="configNamespace">See <see cref="PolicyPack.ConfigNamespace"/>.</param>
    /// <exception cref="PolicyConfigurationException">The stack names a mode that does not exist.</exception>
    public static PolicyMode ReadMode(StackContext stack, string configNamespace)
    {
        var key = $"{configNamespace}:mode";
        var reading = stack.ReadConfig(key);
        if (reading.State == PropertyState.Missing)
        {
            return PolicyMode.Deny;
        }

        reading.TryGetText(out var text);
        return text switch
        {
            "deny" => PolicyMode.Deny,
            "audit" => PolicyMode.Audit,
            _ => throw new PolicyConfigurationException(
                $"The stack's configuration has {key} = {reading}, which is no mode. Set it to \"deny\" or \"audit\", or remove it."),
        };
    }
}

/// <summary>The configuration of a pack cannot be followed. The message is for people and holds no secrets.</summary>
/// <param name="message">What is wrong and what to do.</param>
public sealed class PolicyConfigurationException(string message) : Exception(message);
