using System.Text.Json;
using Pulumi;

namespace Twins;

/// <summary>Values: what programs do with outputs, secrets and unknowns.</summary>
internal static class OutputCases
{
    public static IReadOnlyDictionary<string, Declare> All { get; } = new Dictionary<string, Declare>
    {
        ["apply-known"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new() { Text = a.Text.Apply(text => $"{text}!"), Number = a.Text.Apply(text => (double)text.Length) });
        }),
        ["apply-unknown"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new() { Text = a.Label.Apply(label => $"{label}!"), List = a.Id.Apply(id => new[] { id }) });
        }),
        ["apply-chain"] = Case.Of(() =>
        {
            var a = Dependency();
            var b = new Probe("b", new() { Text = a.Label.Apply(label => label.Length).Apply(length => $"{length}") });
            _ = new Probe("c", new()
            {
                Text = b.Text.Apply(text => text),
                Map = { { "both", Output.Tuple(a.Label, b.Label).Apply(both => both.Item1 + both.Item2) } },
            });
        }),
        ["apply-to-output"] = Case.Of(() =>
        {
            var a = Dependency();
            var b = new Probe("b", new() { Text = "b" });
            _ = new Probe("c", new() { Text = a.Text.Apply(_ => b.Text) });
        }),
        ["apply-to-promise"] = Case.Of(() =>
        {
            _ = new Probe("a", new()
            {
                Text = Output.Create(1).Apply(async number =>
                {
                    await Task.Yield();
                    return $"n{number}";
                }),
            });
        }),
        ["all"] = Case.Of(() =>
        {
            var a = Dependency();
            var b = new Probe("b", new() { Text = "b" });
            _ = new Probe("c", new() { List = Output.All<string>(a.Text, b.Text, "plain") });
            _ = new Probe("d", new() { List = Output.All(a.Label, b.Text) });
        }),
        ["tuple"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new()
            {
                Text = Output.Tuple<string, int, bool>(a.Text, Output.Create(2), true)
                    .Apply(parts => $"{parts.Item1} {parts.Item2} {(parts.Item3 ? "yes" : "no")}"),
            });
        }),
        ["format"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new() { Text = Output.Format($"{a.Text}-{1}-{"x"}"), List = { Output.Format($"{a.Id}/x") } });
        }),
        ["format-secret"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new() { Text = Output.Format($"user:{Output.CreateSecret("pw")}@{a.Text}") });
        }),
        ["outputs-in-collections"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new()
            {
                List = { "x", a.Text, a.Label },
                Map = { { "plain", "x" }, { "known", a.Text }, { "unknown", a.Label } },
                Nested = new NestedArgs { Text = a.Text, Inner = new NestedArgs { Text = a.Label, List = { a.Id, "y" } } },
                Items = { new NestedArgs { Text = a.Text }, new NestedArgs { Inner = new NestedArgs { Text = a.Label } } },
            });
        }),
        ["output-of-collection"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new()
            {
                List = a.Text.Apply(text => new[] { text, "z" }),
                Map = a.Text.Apply(text => new Dictionary<string, string> { ["key"] = text }),
                Nested = a.Text.Apply(text => new NestedArgs { Text = text, Inner = new NestedArgs { Text = a.Label } }),
            });
        }),
        ["output-of-outputs"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new()
            {
                Any = Output.Create<object>(new Dictionary<string, object>
                {
                    ["list"] = new List<object> { a.Text, new Dictionary<string, object> { ["deep"] = a.Text } },
                }),
            });
        }),
        ["empty-collections"] = Case.Of(() => _ = new Probe("a", new() { List = [], Map = [], Nested = new NestedArgs(), Items = [], Text = "" })),
        ["nulls"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = Output.Create((string)null!),
            Any = new Dictionary<string, object?> { ["gone"] = null, ["kept"] = "x", ["list"] = new List<object?> { null, 1 } },
        })),
        ["numbers"] = Case.Of(() => _ = new Probe("a", new()
        {
            Number = 0,
            Count = -7,
            Any = new List<object> { 1.5, 1e21, 0.1, 9007199254740991d, int.MaxValue },
        })),
        ["texts"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = "Zürich 🚀 \0\t\"quoted\" \\ <&>",
            Map = { { "a.b[c]", "1" }, { "ключ", "2" }, { "__private", "3" } },
        })),
        ["secret"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = Output.CreateSecret("pw"), Number = Output.CreateSecret(5d), List = { "x", Output.CreateSecret("y") } });
            _ = new Probe("b", new() { Text = a.Text });
        }),
        ["secret-through-apply"] = Case.Of(() =>
        {
            var secret = Output.CreateSecret("pw");
            var a = new Probe("a", new() { Text = secret.Apply(text => text.ToUpperInvariant()) });
            _ = new Probe("b", new() { Text = Output.Tuple<string, string>(a.Text, "x").Apply(both => both.Item1 + both.Item2) });
        }),
        ["secret-in-map"] = Case.Of(() => _ = new Probe("a", new()
        {
            Map = { { "open", "x" }, { "closed", Output.CreateSecret("pw") } },
            Nested = new NestedArgs { Inner = new NestedArgs { Text = Output.CreateSecret("pw") } },
        })),
        ["secret-whole-map"] = Case.Of(() => _ = new Probe("a", new()
        {
            Map = Output.CreateSecret(new Dictionary<string, string> { ["user"] = "u", ["password"] = "pw" }),
            Nested = Output.CreateSecret(new NestedArgs { Text = "t" }),
        })),
        ["secret-null"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = Output.CreateSecret<string>((string)null!),
            Map = { { "gone", Output.CreateSecret<string>((string)null!) } },
        })),
        ["secret-unknown"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new() { Text = Output.CreateSecret(a.Label), Map = { { "x", Output.CreateSecret(a.Label) }, { "y", "y" } } });
        }),
        ["secret-within-secret"] = Case.Of(() => _ = new Probe("a", new()
        {
            Map = Output.Create("pw").Apply(_ => Output.CreateSecret(Output.CreateSecret("pw").Apply(text => new Dictionary<string, string> { ["inner"] = text }))),
        })),
        ["secret-passed-on"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Map = { { "open", "x" }, { "closed", Output.CreateSecret("pw") } } });
            _ = new Probe("b", new() { Text = a.Map.Apply(map => map["open"]), Map = a.Map });
        }),
        ["unsecret"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = Output.CreateSecret("pw") });
            _ = new Probe("b", new() { Text = Output.Unsecret(a.Text) });
        }),
        ["is-secret"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = Output.CreateSecret("pw") });
            _ = new Probe("b", new()
            {
                Flag = Output.Create(Output.IsSecretAsync(a.Text)),
                Map = { { "open", Output.Create(Output.IsSecretAsync(Output.Create("x"))).Apply(isSecret => isSecret ? "yes" : "no") } },
            });
        }),
        ["json-serialize"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new()
            {
                Text = Output.JsonSerialize(Output.Create(new { Name = a.Text, Number = 1, List = new object[] { "x", a.Text } })),
                List = { Output.JsonSerialize(Output.Create(new { a.Id })) },
                Map = { { "secret", Output.JsonSerialize(Output.Create(new { Password = Output.CreateSecret("pw") })) } },
            });
        }),
        ["json-deserialize"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = """{"key":"value"}""" });
            _ = new Probe("b", new()
            {
                Text = Output.JsonDeserialize<JsonElement>(a.Text).Apply(value => value.GetProperty("key").GetString()!),
                Map = Output.JsonDeserialize<Dictionary<string, string>>(Output.CreateSecret("""{"key":"hidden"}""")),
            });
        }),
        ["deferred"] = Case.Of(() =>
        {
            var later = new DeferredOutput<string>();
            _ = new Probe("b", new() { Text = later.Output });
            later.Resolve(Dependency().Text);
        }),
        ["merged-map"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new()
            {
                Map = InputMap<string>.Merge(
                    new InputMap<string> { { "x", "1" }, { "y", "1" } },
                    a.Text.Apply(text => new Dictionary<string, string> { ["y"] = text })),
            });
        }),
        ["concatenated-lists"] = Case.Of(() =>
        {
            var a = Dependency();
            InputList<string> first = ["x"];
            _ = new Probe("b", new() { List = first.Concat(a.Text.Apply(text => new[] { text, "y" })) });
        }),
        ["first-and-length"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { List = { "x", "y" } });
            _ = new Probe("b", new() { Text = a.List.First(), Count = a.List.Length(), List = { a.List.GetAt(1) } });
        }),
        ["unions"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new() { Union = 5 });
            _ = new Probe("c", new() { Union = "five" });
            _ = new Probe("d", new() { Union = a.Text });
            _ = new Probe("e", new() { Union = a.Label });
        }),
        ["enums"] = Case.Of(() => _ = new Probe("a", new()
        {
            Size = Size.Small,
            Any = new List<object> { Size.Large },
            Map = { { "size", Output.Create(Size.Small).Apply(size => (string)size) } },
        })),
        ["json-inputs"] = Case.Of(() =>
        {
            var a = Dependency();
            _ = new Probe("b", new() { Json = """{ "name": "x", "list": [1, true, "y"], "deep": { "k": "v" } }""" });
            _ = new Probe("c", new() { JsonText = new NestedArgs { Inner = new NestedArgs { Text = "x" } }, Map = { { "unknown", a.Label } } });
        }),
        ["partly-unknown"] = Case.Of(() =>
        {
            var a = Dependency();
            var b = new Probe("b", new() { Map = { { "known", "x" }, { "unknown", a.Label } } });
            _ = new Probe("c", new() { Map = b.Map.Apply(map => map), List = b.Map.Apply(map => new[] { map["known"] }) });
        }),
        ["stack-outputs"] = () =>
        {
            var a = Dependency();
            return new Dictionary<string, object?>
            {
                ["text"] = "x",
                ["number"] = 1.5,
                ["flag"] = true,
                ["list"] = new List<object> { "x", a.Text },
                ["map"] = new Dictionary<string, object> { ["known"] = a.Text, ["unknown"] = a.Label },
                ["secret"] = Output.CreateSecret("pw"),
                ["unknownSecret"] = Output.CreateSecret(a.Label),
                ["nested"] = new Dictionary<string, object>
                {
                    ["deep"] = new Dictionary<string, object> { ["secret"] = Output.CreateSecret("pw"), ["list"] = new[] { 1, 2 } },
                },
                ["known"] = a.Text,
                ["unknown"] = a.Label,
                ["id"] = a.Id,
                ["urn"] = a.Urn,
            };
        },
    };

    private static Probe Dependency() => new("a", new() { Text = "a" });
}
