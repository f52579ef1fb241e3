using System.Collections.Immutable;
using Pulumi;

namespace Twins;

/// <summary>Resources: components, parents, dependencies, references, assets, reads.</summary>
internal static class ResourceCases
{
    public static IReadOnlyDictionary<string, Declare> All { get; } = new Dictionary<string, Declare>
    {
        ["plain"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = "x",
            Number = 1.25,
            Count = 3,
            Flag = true,
            List = { "1", "2" },
            Map = { { "k", "v" } },
            Nested = new NestedArgs { Text = "t" },
        })),
        ["no-inputs"] = Case.Of(() => _ = new Probe("a")),
        ["names"] = Case.Of(() =>
        {
            _ = new Probe("a::b");
            _ = new Probe("with space/and:slash");
            _ = new Other("a::b");
        }),
        ["implicit-dependency"] = Case.Of(() =>
        {
            var a = new Probe("a");
            _ = new Probe("b", new() { Text = a.Label, Map = { { "id", a.Id }, { "urn", a.Urn } } });
        }),
        ["explicit-dependency"] = Case.Of(() =>
        {
            var a = new Probe("a");
            var b = new Probe("b", null, new() { DependsOn = a });
            _ = new Probe("c", null, new() { DependsOn = { a, b } });
        }),
        ["dependency-on-outputs"] = Case.Of(() =>
        {
            var a = new Probe("a");
            var b = new Probe("b");
            _ = new Probe("c", null, new() { DependsOn = Output.Create(ImmutableArray.Create<Resource>(a, b)) });
            _ = new Probe("d", null, new() { DependsOn = { Output.Create<Resource>(a), b } });
        }),
        ["component"] = Case.Of(() => _ = new Group("g", null, g =>
        {
            var a = new Probe("a", new() { Text = "a" }, new() { Parent = g });
            return new() { ["text"] = a.Text, ["label"] = a.Label };
        })),
        ["nested-components"] = () =>
        {
            var outer = new Group("outer", null, g =>
            {
                var inner = new Group("inner", new() { Parent = g }, h =>
                {
                    _ = new Probe("leaf", new() { Text = "x" }, new() { Parent = h });
                    return new() { ["depth"] = 2 };
                });
                _ = new Probe("beside", new() { Text = inner.Urn }, new() { Parent = g });
                return new() { ["inner"] = inner.Urn };
            });
            return new Dictionary<string, object?> { ["outer"] = outer.Urn };
        },
        ["depends-on-component"] = Case.Of(() =>
        {
            var group = new Group("g", null, g =>
            {
                _ = new Probe("a", null, new() { Parent = g });
                _ = new Group("inner", new() { Parent = g }, h =>
                {
                    var b = new Probe("b", null, new() { Parent = h });
                    _ = new Probe("under-b", null, new() { Parent = b });
                });
            });
            _ = new Probe("after", null, new() { DependsOn = group });
            _ = new Probe("after-list", null, new() { DependsOn = { group } });
        }),
        ["component-depends"] = Case.Of(() =>
        {
            var a = new Probe("a");
            _ = new Group("g", new() { DependsOn = a }, g => { _ = new Probe("child", null, new() { Parent = g }); });
        }),
        ["custom-parent"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = "a" });
            var b = new Probe("b", null, new() { Parent = a });
            _ = new Probe("c", new() { Text = a.Text }, new() { Parent = b });
            _ = new Group("g", new() { Parent = b }, g => { _ = new Other("d", null, new() { Parent = g }); });
        }),
        ["parent-of-another-package"] = Case.Of(() =>
        {
            var a = new Foreign("a");
            _ = new Probe("b", null, new() { Parent = a });
        }),
        ["component-as-input"] = Case.Of(() =>
        {
            var group = new Group("g", null, g => { _ = new Probe("a", null, new() { Parent = g }); });
            _ = new Probe("b", new() { Resource = group });
        }),
        ["resource-as-input"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = "a" });
            _ = new Probe("b", new() { Resource = a, List = { a.Text } });
            _ = new Probe("c", new() { Any = new Dictionary<string, object> { ["inside"] = new List<object> { a } } });
        }),
        ["read-as-input"] = Case.Of(() =>
        {
            var known = Probe.Get("known", "id-1");
            _ = new Probe("b", new() { Resource = known, Text = known.Id, Map = { { "label", known.Label } } });
        }),
        ["get"] = Case.Of(() =>
        {
            var a = Probe.Get("a", "id-1");
            _ = new Probe("b", new() { Text = a.Id, Map = { { "label", a.Label } } });
        }),
        ["get-of-output"] = Case.Of(() =>
        {
            var a = Probe.Get("a", Output.Create("id").Apply(text => $"{text}-2"));
            _ = new Probe("b", new() { Text = a.Id });
        }),
        ["get-in-component"] = Case.Of(() => _ = new Group("g", null, g =>
        {
            var a = Probe.Get("a", "id-1", new() { Parent = g });
            return new() { ["id"] = a.Id };
        })),
        ["stack-reference"] = Case.Of(() =>
        {
            var other = new StackReference("organization/other/prod");
            _ = new Probe("a", new()
            {
                Text = other.GetOutput("address").Apply(value => (string)value!),
                Map = { { "required", other.RequireOutput("vnet").Apply(value => (string)value) } },
            });
        }),
        ["stack-reference-named"] = () =>
        {
            var other = new StackReference("network", new StackReferenceArgs { Name = "organization/network/prod" });
            _ = new Probe("a", new() { Text = other.GetOutput("address").Apply(address => $"{address}!") });
            return new Dictionary<string, object?> { ["name"] = other.Name };
        },
        ["assets"] = Case.Of(() => _ = new Probe("a", new()
        {
            Source = new StringAsset("content"),
            Any = new List<object> { new FileAsset("package.json"), new RemoteAsset("https://example.test/file") },
        })),
        ["archives"] = Case.Of(() =>
        {
            _ = new Probe("a", new() { Source = new FileArchive("twins") });
            _ = new Probe("b", new() { Source = new RemoteArchive("https://example.test/archive.zip") });
            _ = new Probe("c", new()
            {
                Source = new AssetArchive(new Dictionary<string, AssetOrArchive>
                {
                    ["a.txt"] = new StringAsset("a"),
                    ["inner"] = new AssetArchive(new Dictionary<string, AssetOrArchive> { ["b.txt"] = new StringAsset("b") }),
                    ["folder"] = new FileArchive("twins"),
                }),
            });
        }),
        ["asset-of-output"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = "a" });
            _ = new Probe("b", new() { Source = a.Text.Apply(AssetOrArchive (text) => new StringAsset(text)) });
            _ = new Probe("c", new() { Source = a.Label.Apply(AssetOrArchive (label) => new StringAsset(label)) });
            _ = new Probe("d", new() { Source = Output.CreateSecret<AssetOrArchive>(new StringAsset("hidden")) });
        }),
        ["outputs-of-resources"] = () =>
        {
            var a = new Probe("a", new() { Text = "a" });
            var group = new Group("g", null, g => new() { ["from"] = a.Text });
            return new Dictionary<string, object?>
            {
                ["resource"] = a,
                ["component"] = group,
                ["list"] = new List<object> { a },
                ["map"] = new Dictionary<string, object> { ["component"] = group },
            };
        },
        ["component-outputs"] = Case.Of(() => _ = new Group("g", null, g =>
        {
            var a = new Probe("a", new() { Text = "a" }, new() { Parent = g });
            return new()
            {
                ["known"] = a.Text,
                ["unknown"] = a.Label,
                ["secret"] = Output.CreateSecret("pw"),
                ["list"] = new List<object> { a.Text, "x" },
                ["child"] = a,
            };
        })),
        ["chain-of-components"] = () =>
        {
            var first = new Group("first", null, g =>
            {
                g.Label = new Probe("first-a", new() { Text = "a" }, new() { Parent = g }).Label;
                return new() { ["label"] = g.Label };
            });
            var second = new Group("second", null, g =>
            {
                g.Label = new Probe("second-b", new() { Text = first.Label }, new() { Parent = g, DependsOn = first }).Label;
                return new() { ["label"] = g.Label };
            });
            return new Dictionary<string, object?> { ["end"] = second.Label };
        },
        ["logs"] = Case.Of(() =>
        {
            var a = new Probe("a");
            Log.Info("an info");
            Log.Warn("a warning", a);
            Log.Debug("a detail");
        }),
        ["names-of-stack"] = () => new Dictionary<string, object?>
        {
            ["project"] = Deployment.Instance.ProjectName,
            ["stack"] = Deployment.Instance.StackName,
            ["organization"] = Deployment.Instance.OrganizationName,
            ["preview"] = Deployment.Instance.IsDryRun,
        },
        ["many"] = Case.Of(() =>
        {
            Probe? previous = null;
            for (var index = 0; index < 1000; index++)
            {
                previous = new Probe($"p{index}", new() { Count = index, Text = index % 10 == 0 ? null : (Input<string>)previous!.Label });
            }
        }),
    };
}
