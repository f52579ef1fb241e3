using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace Pulumi.Tests;

public class OptionTests
{
    [Fact]
    public async Task Options_arrive_as_the_protocol_writes_them()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var other = new Thing("other");
            _ = new Thing("one", null, new CustomResourceOptions
            {
                Protect = true,
                RetainOnDelete = false,
                IgnoreChanges = { "a.b" },
                ReplaceOnChanges = { "c" },
                HideDiffs = { "d" },
                Version = "1.2.3",
                PluginDownloadURL = "https://example.org",
                CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(5), Delete = TimeSpan.FromMilliseconds(1.5) },
                DeleteBeforeReplace = false,
                AdditionalSecretOutputs = { "text" },
                ImportId = "existing",
                DeletedWith = other,
                ReplaceWith = { other },
                ReplacementTrigger = "v2",
                EnvVarMappings = { ["A"] = "B" },
            });
        });

        var one = engine.Registered("one");
        Assert.True(one is { HasProtect: true, Protect: true, HasRetainOnDelete: true, RetainOnDelete: false });
        Assert.True(one is { DeleteBeforeReplace: false, DeleteBeforeReplaceDefined: true });
        Assert.Equal(["a.b"], one.IgnoreChanges);
        Assert.Equal(["c"], one.ReplaceOnChanges);
        Assert.Equal(["d"], one.HideDiffs);
        Assert.Equal(("1.2.3", "https://example.org", "existing"), (one.Version, one.PluginDownloadURL, one.ImportId));
        Assert.Equal(("300000000000ns", "", "1500000ns"), (one.CustomTimeouts.Create, one.CustomTimeouts.Update, one.CustomTimeouts.Delete));
        Assert.Equal(["text"], one.AdditionalSecretOutputs);
        Assert.Equal(engine.UrnOf("other"), one.DeletedWith);
        Assert.Equal([engine.UrnOf("other")], one.ReplaceWith);
        Assert.Equal("v2", one.ReplacementTrigger.StringValue);
        Assert.Equal("B", one.EnvVarMappings["A"]);
        Assert.False(engine.Registered("other").HasProtect);
    }

    [Fact]
    public async Task An_option_that_the_engine_does_not_support_is_named()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Features.Remove("deletedWith");
        Assert.Equal(32, await engine.RunAsync(() => _ = new Thing("one", null, new CustomResourceOptions { DeletedWith = new Thing("other") })));
        Assert.Contains("DeletedWith of the resource 'one'", Assert.Single(engine.Logs).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_are_sent_as_parts()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var other = new Thing("other");
            _ = new Thing("one", null, new CustomResourceOptions
            {
                Aliases =
                {
                    new Alias { Name = "old" },
                    new Alias { Urn = "urn:pulumi:dev::proj::a:b:C::d" },
                    new Alias { NoParent = true, Type = "a:b:Old", Stack = "s", Project = "p" },
                    new Alias { Parent = other },
                    new Alias { ParentUrn = "urn:pulumi:dev::proj::a:b:C::p" },
                    new Alias { Name = Output.Unknown<string>() },
                },
            });
        });

        var aliases = engine.Registered("one").Aliases;
        Assert.Equal(5, aliases.Count);
        Assert.Equal(("old", "", true, false), (aliases[0].Spec.Name, aliases[0].Spec.Type, aliases[0].Spec.ParentCase == CantonInfra.Protocol.Wire.Alias.Types.Spec.ParentOneofCase.NoParent, aliases[0].Spec.NoParent));
        Assert.Equal("urn:pulumi:dev::proj::a:b:C::d", aliases[1].Urn);
        Assert.Equal(("a:b:Old", "s", "p", true), (aliases[2].Spec.Type, aliases[2].Spec.Stack, aliases[2].Spec.Project, aliases[2].Spec.NoParent));
        Assert.Equal((engine.UrnOf("other"), false), (aliases[3].Spec.ParentUrn, aliases[3].Spec.ParentCase == CantonInfra.Protocol.Wire.Alias.Types.Spec.ParentOneofCase.NoParent));
        Assert.Equal("urn:pulumi:dev::proj::a:b:C::p", aliases[4].Spec.ParentUrn);
        Assert.Empty(engine.Registered("one").AliasURNs);
    }

    [Fact]
    public async Task Aliases_are_sent_as_urns_to_engines_that_take_no_parts()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Features.Remove("aliasSpecs");
        await engine.SucceedAsync(() => _ = new Group("group", null, self => _ = new Thing("one", null, new CustomResourceOptions
        {
            Parent = self,
            Aliases = { new Alias { Name = "old" }, new Alias { NoParent = true } },
        })));

        Assert.Equal(
            ["urn:pulumi:dev::proj::test:index:Group$test:index:Thing::old", "urn:pulumi:dev::proj::test:index:Thing::one"],
            engine.Registered("one").AliasURNs);
    }

    [Fact]
    public async Task An_alias_cannot_have_a_urn_and_parts()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(32, await engine.RunAsync(() => _ = new Thing("one", null, new CustomResourceOptions
        {
            Aliases = { new Alias { Urn = "urn:pulumi:a::b::c:d:E::f", Name = "x" } },
        })));
        Assert.Contains("'one'", Assert.Single(engine.Logs).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_are_explicit_or_come_down_from_components_by_package()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var one = new TestProvider("one");
            var two = new TestProvider("two");
            var other = new TestProvider("other", "other");
            _ = new Thing("explicit", null, new CustomResourceOptions { Provider = one });
            _ = new Group("outer", new ComponentResourceOptions { Providers = { one, other } }, outer =>
            {
                _ = new Thing("inherited", null, new CustomResourceOptions { Parent = outer });
                _ = new CustomResource("third:index:Thing", "default", null, new CustomResourceOptions { Parent = outer }, null);
                _ = new Group("inner", new ComponentResourceOptions { Parent = outer, Provider = two }, inner =>
                {
                    var nearest = new Thing("nearest", null, new CustomResourceOptions { Parent = inner });
                    _ = new CustomResource("other:index:Thing", "farther", null, new CustomResourceOptions { Parent = inner }, null);
                    _ = new Thing("child", null, new CustomResourceOptions { Parent = nearest });
                });
            });
        });

        string Reference(string name) => $"{engine.UrnOf(name)}::{Signatures.Unknown}";
        Assert.Equal(Reference("one"), engine.Registered("explicit").Provider);
        Assert.Equal(Reference("one"), engine.Registered("inherited").Provider);
        Assert.Equal("", engine.Registered("default").Provider);
        Assert.Equal(Reference("two"), engine.Registered("nearest").Provider);
        Assert.Equal(Reference("other"), engine.Registered("farther").Provider);
        Assert.Equal(Reference("two"), engine.Registered("child").Provider);
        Assert.Equal("", engine.Registered("outer").Provider);
        Assert.Equal("pulumi:providers:test", engine.Registered("one").Type);
    }

    [Fact]
    public async Task A_provider_that_exists_is_referred_to_by_its_id()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.IsDryRun = false;
        await engine.SucceedAsync(() => _ = new Thing("a", null, new CustomResourceOptions { Provider = new TestProvider("one") }));
        Assert.Equal(engine.UrnOf("one") + "::one-id", engine.Registered("a").Provider);
    }

    [Fact]
    public async Task A_component_takes_one_of_the_provider_options_only()
    {
        await using var engine = await FakeEngine.StartAsync();
        var code = await engine.RunAsync(() =>
        {
            var one = new TestProvider("one");
            _ = new Group("group", new ComponentResourceOptions { Provider = one, Providers = { one } });
        });
        Assert.Equal(32, code);
        Assert.Contains("'group' (test:index:Group)", Assert.Single(engine.Messages(LogSeverity.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_inherit_protection()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Group("group", new ComponentResourceOptions { Protect = true }, self =>
        {
            _ = new Thing("yes", null, new CustomResourceOptions { Parent = self });
            _ = new Thing("no", null, new CustomResourceOptions { Parent = self, Protect = false });
        }));
        Assert.True(engine.Registered("yes").Protect);
        Assert.False(engine.Registered("no").Protect);
    }

    [Fact]
    public void Merging_lets_the_second_win_joins_lists_and_changes_neither()
    {
        var first = new CustomResourceOptions
        {
            Protect = true, Version = "1", IgnoreChanges = { "a" }, DependsOn = { new DependencyResource("urn:pulumi:s::p::t:t:T::n") },
            EnvVarMappings = { ["A"] = "1", ["B"] = "1" },
        };
        var second = new CustomResourceOptions
        {
            Protect = false, IgnoreChanges = { "b" }, ImportId = "x", AdditionalSecretOutputs = { "s" }, EnvVarMappings = { ["B"] = "2" },
        };
        var merged = CustomResourceOptions.Merge(first, second);
        Assert.Equal((false, "1", "x"), (merged.Protect, merged.Version, merged.ImportId));
        Assert.Equal(["a", "b"], merged.IgnoreChanges);
        Assert.Equal(["s"], merged.AdditionalSecretOutputs);
        Assert.Equal(("1", "2"), (merged.EnvVarMappings["A"], merged.EnvVarMappings["B"]));
        Assert.False(merged.DependsOn.IsEmpty);
        merged.IgnoreChanges.Add("c");
        Assert.Equal(["a"], first.IgnoreChanges);
        Assert.NotNull(CustomResourceOptions.Merge(null, null));
        Assert.NotNull(ComponentResourceOptions.Merge(null, null));
    }

    [Fact]
    public async Task Merging_component_options_joins_providers()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var one = new TestProvider("one");
            var two = new TestProvider("two", "other");
            var merged = ComponentResourceOptions.Merge(
                new ComponentResourceOptions { Provider = one }, new ComponentResourceOptions { Providers = { two } });
            Assert.Null(merged.Provider);
            Assert.Equal([one, two], merged.Providers);
            var single = ComponentResourceOptions.Merge(null, new ComponentResourceOptions { Providers = { two } });
            Assert.Equal(two, single.Provider);
            Assert.Empty(single.Providers);
        });
    }

    [Fact]
    public async Task Transformations_run_own_first_then_those_of_parents_and_the_stack()
    {
        await using var engine = await FakeEngine.StartAsync();
        ResourceTransformation Append(string text) => args => args.Args is ThingArgs thing
            ? new ResourceTransformationResult(new ThingArgs { Text = thing.Text.Apply(value => value + text) }, args.Options)
            : null;
        await engine.SucceedAsync(
            () =>
            {
                _ = new Group("group", new ComponentResourceOptions { ResourceTransformations = { Append("-group") } }, self =>
                    _ = new Thing("one", new ThingArgs { Text = "x" }, new CustomResourceOptions { Parent = self, ResourceTransformations = { Append("-own") } }));
                return new Dictionary<string, object?>();
            },
            new StackOptions { ResourceTransformations = [Append("-stack")] });
        Assert.Equal("x-own-group-stack", engine.Inputs("one")["text"]);
    }

    [Fact]
    public async Task A_transformation_of_a_resource_without_parent_may_make_new_options()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Thing("one", null, new CustomResourceOptions
        {
            ResourceTransformations = { args => new ResourceTransformationResult(args.Args, new CustomResourceOptions { Protect = true }) },
        }));
        Assert.True(engine.Registered("one").Protect);
        Assert.EndsWith("::proj-dev", engine.Registered("one").Parent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transformation_can_change_options_but_not_the_parent()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Thing("one", null, new CustomResourceOptions
        {
            ResourceTransformations =
            {
                args => new ResourceTransformationResult(
                    args.Args, CustomResourceOptions.Merge((CustomResourceOptions)args.Options, new CustomResourceOptions { Protect = true })),
            },
        }));
        Assert.True(engine.Registered("one").Protect);

        var code = await engine.RunAsync(() => _ = new Thing("two", null, new CustomResourceOptions
        {
            ResourceTransformations =
            {
                args => new ResourceTransformationResult(args.Args, new CustomResourceOptions { Parent = args.Resource }),
            },
        }));
        Assert.Equal(32, code);
        Assert.Contains("changed its parent", Assert.Single(engine.Logs).Message, StringComparison.Ordinal);
    }
}
