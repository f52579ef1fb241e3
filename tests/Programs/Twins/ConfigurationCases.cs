using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;

namespace Twins;

/// <summary>Settings of every kind. The stack file is that of TwinTests.</summary>
internal static class ConfigurationCases
{
    public static IReadOnlyDictionary<string, Declare> All { get; } = new Dictionary<string, Declare>
    {
        ["config-plain"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = Settings.Require("text"),
            Number = Settings.RequireDouble("number"),
            Count = Settings.GetInt32("count")!.Value,
            Flag = Settings.RequireBoolean("flag"),
            List = Settings.RequireObject<string[]>("list"),
            Map = Settings.RequireObject<Dictionary<string, string>>("map"),
        })),
        ["config-absent"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = Settings.Get("absent") ?? "default",
            Flag = Settings.GetBoolean("absent") ?? true,
            Number = Settings.GetDouble("absent") ?? 7,
            Any = (object?)Settings.GetObject<string[]>("absent") ?? "nothing",
            Map = { { "secret", Settings.GetSecret("absent") ?? Output.Create("none") } },
        })),
        ["config-secret"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = Settings.RequireSecret("token"),
            Map = { { "token", Settings.GetSecret("token")! } },
        })),
        ["config-secret-kinds"] = Case.Of(() => _ = new Probe("a", new()
        {
            Number = Settings.RequireSecretDouble("number"),
            Flag = Settings.RequireSecretBoolean("flag"),
            Map = Settings.RequireSecretObject<Dictionary<string, string>>("map"),
        })),
        ["config-secret-applied"] = Case.Of(() =>
            _ = new Probe("a", new() { Text = Output.Format($"token={Settings.RequireSecret("token")}") })),
        ["config-undecrypted-secret"] = Case.Of(() => _ = new Probe("a", new() { Text = Settings.RequireSecret("sealed") })),
        ["config-nested"] = Case.Of(() =>
        {
            var nested = Settings.RequireObject<JsonElement>("nested");
            var inner = nested.GetProperty("inner");
            _ = new Probe("a", new()
            {
                Text = inner.GetProperty("name").GetString()!,
                List = inner.GetProperty("items").EnumerateArray().Select(item => item.GetString()!).ToArray(),
                Any = nested,
            });
        }),
        ["config-of-another-namespace"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = new Config("other").Require("key"),
            Map = { { "project", new Config().Get("text") ?? "none" } },
        })),
        ["config-missing"] = Case.Of(() => _ = new Probe("a", new() { Text = Settings.Require("gone") })),
        ["config-not-a-number"] = Case.Of(() => _ = new Probe("a", new() { Number = Settings.RequireDouble("text") })),
        ["config-not-a-flag"] = Case.Of(() => _ = new Probe("a", new() { Flag = Settings.RequireBoolean("text") })),
        ["config-not-an-object"] = Case.Of(() =>
            _ = new Probe("a", new() { Any = Settings.RequireObject<ImmutableDictionary<string, string>>("text") })),
    };

    private static Config Settings => new("twins");
}
