using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Goldens.Tests;

/// <summary>A plan seen in several ways, each small enough to be read in a review.</summary>
internal static class PlanViews
{
    // A blob's content says nothing to a reader; that it changed does.
    private const int LongestText = 200;

    /// <summary>The tree as the preview shows it.</summary>
    public static string Tree(Plan plan)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ResourceTree.Write(
            new Terminal(output, TextWriter.Null, HasColors: false, ShowsProgress: false),
            PlanDifference.Create(plan, earlier: null),
            PolicyResult.None);
        return output.ToString();
    }

    /// <summary>How many resources there are of each type.</summary>
    public static string Types(Plan plan) => string.Concat(plan.Resources
        .GroupBy(resource => resource.Type, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count(),4} {group.Key}\n")));

    /// <summary>What each resource waits for.</summary>
    public static string Dependencies(Plan plan)
    {
        var names = plan.Resources.ToDictionary(resource => resource.Urn, NameOf, StringComparer.Ordinal);
        return string.Concat(plan.Resources
            .Where(resource => resource.Dependencies.Length > 0)
            .Select(resource => $"{NameOf(resource)}\n{string.Concat(resource.Dependencies
                .Select(urn => names[urn]).Order(StringComparer.Ordinal).Select(name => $"    {name}\n"))}"));
    }

    /// <summary>The inputs and options of every resource.</summary>
    public static string Inputs(Plan plan)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PreviewJson.Options))
        {
            writer.WriteStartObject();
            foreach (var resource in plan.Resources.Where(resource => resource.Kind != ResourceKind.Component))
            {
                writer.WritePropertyName(NameOf(resource));
                PropertyJson.Write(writer, Shortened(resource.Inputs));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string NameOf(PlannedResource resource)
    {
        var urn = Urn.TryParse(resource.Urn, out var parsed) ? parsed : throw new InvalidOperationException(resource.Urn);
        return $"{urn.QualifiedType}::{urn.Name}";
    }

    private static PropertyValue Shortened(PropertyValue value) => value switch
    {
        StringValue { Value.Length: > LongestText } text => PropertyValue.Of(Hashed(text.Value)),
        ListValue list => new ListValue([.. list.Items.Select(Shortened)]),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Shortened(entry.Value)))),
        AssetValue { Content.Length: > LongestText } asset => asset with { Content = Hashed(asset.Content) },
        _ => value,
    };

    private static string Hashed(string text) => string.Create(
        CultureInfo.InvariantCulture,
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))} ({text.Length} characters)");
}
