using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>What diagnostic settings say of whose logs they send, and which.</summary>
internal static class SentLogs
{
    private static readonly ImmutableArray<string> Lists = ["logs", "enabledLogs"];
    private static readonly ImmutableArray<PropertyPath> CategoryNames = [PropertyPath.Parse("category"), PropertyPath.Parse("categoryGroup")];
    private static readonly PropertyPath On = PropertyPath.Parse("enabled");
    private static readonly ResourceTypePattern BlobService = "azure-native:storage:BlobServiceProperties";

    /// <summary>
    /// The categories and groups of categories of a setting and whether each is on; null for what is not known. What is off is none;
    /// of the classic provider, being listed is being on.
    /// </summary>
    public static IEnumerable<(string? Category, bool? IsOn)> Of(StackResourceView setting) =>
        from list in Lists
        from entry in setting.Select(PropertyPath.Parse($"{list}[*]"))
        let isOn = entry.Value is MapValue ? On.Read(entry.Value).ToFlag(whenMissing: list == "enabledLogs") : null
        let names = entry.Value is MapValue map ? CategoryNames.Select(name => name.Read(map)).Where(name => name.State != PropertyState.Missing).ToList() : []
        from category in names.Count == 0 ? [null] : names.Select(name => name.TryGetText(out var text) ? text : null)
        select (category, isOn);

    /// <summary>
    /// The resources of the stack whose logs a setting sends. The blob service of an account logs, and its id may come from a resource
    /// of its own.
    /// </summary>
    public static ImmutableArray<StackResourceView> SourcesOf(StackResourceView setting, LoggingType type, StackView resources)
    {
        var sources = resources.SourcesOf(setting, type.Resource);
        return [.. sources, .. sources.Where(source => BlobService.Matches(source.Type)).SelectMany(service => resources.SourcesOf(service, "accountName"))];
    }
}
