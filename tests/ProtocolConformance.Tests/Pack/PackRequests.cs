using System.Text.Json.Nodes;

namespace CantonInfra.ProtocolConformance.Tests.Pack;

/// <summary>Requests of the Analyzer service as the official client takes them, with all that the Pulumi CLI sets.</summary>
internal static class PackRequests
{
    public const string NetworkType = "azure-native:network:RouteTable";

    public static JsonObject Handshake() => new()
    {
        ["engineAddress"] = "127.0.0.1:1",
        ["rootDirectory"] = "/packs/policy",
        ["programDirectory"] = "/packs/policy",
    };

    public static JsonObject Stack(string name, params (string Key, string Value)[] config) => new()
    {
        ["stack"] = name,
        ["project"] = "canton-infra",
        ["organization"] = "organization",
        ["dryRun"] = true,
        ["configSecretKeys"] = new JsonArray("canton-infra:dbPassword"),
        ["config"] = Map(config.Append(("canton-infra:dbPassword", "hunter2")).Select(entry => (entry.Item1, (JsonNode)entry.Item2))),
        ["tags"] = Map([("pulumi:project", "canton-infra")]),
    };

    public static JsonObject Levels(params (string Policy, int Level)[] levels) => new()
    {
        ["policyConfig"] = Map(levels.Select(entry => (entry.Policy, (JsonNode)new JsonObject
        {
            ["$type"] = "PolicyConfig",
            ["enforcementLevel"] = entry.Level,
            ["properties"] = Struct([]),
        }))),
    };

    public static JsonObject Network(JsonNode location, string name = "main") => Resource(NetworkType, name, new() { ["location"] = location });

    public static JsonObject Resource(string type, string name, JsonObject properties) => new()
    {
        ["type"] = type,
        ["name"] = name,
        ["urn"] = UrnOf(type, name),
        ["properties"] = Struct(properties),
        ["options"] = new JsonObject
        {
            ["$type"] = "AnalyzerResourceOptions",
            ["protect"] = true,
            ["ignoreChanges"] = new JsonArray("tags"),
            ["customTimeouts"] = new JsonObject { ["$type"] = "AnalyzerResourceOptions.CustomTimeouts", ["create"] = 90.5 },
        },
        ["provider"] = new JsonObject
        {
            ["$type"] = "AnalyzerProviderResource",
            ["type"] = "pulumi:providers:azure-native",
            ["name"] = "default_3_28_0",
            ["urn"] = UrnOf("pulumi:providers:azure-native", "default_3_28_0"),
            ["properties"] = Struct(new() { ["version"] = "3.28.0" }),
        },
    };

    /// <summary>The same as an entry of AnalyzeStack.</summary>
    public static JsonObject OfStack(JsonObject resource)
    {
        resource["$type"] = "AnalyzerResource";
        resource["parent"] = UrnOf("pulumi:pulumi:Stack", "canton-infra-mainnet");
        resource["dependencies"] = new JsonArray(UrnOf("azure-native:resources:ResourceGroup", "main"));
        resource["propertyDependencies"] = Map([("location", new JsonObject
        {
            ["$type"] = "AnalyzerPropertyDependencies",
            ["urns"] = new JsonArray(UrnOf("azure-native:resources:ResourceGroup", "main")),
        })]);
        return resource;
    }

    public static string UrnOf(string type, string name) => $"urn:pulumi:mainnet::canton-infra::{type}::{name}";

    private static JsonObject Struct(JsonObject properties) => new() { ["$struct"] = properties };

    private static JsonObject Map(IEnumerable<(string Key, JsonNode Value)> entries) => new()
    {
        ["$map"] = new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
    };
}
