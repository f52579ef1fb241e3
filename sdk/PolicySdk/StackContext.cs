using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.PolicySdk;

/// <summary>The stack that is judged.</summary>
public sealed record StackContext
{
    private StackContext()
    {
    }

    /// <summary>What is known when no engine has said which stack it is: nothing, so that rules judge strictly.</summary>
    public static StackContext NotReceived { get; } = new();

    /// <summary>Whether an engine has said which stack it is.</summary>
    public bool IsReceived { get; private init; }

    /// <summary>The stack's name; empty where not received.</summary>
    public string Stack { get; private init; } = "";

    /// <summary>The stack's name as URNs have it: the last part of a qualified one.</summary>
    public string StackName => Stack[(Stack.LastIndexOf('/') + 1)..];

    /// <summary>The project's name.</summary>
    public string Project { get; private init; } = "";

    /// <summary>The organization's name.</summary>
    public string Organization { get; private init; } = "";

    /// <summary>Whether this is a preview.</summary>
    public bool IsDryRun { get; private init; }

    /// <summary>
    /// The stack's configuration by full key, such as <c>azure-native:location</c>. Values arrive in clear; those of keys
    /// that are marked secret are secrets here.
    /// </summary>
    public MapValue Config { get; private init; } = MapValue.Empty;

    /// <summary>The stack's tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; private init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a policy configuration sets for the rule that is asked.</summary>
    internal MapValue Settings { get; init; } = MapValue.Empty;

    /// <summary>What an engine said.</summary>
    public static StackContext From(AnalyzerStackConfigureRequest request)
    {
        var secrets = request.ConfigSecretKeys.ToHashSet(StringComparer.Ordinal);
        var config = request.Config.Select(entry => KeyValuePair.Create(
            entry.Key,
            secrets.Contains(entry.Key) ? PropertyValue.Secret(entry.Value) : PropertyValue.Of(entry.Value)));
        return new StackContext
        {
            IsReceived = true,
            Stack = request.Stack,
            Project = request.Project,
            Organization = request.Organization,
            IsDryRun = request.DryRun,
            Config = new MapValue(config),
            Tags = request.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>The value of a setting of the rule that is asked; see <see cref="Policy.Settings"/>.</summary>
    /// <exception cref="PolicyConfigurationException">It has no default, and nobody has configured it.</exception>
    public T Get<T>(PolicySetting<T> setting) => setting.Read(Settings);

    /// <summary>Reads a value of the configuration by its full key.</summary>
    public PropertyReading ReadConfig(string key) => PropertyPath.Root.Then(key).Read(Config);
}
