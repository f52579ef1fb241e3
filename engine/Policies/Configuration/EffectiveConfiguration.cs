using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Policies.Configuration;

/// <summary>The level and properties of each policy of a pack, from weakest to strongest: its own, the pack's, a file's.</summary>
/// <param name="Policies">By id.</param>
/// <param name="Secrets">The values that are secret.</param>
internal sealed record EffectiveConfiguration(ImmutableSortedDictionary<string, PolicyConfig> Policies, ImmutableArray<PropertyValue> Secrets)
{
    // JSON schema's own mark for what is written and never shown.
    private const string SecretMark = "writeOnly";

    /// <summary>The level of a policy.</summary>
    public EnforcementLevel LevelOf(string policy) => Policies[policy].EnforcementLevel;

    /// <summary>Merges and checks what is said of a pack's policies.</summary>
    /// <param name="info">The pack and its policies.</param>
    /// <param name="path">The pack as the user named it, for messages.</param>
    /// <param name="file">The policy configuration; null where there is none.</param>
    /// <exception cref="ConfigurationException">All that is wrong, with places. No value is in the messages.</exception>
    public static EffectiveConfiguration Create(AnalyzerInfo info, string path, PolicyConfigurationFile? file)
    {
        var policies = ImmutableSortedDictionary.CreateBuilder<string, PolicyConfig>(StringComparer.Ordinal);
        var wrong = StrayEntries(info, path, file).ToList();
        foreach (var policy in info.Policies)
        {
            var config = Merge(policy, info.InitialConfig.GetValueOrDefault(policy.Name), file);
            policies[policy.Name] = config;
            wrong.AddRange(Check(policy, config.Properties, path, file));
        }

        if (wrong.Count > 0)
        {
            throw new ConfigurationException([.. wrong]);
        }

        try
        {
            return new(policies.ToImmutable(), [.. info.Policies.SelectMany(policy => SecretsOf(policy, policies[policy.Name]))]);
        }
        catch (MalformedPropertyException exception)
        {
            throw new ConfigurationException(Wrong(exception.Message, new SourceLocation(file?.Path ?? path)));
        }
    }

    private static PolicyConfig Merge(PolicyInfo policy, PolicyConfig? initial, PolicyConfigurationFile? file)
    {
        var properties = new Struct();
        foreach (var (name, schema) in policy.ConfigSchema?.Properties?.Fields.ToArray() ?? [])
        {
            if (schema.StructValue?.Fields.TryGetValue("default", out var value) ?? false)
            {
                properties.Fields[name] = value;
            }
        }

        var entry = file?.Find(policy.Name);
        properties.MergeFrom(initial?.Properties ?? new Struct());
        properties.MergeFrom(entry?.Properties ?? new Struct());
        var level = entry?.Level ?? file?.Find(PolicyConfigurationFile.All)?.Level ?? initial?.EnforcementLevel ?? policy.EnforcementLevel;
        return new PolicyConfig { EnforcementLevel = level, Properties = properties };
    }

    private static IEnumerable<Diagnostic> StrayEntries(AnalyzerInfo info, string path, PolicyConfigurationFile? file)
    {
        if (file is null)
        {
            return [];
        }

        if (!info.SupportsConfig)
        {
            return [Wrong($"The policy pack '{path}' takes no configuration.", new SourceLocation(file.Path))];
        }

        var known = info.Policies.Select(policy => policy.Name).Order(StringComparer.Ordinal).ToList();
        return file.Entries
            .Where(entry => entry.Policy != PolicyConfigurationFile.All && !known.Contains(entry.Policy))
            .Select(entry => Wrong(
                $"The policy pack '{path}' has no policy '{entry.Policy}'; it has {string.Join(", ", known)}.", entry.Location));
    }

    private static IEnumerable<Diagnostic> Check(PolicyInfo policy, Struct properties, string path, PolicyConfigurationFile? file)
    {
        if (policy.ConfigSchema is not { } config)
        {
            return [];
        }

        var schema = new Struct { Fields = { ["type"] = Value.ForString("object"), ["properties"] = Value.ForStruct(config.Properties ?? new Struct()) } };
        if (config.Required.Count > 0)
        {
            schema.Fields["required"] = Value.ForList([.. config.Required.Select(Value.ForString)]);
        }

        return JsonSchemaCheck.Check(Value.ForStruct(properties), schema).Select(mismatch => Wrong(
            mismatch.Path.Length == 0
                ? $"The configuration of '{policy.Name}' {mismatch.Message}."
                : $"'{mismatch.Path}' of '{policy.Name}' {mismatch.Message}.",
            PlaceOf(mismatch.Path, file?.Find(policy.Name)) ?? new SourceLocation(file?.Path ?? path)));
    }

    private static SourceLocation? PlaceOf(string path, PolicyConfigurationEntry? entry) =>
        entry?.Places.GetValueOrDefault(path.Split('.', '[')[0], entry.Location);

    private static IEnumerable<PropertyValue> SecretsOf(PolicyInfo policy, PolicyConfig config)
    {
        var properties = PropertyDecoding.Decode(config.Properties);
        return properties.Entries.Select(entry => IsSecret(policy, entry.Key) ? PropertyValue.Secret(entry.Value) : entry.Value)
            .Where(value => value.ContainsSecrets);
    }

    private static bool IsSecret(PolicyInfo policy, string property) =>
        policy.ConfigSchema?.Properties?.Fields.GetValueOrDefault(property)?.StructValue?.Fields.GetValueOrDefault(SecretMark)?.BoolValue ?? false;

    private static Diagnostic Wrong(string message, SourceLocation location) => Diagnostic.Error("policy-config", message, location);
}
