using CantonInfra.Codegen.Tests.Support;

namespace CantonInfra.Codegen.Tests;

public sealed class ResourceEmitterTests
{
    private const string File = "Deep.V1.cs";

    [Theory]
    [InlineData("Names", "Pulumi.Output<ImmutableArray<string>>")]
    [InlineData("Size", "Pulumi.Output<int>")]
    [InlineData("Ratio", "Pulumi.Output<double?>")]
    [InlineData("Maybe", "Pulumi.Output<bool?>")]
    [InlineData("Tags", "Pulumi.Output<ImmutableDictionary<string, string>?>")]
    [InlineData("Detail", "Pulumi.Output<Pulumi.Sample.Deep.V1.Outputs.Detail>")]
    [InlineData("Mode", "Pulumi.Output<string?>")]
    [InlineData("Level", "Pulumi.Output<Pulumi.Sample.Deep.V1.Level>")]
    [InlineData("Port", "Pulumi.Output<Pulumi.Union<int, string>?>")]
    [InlineData("Any", "Pulumi.Output<object?>")]
    [InlineData("Json", "Pulumi.Output<System.Text.Json.JsonElement?>")]
    [InlineData("Other", "Pulumi.Output<Pulumi.Sample.Other?>")]
    public void An_output_has_the_type_that_the_schema_gives(string property, string type) =>
        Assert.Contains($"public {type} {property} {{ get; private set; }} = null!;", Golden.Member(File, "Thing", property), StringComparison.Ordinal);

    [Fact]
    public void The_class_is_marked_and_derived()
    {
        var thing = Golden.Type(File, "Thing");
        Assert.StartsWith("/// <summary>A thing.</summary>", thing, StringComparison.Ordinal);
        Assert.Contains("[Pulumi.Sample.SampleResourceTypeAttribute(\"sample-pkg:deep/v1:Thing\")]", thing, StringComparison.Ordinal);
        Assert.Contains("public partial class Thing : Pulumi.CustomResource", thing, StringComparison.Ordinal);
        Assert.Contains("[System.Obsolete(\"Use names.\")]", Golden.Member(File, "Thing", "Old"), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructors_take_args_or_an_id()
    {
        Assert.Equal(
            """
            public Thing(string name, Pulumi.Sample.Deep.V1.ThingArgs args, Pulumi.CustomResourceOptions? options = null)
                    : base("sample-pkg:deep/v1:Thing", name, MakeArgs(args), MakeResourceOptions(options, ""))
                {
                }
            private Thing(string name, Pulumi.Input<string> id, Pulumi.Sample.Deep.V1.ThingState? state = null, Pulumi.CustomResourceOptions? options = null)
                    : base("sample-pkg:deep/v1:Thing", name, state, MakeResourceOptions(options, id))
                {
                }
            """,
            Golden.Member(File, "Thing", "Thing"));
        Assert.Contains("OtherArgs? args = null", Golden.Member("Package.cs", "Other", "Other"), StringComparison.Ordinal);
        Assert.Contains("args ?? new Pulumi.Sample.OtherArgs()", Golden.Member("Package.cs", "Other", "Other"), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_carry_what_the_package_knows()
    {
        Assert.Equal(
            """
            private static Pulumi.CustomResourceOptions MakeResourceOptions(Pulumi.CustomResourceOptions? options, Pulumi.Input<string>? id)
                {
                    var defaults = new Pulumi.CustomResourceOptions
                    {
                        Version = Pulumi.Sample.Utilities.Version,
                        PluginDownloadURL = "plugin://sample",
                        Aliases =
                        {
                            new Pulumi.Alias { Type = "sample-pkg:deep/v0:Thing" },
                            new Pulumi.Alias { Name = "former", Project = "old" },
                        },
                        AdditionalSecretOutputs = { "password" },
                        ReplaceOnChanges = { "identity" },
                    };
                    var merged = Pulumi.CustomResourceOptions.Merge(defaults, options);
                    merged.Id = id ?? merged.Id;
                    return merged;
                }
            """,
            Golden.Member(File, "Thing", "MakeResourceOptions"));
    }

    [Fact]
    public void A_constant_is_set_by_the_resource()
    {
        var make = Golden.Member(File, "Thing", "MakeArgs");
        Assert.Contains("args.Kind = \"Thing\";", make, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_resource_can_be_read()
    {
        Assert.Contains(
            "public static Thing Get(string name, Pulumi.Input<string> id, Pulumi.Sample.Deep.V1.ThingState? state = null, Pulumi.CustomResourceOptions? options = null) =>",
            Golden.Member(File, "Thing", "Get"),
            StringComparison.Ordinal);
        Assert.Contains(
            "public static Other Get(string name, Pulumi.Input<string> id, Pulumi.CustomResourceOptions? options = null) =>",
            Golden.Member("Package.cs", "Other", "Get"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_is_remote_and_cannot_be_read()
    {
        var whole = Golden.Type("CASEd.cs", "Whole");
        Assert.Contains("class Whole : Pulumi.ComponentResource", whole, StringComparison.Ordinal);
        Assert.Contains("MakeResourceOptions(options, \"\"), remote: true)", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("Get(", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void The_provider_is_named_by_its_package()
    {
        var provider = Golden.Type("Package.cs", "Provider");
        Assert.Contains("/// <summary>The provider &lt;of&gt; samples &amp; more.</summary>", provider, StringComparison.Ordinal);
        Assert.Contains("class Provider : Pulumi.ProviderResource", provider, StringComparison.Ordinal);
        Assert.Contains(": base(\"sample-pkg\", name, args ?? new Pulumi.Sample.ProviderArgs(), MakeResourceOptions(options, \"\"))", provider, StringComparison.Ordinal);
        Assert.Contains("Pulumi.Output<string?> Endpoint", provider, StringComparison.Ordinal);
        Assert.DoesNotContain("Count", provider, StringComparison.Ordinal);
    }

    [Fact]
    public void Kubernetes_resources_share_a_base_and_need_no_args()
    {
        var files = Compiler.Generate(Repository.Schema("Pulumi.Kubernetes"));
        var release = Golden.Declaration(files["Helm.V3.cs"], "Release");
        Assert.Contains("class Release : Pulumi.Kubernetes.KubernetesResource", release, StringComparison.Ordinal);
        Assert.Contains("public Release(string name, Pulumi.Kubernetes.Types.Inputs.Helm.V3.ReleaseArgs? args = null,", release, StringComparison.Ordinal);
        Assert.Contains("args.ApiVersion = \"v1\";", files["Core.V1.cs"], StringComparison.Ordinal);
        Assert.Contains("args.Kind = \"Namespace\";", files["Core.V1.cs"], StringComparison.Ordinal);
    }
}
