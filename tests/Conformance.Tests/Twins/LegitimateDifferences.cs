using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Conformance.Tests.Twins;

/// <summary>
/// The differences that the official .NET and Node SDKs have between them on the wire, taken out of plans before twins are
/// compared. Whatever is not listed here must be equal.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>nulls</term><description>.NET drops nulls at the top level and in maps, Node sends them. Both keep them in
/// lists.</description></item>
/// <item><term>unknown secrets</term><description>.NET sends the unknown mark alone, Node wraps it as a secret.</description></item>
/// <item><term>durations</term><description>.NET writes nanoseconds, Node what the program wrote.</description></item>
/// <item><term>exported resources</term><description>As outputs of the stack, .NET sends references, Node spreads the
/// resource's properties out in a map.</description></item>
/// <item><term>replaceWith</term><description>Node makes a dependency of each such resource, .NET does not.</description></item>
/// </list>
/// </remarks>
internal static partial class LegitimateDifferences
{
    private const string ResourceMark = "@isPulumiResource";

    /// <summary>A plan without what the two official SDKs may differ in.</summary>
    public static Plan Normalize(Plan plan) =>
        plan with { Resources = [.. plan.Resources.Select(resource => Normalize(resource, isRoot: resource.Parent.Length == 0 && resource == plan.Root))] };

    private static PlannedResource Normalize(PlannedResource resource, bool isRoot) => resource with
    {
        Inputs = (MapValue)Plain(resource.Inputs),
        Outputs = (MapValue)(isRoot ? WithReferences(Plain(resource.Outputs)) : Plain(resource.Outputs)),
        Dependencies = [.. resource.Dependencies.Except(
            resource.Options.ReplaceWith.Except(resource.PropertyDependencies.Values.SelectMany(urns => urns), StringComparer.Ordinal),
            StringComparer.Ordinal)],
        Options = resource.Options with { Timeouts = Normalize(resource.Options.Timeouts) },
    };

    private static PropertyValue Plain(PropertyValue value) => value switch
    {
        SecretValue { IsUnknown: true } => PropertyValue.Unknown,
        SecretValue secret => PropertyValue.Secret(Plain(secret.Element)),
        ListValue list => new ListValue([.. list.Items.Select(Plain)]),
        MapValue map => new MapValue(map.Entries
            .Where(entry => entry.Value is not NullValue)
            .Select(entry => KeyValuePair.Create(entry.Key, Plain(entry.Value)))),
        _ => value,
    };

    private static PropertyValue WithReferences(PropertyValue value) => value switch
    {
        MapValue map when map[ResourceMark] is not null && map["urn"] is StringValue urn => Reference(urn.Value),
        ResourceReferenceValue reference => Reference(reference.Urn),
        ListValue list => new ListValue([.. list.Items.Select(WithReferences)]),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, WithReferences(entry.Value)))),
        _ => value,
    };

    private static ResourceReferenceValue Reference(string urn) => new(urn, Id: null);

    private static OperationTimeouts Normalize(OperationTimeouts timeouts) =>
        new(Seconds(timeouts.Create), Seconds(timeouts.Update), Seconds(timeouts.Delete));

    private static string Seconds(string duration) => duration.Length == 0 ? "" : DurationPart().Matches(duration)
        .Sum(part => decimal.Parse(part.Groups["count"].Value, CultureInfo.InvariantCulture) * SecondsOf[part.Groups["unit"].Value])
        .ToString("0.#########", CultureInfo.InvariantCulture);

    private static readonly ImmutableDictionary<string, decimal> SecondsOf = new Dictionary<string, decimal>
    {
        ["ns"] = 1e-9m,
        ["ms"] = 1e-3m,
        ["s"] = 1,
        ["m"] = 60,
        ["h"] = 3600,
    }.ToImmutableDictionary();

    [GeneratedRegex("(?<count>[0-9.]+)(?<unit>ns|ms|s|m|h)", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPart();
}
