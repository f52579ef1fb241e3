using CantonInfra.Codegen.Tests.Support;

namespace CantonInfra.Codegen.Tests;

/// <summary>Nested outputs, enums, functions, configuration and the class that the rest leans on.</summary>
public sealed class TypeEmitterTests
{
    [Fact]
    public void A_nested_output_is_built_by_the_runtime() =>
        Assert.Equal(
            """
            /// <summary>More about a thing.</summary>
            [Pulumi.OutputType]
            public sealed partial class Detail
            {
                public readonly string DetailValue;
                public readonly Pulumi.Sample.Deep.V1.Outputs.Detail? Inner;
                public readonly ImmutableDictionary<string, double>? Weights;

                [Pulumi.OutputConstructor]
                private Detail(
                    string detailValue,
                    Pulumi.Sample.Deep.V1.Outputs.Detail? inner,
                    ImmutableDictionary<string, double>? weights)
                {
                    this.DetailValue = detailValue;
                    this.Inner = inner;
                    this.Weights = weights;
                }
            }
            """,
            Golden.Type("Deep.V1.Outputs.cs", "Detail"));

    [Fact]
    public void A_parameter_that_cannot_have_the_wire_name_tells_it()
    {
        var result = Golden.Type("Package.cs", "GetThingsResult");
        Assert.Contains("[Pulumi.OutputConstructorParameter(\"@odata.id\")] string? _odata_id", result, StringComparison.Ordinal);
        Assert.Contains("bool? @public", result, StringComparison.Ordinal);
    }

    [Fact]
    public void An_enum_is_a_struct_over_its_text()
    {
        var mode = Golden.Type("Deep.V1.cs", "Mode");
        Assert.Contains("[Pulumi.EnumType]", mode, StringComparison.Ordinal);
        Assert.Contains("public readonly partial struct Mode : System.IEquatable<Mode>", mode, StringComparison.Ordinal);
        Assert.Contains("public static Mode Small { get; } = new Mode(\"small\");", mode, StringComparison.Ordinal);
        Assert.Contains("public static Mode X_large { get; } = new Mode(\"x-large\");", mode, StringComparison.Ordinal);
        Assert.Contains("public static Mode Mode_17 { get; } = new Mode(\"17\");", mode, StringComparison.Ordinal);
        Assert.Contains("public static Mode Given { get; } = new Mode(\"g i v e n\");", mode, StringComparison.Ordinal);
        Assert.Contains("public static explicit operator string(Mode value) => value._value;", mode, StringComparison.Ordinal);
    }

