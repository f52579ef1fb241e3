using CantonInfra.Engine.Monitor;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Engine.Tests;

public sealed class ResourceRegistryTests : IDisposable
{
    private const string Root = "urn:pulumi:dev::probe::pulumi:pulumi:Stack::probe-dev";

    private readonly TestFolder _folder = new();

    [Fact]
    public void A_urn_holds_stack_project_and_the_types_of_the_ancestors()
    {
        var registry = WithRoot();

        var parent = registry.Register(Component("a:b:C", "c")).Resource.Urn;
        var child = registry.Register(Custom("p:m:R", "r", parent)).Resource.Urn;

        Assert.Equal("urn:pulumi:dev::probe::a:b:C::c", parent);
        Assert.Equal("urn:pulumi:dev::probe::a:b:C$p:m:R::r", child);
    }

    [Fact]
    public void A_resource_without_a_parent_belongs_to_the_stack() =>
        Assert.Equal(Root, WithRoot().Register(Custom("p:m:R", "r")).Resource.Parent);

    [Fact]
    public void A_second_resource_of_the_same_urn_is_refused()
    {
        var registry = WithRoot();
        registry.Register(Custom("p:m:R", "twin"));

        var refusal = Assert.Throws<RpcException>(() => registry.Register(Custom("p:m:R", "twin")));

        Assert.Equal(StatusCode.AlreadyExists, refusal.Code);
        Assert.Contains("'twin' of type 'p:m:R' is declared twice", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_that_is_not_declared_is_refused_and_named()
    {
        var refusal = Assert.Throws<RpcException>(() => WithRoot().Register(Custom("p:m:R", "r", "urn:pulumi:dev::probe::a:b:C::nobody")));

        Assert.Contains("'urn:pulumi:dev::probe::a:b:C::nobody', which is not declared", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_needs_itself_is_a_cycle()
    {
        var request = Custom("p:m:R", "r");
        request.Dependencies.Add("urn:pulumi:dev::probe::p:m:R::r");

        Assert.Contains("cycle", Assert.Throws<RpcException>(() => WithRoot().Register(request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_needs_a_later_one_is_refused_by_property()
    {
        var request = Custom("p:m:R", "r");
        request.PropertyDependencies["size"] = new PropertyDependencies { Urns = { "urn:pulumi:dev::probe::p:m:R::later" } };

        var refusal = Assert.Throws<RpcException>(() => WithRoot().Register(request));

        Assert.Contains("depends with 'size' on 'urn:pulumi:dev::probe::p:m:R::later'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("noparts")]
    [InlineData("a:b")]
    [InlineData(":b:C")]
    public void A_type_that_is_no_token_is_refused(string type) =>
        Assert.Contains("type token", Assert.Throws<RpcException>(() => WithRoot().Register(Custom(type, "r"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_second_root_stack_is_refused() => Assert.Throws<RpcException>(() =>
        WithRoot().Register(Component("pulumi:pulumi:Stack", "another")));

    [Fact]
    public void Resources_that_name_no_provider_share_one_default_provider_per_version()
    {
        var registry = WithRoot("config:\n  p:region: here\n  p:token: {secure: 'v1:x:y'}\n  q:region: there\n");

        var (first, created) = registry.Register(Custom("p:m:R", "r1", version: "3.28.0-alpha.1"));
        var (second, again) = registry.Register(Custom("p:m:R", "r2", version: "3.28.0-alpha.1"));
        var (_, other) = registry.Register(Custom("p:m:R", "r3"));

        Assert.Equal("urn:pulumi:dev::probe::pulumi:providers:p::default_3_28_0_alpha_1", first.Provider);
        Assert.Equal(first.Provider, second.Provider);
        Assert.Null(again);
        Assert.Equal("default", other!.Name);
        Assert.Equal(ResourceKind.DefaultProvider, created!.Kind);
        Assert.Equal(
            new MapValue([new("region", "here"), new("token", PropertyValue.Secret(PropertyValue.Unknown)), new("version", "3.28.0-alpha.1")]),
            created.Inputs);
    }

    [Fact]
    public void An_explicit_provider_is_kept_without_its_id()
    {
        var registry = WithRoot();
        var provider = registry.Register(Custom("pulumi:providers:p", "mine")).Resource;

        var request = Custom("p:m:R", "r");
        request.Provider = $"{provider.Urn}::{Signatures.Unknown}";

        Assert.Equal(provider.Urn, registry.Register(request).Resource.Provider);
        Assert.Equal("", provider.Provider);
    }

    [Fact]
    public void A_provider_that_is_not_declared_is_refused()
    {
        var request = Custom("p:m:R", "r");
        request.Provider = "urn:pulumi:dev::probe::pulumi:providers:p::nobody::id";

        Assert.Contains("which is not declared", Assert.Throws<RpcException>(() => WithRoot().Register(request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_of_the_same_package_inherits_its_parents_provider()
    {
        var registry = WithRoot();
        var provider = registry.Register(Custom("pulumi:providers:p", "mine")).Resource;
        var parentRequest = Custom("p:m:R", "parent");
        parentRequest.Provider = $"{provider.Urn}::{Signatures.Unknown}";
        var parent = registry.Register(parentRequest).Resource;

        Assert.Equal(provider.Urn, registry.Register(Custom("p:m:S", "child", parent.Urn)).Resource.Provider);
        Assert.NotEqual(provider.Urn, registry.Register(Custom("q:m:S", "stranger", parent.Urn)).Resource.Provider);
    }

    [Fact]
    public void Options_are_inherited_unless_the_child_says_otherwise()
    {
        var registry = WithRoot();
        var target = registry.Register(Custom("p:m:R", "target")).Resource.Urn;
        var request = Component("a:b:C", "c");
        request.Protect = true;
        request.RetainOnDelete = true;
        request.DeletedWith = target;
        var parent = registry.Register(request).Resource.Urn;
        var open = Custom("p:m:R", "open", parent);
        open.Protect = false;

        var child = registry.Register(Custom("p:m:R", "child", parent)).Resource.Options;

        Assert.Equal((true, true, target), (child.Protect, child.RetainOnDelete, child.DeletedWith));
        Assert.False(registry.Register(open).Resource.Options.Protect);
    }

    [Fact]
    public void Additional_secret_outputs_are_secret_whether_known_or_not()
    {
        var request = Custom("p:m:R", "r", properties: [new("password", "x")]);
        request.AdditionalSecretOutputs.AddRange(["password", "hash"]);

        var resource = WithRoot().Register(request).Resource;

        Assert.Equal(PropertyValue.Of("x"), resource.Inputs["password"]);
        Assert.Equal(PropertyValue.Secret("x"), resource.Outputs["password"]);
        Assert.Equal(PropertyValue.Secret(PropertyValue.Unknown), resource.Outputs["hash"]);
    }

    [Fact]
    public void Aliases_become_urns_of_former_names_types_parents_and_stacks()
    {
        var registry = WithRoot();
        var parent = registry.Register(Component("a:b:C", "c")).Resource.Urn;
        var request = Custom("p:m:R", "r", parent);
        request.Aliases.Add(new Alias { Urn = "urn:pulumi:dev::probe::x:y:Z::full" });
        request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = "old" } });
        request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Type = "p:m:Former" } });
        request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { NoParent = true } });
        request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Stack = "prod", Project = "other" } });

        Assert.Equal(
            [
                "urn:pulumi:dev::probe::a:b:C$p:m:Former::r",
                "urn:pulumi:dev::probe::a:b:C$p:m:R::old",
                "urn:pulumi:dev::probe::p:m:R::r",
                "urn:pulumi:dev::probe::x:y:Z::full",
                "urn:pulumi:prod::other::a:b:C$p:m:R::r",
            ],
            registry.Register(request).Resource.Options.Aliases.AsEnumerable());
    }

    [Fact]
    public void A_child_of_a_renamed_parent_was_known_below_its_former_name()
    {
        var registry = WithRoot();
        var parentRequest = Component("a:b:C", "new");
        parentRequest.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = "old" } });
        var parent = registry.Register(parentRequest).Resource.Urn;

        Assert.Equal(
            ["urn:pulumi:dev::probe::a:b:C$p:m:R::old-disk"],
            registry.Register(Custom("p:m:R", "new-disk", parent)).Resource.Options.Aliases.AsEnumerable());
    }

    [Fact]
    public void A_child_of_a_renamed_parent_was_known_there_by_its_own_former_names_too()
    {
        var registry = WithRoot();
        var parentRequest = Component("a:b:C", "new");
        parentRequest.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Type = "a:b:Former" } });
        var parent = registry.Register(parentRequest).Resource.Urn;
        var request = Custom("p:m:R", "disk", parent);
        request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = "drive", ParentUrn = parent } });

        Assert.Equal(
            [
                "urn:pulumi:dev::probe::a:b:C$p:m:R::drive",
                "urn:pulumi:dev::probe::a:b:Former$p:m:R::disk",
                "urn:pulumi:dev::probe::a:b:Former$p:m:R::drive",
            ],
            registry.Register(request).Resource.Options.Aliases.AsEnumerable());
    }

    [Fact]
    public void An_alias_that_is_another_resource_is_refused_in_either_order()
    {
        var registry = WithRoot();
        registry.Register(Custom("p:m:R", "taken"));
        var request = Custom("p:m:R", "r");
        request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = "taken" } });
        Assert.Throws<RpcException>(() => registry.Register(request));

        var claim = Custom("p:m:R", "claimer");
        claim.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = "later" } });
        registry.Register(claim);
        Assert.Throws<RpcException>(() => registry.Register(Custom("p:m:R", "later")));
    }

    [Fact]
    public void A_refused_resource_leaves_nothing_behind()
    {
        var registry = WithRoot();
        var request = Custom("p:m:R", "r");
        request.Aliases.Add(new Alias { Urn = Root });

        Assert.Throws<RpcException>(() => registry.Register(request));

        Assert.Equal([Root], registry.Snapshot().Select(resource => resource.Urn));
    }

    [Fact]
    public void A_remote_component_is_refused()
    {
        var request = Component("a:b:C", "c");
        request.Remote = true;

        Assert.Equal(StatusCode.Unimplemented, Assert.Throws<RpcException>(() => WithRoot().Register(request)).Code);
    }

    [Fact]
    public void What_is_read_has_its_id_and_is_no_new_resource()
    {
        var resource = WithRoot().Read(new ReadResourceRequest { Type = "p:m:R", Name = "r", Id = "the-id" }).Resource;

        Assert.Equal((ResourceKind.Read, "the-id"), (resource.Kind, resource.Id));
    }

    [Fact]
    public void Outputs_of_what_is_not_declared_are_refused() =>
        Assert.Throws<RpcException>(() => WithRoot().SetOutputs("urn:pulumi:dev::probe::a:b:C::nobody", MapValue.Empty));

    public void Dispose() => _folder.Dispose();

    private static RegisterResourceRequest Component(string type, string name) => new() { Type = type, Name = name };

    private static RegisterResourceRequest Custom(
        string type, string name, string parent = "", string version = "", params KeyValuePair<string, PropertyValue>[] properties) => new()
        {
            Type = type,
            Name = name,
            Parent = parent,
            Version = version,
            Custom = true,
            Object = PropertyEncoding.Encode(new MapValue(properties), EncodingOptions.Full),
        };

    private ResourceRegistry WithRoot(string stackFile = "")
    {
        var registry = new ResourceRegistry(_folder.Project(stackFile));
        registry.Register(Component("pulumi:pulumi:Stack", "probe-dev"));
        return registry;
    }
}
