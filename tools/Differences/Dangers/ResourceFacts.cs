using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>What detectors ask of resources.</summary>
internal static class ResourceFacts
{
    /// <summary>The type without the version of its API: <c>kubernetes:core:Namespace</c>.</summary>
    public static string PlainType(this PlannedResource resource) => TypeToken.Unversioned(resource.Type);

    /// <summary>The inputs; a component's outputs, which are all that it has.</summary>
    public static MapValue Facts(this PlannedResource resource) =>
        resource.Kind == ResourceKind.Component ? resource.Outputs : resource.Inputs;

    /// <summary>The text at a path; null where there is none that is known and no secret.</summary>
    public static string? Text(this MapValue map, string path)
    {
        PropertyValue? value = map;
        foreach (var key in path.Split('.'))
        {
            value = value is { IsSecret: false } && value.Unwrapped is MapValue inner ? inner[key] : null;
        }

        return value is { IsSecret: false } ? Text(value) : null;
    }

    /// <summary>The value as a text; null for what is unknown, secret or no scalar.</summary>
    public static string? Text(this PropertyValue value) => value.IsSecret
        ? null
        : value.Unwrapped switch
        {
            StringValue text => text.Value,
            BoolValue boolean => boolean.Value ? "true" : "false",
            NumberValue => PropertyJson.ToText(value),
            _ => null,
        };

    /// <summary>The items of a list at a path; none where there is no list.</summary>
    public static IEnumerable<PropertyValue> Items(this MapValue map, string path)
    {
        PropertyValue? value = map;
        foreach (var key in path.Split('.'))
        {
            value = value?.Unwrapped is MapValue inner ? inner[key] : null;
        }

        return value?.Unwrapped is ListValue list ? list.Items : [];
    }

    /// <summary>The value for people, secrets masked, in one line.</summary>
    public static string Shown(this PropertyValue? value) => value switch
    {
        null => "",
        { IsSecret: true } => PropertyJson.SecretMark,
        { IsUnknown: true } => PropertyJson.UnknownMark,
        _ => value.Text() ?? PropertyJson.ToText(value),
    };
}
