using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>Which level and settings each rule of a pack has: what a policy configuration says, else what the stack's mode says.</summary>
public sealed class Enforcement
{
    private const string AllPolicies = "all";

    private readonly PolicyMode _mode;
    private readonly ImmutableDictionary<string, EnforcementLevel> _configured;
    private readonly ImmutableDictionary<string, MapValue> _settings;

    private Enforcement(
        PolicyMode mode, ImmutableDictionary<string, EnforcementLevel> configured, ImmutableDictionary<string, MapValue> settings)
    {
        _mode = mode;
        _configured = configured;
        _settings = settings;
    }

    /// <summary>All rules are mandatory: what holds until an engine says otherwise.</summary>
    public static Enforcement Strict { get; } = new(
        PolicyMode.Deny, ImmutableDictionary<string, EnforcementLevel>.Empty, ImmutableDictionary<string, MapValue>.Empty);

    /// <summary>The settings of all rules, for the mask.</summary>
    internal MapValue SecretSettings => new(_settings.Select(entry => KeyValuePair.Create(entry.Key, (PropertyValue)entry.Value)));

    /// <summary>These levels in another mode.</summary>
    public Enforcement In(PolicyMode mode) => new(mode, _configured, _settings);

    /// <summary>This mode with the levels of a policy configuration, which replace those of an earlier one.</summary>
    /// <param name="pack">The pack that is configured.</param>
    /// <param name="levels">Levels by rule; <c>all</c> stands for the rules that are not named.</param>
    /// <exception cref="PolicyConfigurationException">A rule that is never lowered would be disabled.</exception>
    public Enforcement With(PolicyPack pack, ImmutableDictionary<string, EnforcementLevel> levels) =>
        With(pack, levels, ImmutableDictionary<string, MapValue>.Empty);

    /// <summary>This mode with the levels and settings of a policy configuration, which replace those of an earlier one.</summary>
    /// <param name="pack">The pack that is configured.</param>
    /// <param name="levels">Levels by rule; <c>all</c> stands for the rules that are not named.</param>
    /// <param name="settings">What is set for each rule; see <see cref="Policy.Settings"/>.</param>
    /// <exception cref="PolicyConfigurationException">A rule that is never lowered would be disabled, or a setting is wrong.</exception>
    public Enforcement With(
        PolicyPack pack, ImmutableDictionary<string, EnforcementLevel> levels, ImmutableDictionary<string, MapValue> settings)
    {
        var result = new Enforcement(_mode, levels, ImmutableDictionary<string, MapValue>.Empty);
        var disabled = pack.Policies
            .Where(policy => policy.IsNeverLowered && result.LevelOf(policy) == EnforcementLevel.Disabled)
            .Select(policy => policy.Id)
            .ToList();
        if (disabled.Count > 0)
        {
            throw new PolicyConfigurationException(
                $"The policy configuration disables {string.Join(", ", disabled)} of the pack {pack.Name}, which cannot be disabled. "
                + "Remove that entry from the policy configuration.");
        }

        var read = pack.Policies
            .Where(policy => result.LevelOf(policy) != EnforcementLevel.Disabled)
            .Select(policy => (policy.Id, Values: PolicySettingsReader.Read(policy, settings.GetValueOrDefault(policy.Id, MapValue.Empty))))
            .Where(entry => entry.Values.Entries.Count > 0)
            .ToImmutableDictionary(entry => entry.Id, entry => entry.Values, StringComparer.Ordinal);
        return new Enforcement(_mode, levels, read);
    }

    /// <summary>The stack as a rule sees it: with what is set for that rule.</summary>
    internal StackContext In(StackContext stack, Policy policy) =>
        _settings.TryGetValue(policy.Id, out var settings) ? stack with { Settings = settings } : stack;

    /// <summary>The level that a rule has.</summary>
    public EnforcementLevel LevelOf(Policy policy) =>
        _configured.TryGetValue(policy.Id, out var level) || _configured.TryGetValue(AllPolicies, out level)
            ? level
            : LevelByMode(policy);

    /// <summary>The level that a rule has where no policy configuration names one.</summary>
    public EnforcementLevel LevelByMode(Policy policy) =>
        _mode == PolicyMode.Audit && !policy.IsNeverLowered && policy.Level != EnforcementLevel.Disabled
            ? EnforcementLevel.Advisory
            : policy.Level;

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
