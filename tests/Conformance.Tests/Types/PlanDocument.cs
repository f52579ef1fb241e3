using System.Text.Json.Nodes;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Conformance.Tests.Types;

/// <summary>Plans as the type checks read them: what providers manage, with plain inputs and a mark for what is not known.</summary>
internal static class PlanDocument
{
    /// <summary>Writes a plan; resources of the given packages only.</summary>
    public static JsonObject Of(string name, Plan plan, IReadOnlyCollection<string> packages) => new()
    {
        ["name"] = name,
        ["resources"] = new JsonArray(
        [
            .. plan.Resources
                .Where(resource => resource.Kind == ResourceKind.Custom && packages.Contains(resource.Type.Split(':')[0]))
                .Select(resource => new JsonObject
                {
                    ["urn"] = resource.Urn,
                    ["type"] = resource.Type,
                    ["name"] = resource.Name,
                    ["inputs"] = Json(resource.Inputs),
                }),
        ]),
    };

    private static JsonNode? Json(PropertyValue value) => value.Unwrapped switch
    {
        NullValue => null,
        BoolValue flag => flag.Value,
        NumberValue number => number.Value,
        StringValue text => text.Value,
        ListValue list => new JsonArray([.. list.Items.Select(Json)]),
        MapValue map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        _ => new JsonObject { ["$any"] = true },
    };
}
