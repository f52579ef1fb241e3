using Pulumi;

namespace Twins;

/// <summary>Resource options.</summary>
internal static class OptionCases
{
    public const string TransformStack = "transform-stack";

    public static IReadOnlyDictionary<string, Declare> All { get; } = new Dictionary<string, Declare>
    {
        ["protect"] = Case.Of(() =>
        {
            _ = new Probe("a", null, new() { Protect = true });
            _ = new Probe("b", null, new() { Protect = false });
            _ = new Group("g", new() { Protect = true }, g =>
            {
                _ = new Probe("inherits", null, new() { Parent = g });
                _ = new Probe("differs", null, new() { Parent = g, Protect = false });
                _ = new Group("inner", new() { Parent = g }, h => { _ = new Probe("deep", null, new() { Parent = h }); });
            });
        }),
        ["ignore-changes"] = Case.Of(() =>
            _ = new Probe("a", new() { Text = "x" }, new() { IgnoreChanges = { "text", "map.key", "list[0]" } })),
        ["replace-on-changes"] = Case.Of(() =>
        {
            _ = new Probe("a", new() { Text = "x" }, new() { ReplaceOnChanges = { "text", "*" }, DeleteBeforeReplace = true });
            _ = new Probe("b", new() { Text = "x" }, new() { DeleteBeforeReplace = false });
        }),
        ["deleted-with"] = Case.Of(() =>
        {
            var a = new Probe("a");
            _ = new Probe("b", null, new() { DeletedWith = a });
            _ = new Group("g", null, g =>
            {
                var c = new Probe("c", null, new() { Parent = g });
                _ = new Probe("d", null, new() { Parent = c, DeletedWith = c });
            });
        }),
        ["replace-with"] = Case.Of(() =>
        {
            var a = new Probe("a");
            var b = new Probe("b");
            _ = new Probe("c", null, new() { ReplaceWith = { a, b } });
        }),
        ["hide-diffs"] = Case.Of(() => _ = new Probe("a", new() { Text = "x" }, new() { HideDiffs = { "text", "map.key" } })),
        ["alias-by-name"] = Case.Of(() =>
        {
            _ = new Probe("a", null, new() { Aliases = { new Alias { Name = "old-a" } } });
            _ = new Group("g", new() { Aliases = { new Alias { Name = "old-g" } } }, g =>
            {
                _ = new Probe("g-child", null, new() { Parent = g });
                _ = new Probe("other-child", null, new() { Parent = g });
            });
        }),
        ["alias-by-type"] = Case.Of(() =>
        {
            _ = new Probe("a", null, new() { Aliases = { new Alias { Type = "test:index:Older" } } });
            _ = new Group("g", new() { Aliases = { new Alias { Type = "test:index:OldGroup" } } }, g =>
            {
                _ = new Probe("child", null, new() { Parent = g, Aliases = { new Alias { Name = "old-child" } } });
            });
        }),
        ["alias-by-parent"] = Case.Of(() =>
        {
            var old = new Probe("old-parent");
            _ = new Group("g", null, g =>
            {
                _ = new Probe("a", null, new() { Parent = g, Aliases = { new Alias { Parent = old } } });
                _ = new Probe("b", null, new() { Parent = g, Aliases = { new Alias { NoParent = true } } });
                _ = new Probe("c", null, new() { Parent = g, Aliases = { new Alias { ParentUrn = old.Urn } } });
            });
        }),
        ["alias-by-urn"] = Case.Of(() =>
            _ = new Probe("a", null, new() { Aliases = { new Alias { Urn = "urn:pulumi:dev::twins::test:index:Probe::by-urn" } } })),
        ["alias-of-another-stack"] = Case.Of(() =>
            _ = new Probe("a", null, new() { Aliases = { new Alias { Stack = "prod", Project = "older" } } })),
        ["alias-of-output"] = Case.Of(() => _ = new Probe("a", null, new()
        {
            Aliases =
            {
                Output.Create(new Alias { Name = "later" }),
                new Alias { Name = Output.Create("x").Apply(x => $"{x}-y") },
            },
        })),
        ["timeouts"] = Case.Of(() =>
        {
            _ = new Probe("a", null, new()
            {
                CustomTimeouts = new CustomTimeouts
                {
                    Create = TimeSpan.FromMinutes(10),
                    Update = TimeSpan.FromMinutes(90),
                    Delete = TimeSpan.FromSeconds(45),
                },
            });
            _ = new Probe("b", null, new() { CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMilliseconds(1500) } });
        }),
        ["retain-on-delete"] = Case.Of(() =>
        {
            _ = new Probe("a", null, new() { RetainOnDelete = true });
            _ = new Group("g", new() { RetainOnDelete = true }, g => { _ = new Probe("child", null, new() { Parent = g }); });
        }),
        ["secret-outputs"] = () =>
        {
            var a = new Probe("a", new() { Text = "x" }, new() { AdditionalSecretOutputs = { "text", "token" } });
            _ = new Probe("b", new() { Text = a.Text, Map = { { "token", a.Token } } });
            return new Dictionary<string, object?> { ["text"] = a.Text, ["token"] = a.Token };
        },
        ["import"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = "x" }, new() { ImportId = "existing-id" });
            _ = new Probe("b", new() { Text = a.Id });
        }),
        ["version"] = Case.Of(() =>
        {
            _ = new Probe("a", null, new() { Version = "1.2.3" });
            _ = new Probe("b", null, new() { Version = "2.0.0-beta.1" });
            _ = new Other("c", null, new() { PluginDownloadURL = "https://example.test/plugins" });
        }),
        ["transform-resource"] = Case.Of(() =>
            _ = new Probe("a", new() { Text = "x" }, new() { ResourceTransformations = { Retype } })),
        ["transform-component"] = Case.Of(() => _ = new Group(
            "g",
            new()
            {
                ResourceTransformations =
                {
                    args => args.Resource is Probe ? Retype(args) : null,
                    args =>
                    {
                        args.Options.Protect = true;
                        return new ResourceTransformationResult(args.Args, args.Options);
                    },
                },
            },
            g =>
            {
                _ = new Probe("a", new() { Text = "x" }, new() { Parent = g, ResourceTransformations = { _ => null } });
                _ = new Other("b", new ProbeArgs { Text = "x" }, new() { Parent = g });
            })),
        [TransformStack] = Case.Of(() =>
        {
            _ = new Probe("a", new() { Text = "x" });
            _ = new Group("g", null, g => { _ = new Probe("b", null, new() { Parent = g }); });
        }),
        ["merged-options"] = Case.Of(() =>
        {
            var a = new Probe("a");
            var b = new Probe("b");
            _ = new Probe("c", null, CustomResourceOptions.Merge(
                new() { DependsOn = { a }, IgnoreChanges = { "text" }, Protect = true, Aliases = { new Alias { Name = "x" } } },
                new() { DependsOn = { b }, IgnoreChanges = { "list" }, Protect = false, Aliases = { new Alias { Name = "y" } } }));
        }),
        ["everything"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = "a" });
            _ = new Probe("b", new() { Text = a.Label, List = { a.Text } }, new()
            {
                DependsOn = { a },
                Protect = true,
                RetainOnDelete = true,
                IgnoreChanges = { "text" },
                ReplaceOnChanges = { "list" },
                AdditionalSecretOutputs = { "token" },
                Aliases = { new Alias { Name = "older" } },
                DeletedWith = a,
                Version = "3.1.4",
                CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(5) },
            });
        }),
    };

    /// <summary>The transformation of the stack in the case of that name.</summary>
    public static ResourceTransformationResult? Tagged(ResourceTransformationArgs args)
    {
        if (args.Resource is not Probe)
        {
            return null;
        }

        ((ProbeArgs)args.Args).Map = new() { { "tagged", "yes" } };
        return new ResourceTransformationResult(args.Args, args.Options);
    }

    private static ResourceTransformationResult? Retype(ResourceTransformationArgs args)
    {
        ((ProbeArgs)args.Args).Text = "from a transformation";
        args.Options.IgnoreChanges.Add("text");
        return new ResourceTransformationResult(args.Args, args.Options);
    }
}
