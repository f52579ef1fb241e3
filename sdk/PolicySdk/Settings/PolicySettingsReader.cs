using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>Holds what a policy configuration sets against what a rule declares.</summary>
internal static class PolicySettingsReader
{
    // The CLI adds the level to every schema; some callers leave it in.
    private const string Level = "enforcementLevel";

    /// <summary>The values, those of secret settings marked.</summary>
    /// <exception cref="PolicyConfigurationException">A value is missing, unknown or of another kind. No value is in the message.</exception>
    public static MapValue Read(Policy policy, MapValue given)
    {
        var values = MapValue.Empty;
        foreach (var (name, value) in given.Entries.Where(entry => entry.Key != Level))
        {
            var setting = policy.Settings.FirstOrDefault(setting => setting.Name == name)
                ?? throw Wrong(policy, $"sets '{name}', which the policy does not have{Known(policy)}");
            if (value.Unwrapped is NullValue)
            {
                continue;
            }

            if (!setting.Accepts(value))
            {
                throw Wrong(policy, $"sets '{name}' to something that is not {setting.Expected}");
            }

            values = values.With(name, setting.IsSecret ? PropertyValue.Secret(value) : value);
        }

        return policy.Settings.FirstOrDefault(setting => setting.IsRequired && !values.TryGet(setting.Name, out _)) is { } missing
            ? throw Wrong(policy, $"lacks '{missing.Name}', which must be {missing.Expected}")
            : values;
    }

    private static string Known(Policy policy) =>
        policy.Settings.IsEmpty ? "" : $"; it has {string.Join(", ", policy.Settings.Select(setting => setting.Name))}";

    private static PolicyConfigurationException Wrong(Policy policy, string what) =>
        new($"The policy configuration of {policy.Id} {what}.");
}