    [Fact]
    public void An_enum_may_be_over_numbers()
    {
        var level = Golden.Type("Deep.V1.cs", "Level");
        Assert.Contains("public static Level Half { get; } = new Level(0.5d);", level, StringComparison.Ordinal);
        Assert.Contains("public static explicit operator double(Level value) => value._value;", level, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_can_be_invoked_in_three_ways() =>
        Assert.Equal(
            """
            /// <summary>Finds things.</summary>
            public static class GetThings
            {
                /// <summary>Invokes the function at once, with plain values.</summary>
                public static Task<Pulumi.Sample.GetThingsResult> InvokeAsync(Pulumi.Sample.GetThingsArgs args, Pulumi.InvokeOptions? options = null) =>
                    Pulumi.Deployment.Instance.InvokeAsync<Pulumi.Sample.GetThingsResult>("sample-pkg:index:getThings", args ?? new Pulumi.Sample.GetThingsArgs(), Pulumi.Sample.Utilities.WithDefaults(options));

                /// <summary>Invokes the function when its arguments are known.</summary>
                public static Pulumi.Output<Pulumi.Sample.GetThingsResult> Invoke(Pulumi.Sample.GetThingsInvokeArgs args, Pulumi.InvokeOptions? options = null) =>
                    Pulumi.Deployment.Instance.Invoke<Pulumi.Sample.GetThingsResult>("sample-pkg:index:getThings", args ?? new Pulumi.Sample.GetThingsInvokeArgs(), Pulumi.Sample.Utilities.WithDefaults(options));

                /// <summary>Invokes the function when its arguments and what it depends on are known.</summary>
                public static Pulumi.Output<Pulumi.Sample.GetThingsResult> Invoke(Pulumi.Sample.GetThingsInvokeArgs args, Pulumi.InvokeOutputOptions options) =>
                    Pulumi.Deployment.Instance.Invoke<Pulumi.Sample.GetThingsResult>("sample-pkg:index:getThings", args ?? new Pulumi.Sample.GetThingsInvokeArgs(), Pulumi.Sample.Utilities.WithDefaults(options));
            }
            """,
            Golden.Type("Package.cs", "GetThings"));

    [Fact]
    public void Arguments_of_functions_are_plain_or_inputs()
    {
        var plain = Golden.Type("Package.cs", "GetThingsArgs");
        Assert.Contains("public sealed partial class GetThingsArgs : Pulumi.InvokeArgs", plain, StringComparison.Ordinal);
        Assert.Contains("public string Filter { get; set; } = null!;", plain, StringComparison.Ordinal);
        Assert.Contains("public int Limit { get; set; }", plain, StringComparison.Ordinal);
        Assert.Contains("public List<int> Ids", plain, StringComparison.Ordinal);
        Assert.Contains("public Dictionary<string, string> Labels", plain, StringComparison.Ordinal);
        Assert.Contains("public Pulumi.Sample.Inputs.Where? Where { get; set; }", plain, StringComparison.Ordinal);

        var inputs = Golden.Type("Package.cs", "GetThingsInvokeArgs");
        Assert.Contains("public Pulumi.InputList<int> Ids", inputs, StringComparison.Ordinal);
        Assert.Contains("public Pulumi.Input<Pulumi.Sample.Inputs.WhereArgs>? Where { get; set; }", inputs, StringComparison.Ordinal);
        Assert.Contains("class Where : Pulumi.InvokeArgs", Golden.Type("Inputs.cs", "Where"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_may_have_no_arguments_only_optional_ones_or_no_result()
    {
        Assert.Contains("InvokeAsync(Pulumi.InvokeOptions? options = null)", Golden.Type("Package.cs", "GetNothing"), StringComparison.Ordinal);
        Assert.Contains("Pulumi.InvokeArgs.Empty", Golden.Type("Package.cs", "GetNothing"), StringComparison.Ordinal);
        Assert.Contains("InvokeAsync(Pulumi.Sample.GetAllArgs? args = null,", Golden.Type("Package.cs", "GetAll"), StringComparison.Ordinal);
        Assert.Contains("Invoke(Pulumi.Sample.GetAllInvokeArgs args, Pulumi.InvokeOutputOptions options)", Golden.Type("Package.cs", "GetAll"), StringComparison.Ordinal);
        Assert.Contains("public static Task InvokeAsync(Pulumi.Sample.PingArgs args,", Golden.Type("Package.cs", "Ping"), StringComparison.Ordinal);
        Assert.DoesNotContain("Pulumi.Output", Golden.Type("Package.cs", "Ping"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string?", "Region", "config.Get(\"region\")")]
    [InlineData("int?", "Retries", "config.GetInt32(\"retries\")")]
    [InlineData("double?", "Factor", "config.GetDouble(\"factor\")")]
    [InlineData("bool?", "Dry", "config.GetBoolean(\"dry\")")]
    [InlineData("Pulumi.Sample.Config.Types.Limits?", "Limits", "config.GetObject<Pulumi.Sample.Config.Types.Limits>(\"limits\")")]
    [InlineData("ImmutableArray<string>", "Zones", "config.GetObject<ImmutableArray<string>>(\"zones\")")]
    public void Configuration_is_read_when_asked_for(string type, string name, string read)
    {
        var config = Golden.Type("Package.cs", "Config");
        Assert.Contains($"public static {type} {name}\n", config, StringComparison.Ordinal);
        Assert.Contains($"new Setting<{type}>(config => {read})", config, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_configuration_has_no_config_class() =>
        Assert.DoesNotContain("class Config", Compiler.Generate(Repository.Schema("Pulumi.Random"))["Package.cs"], StringComparison.Ordinal);

    [Fact]
    public void The_version_is_the_schemas()
    {
        var utilities = Golden.Type("Package.cs", "Utilities");
        Assert.StartsWith("internal static class Utilities", utilities, StringComparison.Ordinal);
        Assert.Contains("public const string Version = \"1.2.3\";", utilities, StringComparison.Ordinal);
        Assert.Contains("PluginDownloadURL = options?.PluginDownloadURL ?? \"plugin://sample\",", utilities, StringComparison.Ordinal);
    }
}
