using CantonInfra.Codegen.Tests.Support;

namespace CantonInfra.Codegen.Tests;

public sealed class ArgsEmitterTests
{
    private const string File = "Deep.V1.cs";

    [Theory]
    [InlineData("Maybe", "Pulumi.Input<bool>?")]
    [InlineData("Ratio", "Pulumi.Input<double>?")]
    [InlineData("Detail", "Pulumi.Input<Pulumi.Sample.Deep.V1.Inputs.DetailArgs>")]
    [InlineData("Details", "Pulumi.InputList<Pulumi.Sample.Deep.V1.Inputs.DetailArgs>")]
    [InlineData("Matrix", "Pulumi.InputList<ImmutableArray<int>>")]
    [InlineData("Tags", "Pulumi.InputMap<string>")]
    [InlineData("Mode", "Pulumi.InputUnion<string, Pulumi.Sample.Deep.V1.Mode>?")]
    [InlineData("Strict", "Pulumi.Input<Pulumi.Sample.Deep.V1.Mode>?")]
    [InlineData("Port", "Pulumi.InputUnion<int, string>?")]
    [InlineData("Many", "Pulumi.Input<object>?")]
    [InlineData("Any", "Pulumi.Input<object>?")]
    [InlineData("Json", "Pulumi.InputJson?")]
    [InlineData("File", "Pulumi.Input<Pulumi.AssetOrArchive>?")]
    [InlineData("Archive", "Pulumi.Input<Pulumi.Archive>?")]
    [InlineData("PlainFlag", "bool")]
    [InlineData("PlainList", "List<string>")]
    [InlineData("Other", "Pulumi.Input<Pulumi.Sample.Other>?")]
    public void An_input_has_the_type_that_the_schema_gives(string property, string type) =>
        Assert.Contains($"public {type} {property}", Golden.Member(File, "ThingArgs", property), StringComparison.Ordinal);

    [Fact]
    public void A_required_input_says_so() =>
        Assert.Equal(
            """
            [Pulumi.Input("size", required: true)]
                public Pulumi.Input<int> Size { get; set; } = null!;
            """,
            Golden.Member(File, "ThingArgs", "Size"));

    [Fact]
    public void A_collection_is_made_when_first_used()
    {
        Assert.Equal(
            """
            [Pulumi.Input("names", required: true)]
                private Pulumi.InputList<string>? _names;
            """,
            Golden.Member(File, "ThingArgs", "_names"));
        Assert.Equal(
            """
            public Pulumi.InputList<string> Names
                {
                    get => _names ??= new Pulumi.InputList<string>();
                    set => _names = value;
                }
            """,
            Golden.Member(File, "ThingArgs", "Names"));
    }

    [Theory]
    [InlineData("Password", "SecretValue")]
    [InlineData("SecretList", "SecretList")]
    [InlineData("SecretMap", "SecretMap")]
    [InlineData("SecretUnion", "SecretUnion")]
    [InlineData("SecretJson", "SecretJson")]
    [InlineData("SecretRequired", "SecretValue")]
    public void A_secret_input_becomes_a_secret_when_set(string property, string method) =>
        Assert.Contains($"= Pulumi.Sample.Utilities.{method}(value);", Golden.Member(File, "ThingArgs", property), StringComparison.Ordinal);

    [Fact]
    public void Names_on_the_wire_may_be_odd()
    {
        Assert.Contains("[Pulumi.Input(\"$odd-name\")]", Golden.Member(File, "ThingArgs", "OddName"), StringComparison.Ordinal);
        Assert.Contains("[Pulumi.Input(\"namespace\")]", Golden.Member(File, "ThingArgs", "Namespace"), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_set_by_the_constructor() =>
        Assert.Equal(
            """
            public ThingArgs()
                {
                    Level = Pulumi.Sample.Deep.V1.Level.High;
                    Maybe = true;
                    Mode = "x-large";
                    Ratio = 1d;
                    Size = 5;
                    Strict = Pulumi.Sample.Deep.V1.Mode.Asterisk;
                }
            """,
            Golden.Member(File, "ThingArgs", "ThingArgs"));

    [Fact]
    public void A_default_may_come_from_the_environment()
    {
        var constructor = Golden.Member("Package.cs", "ProviderArgs", "ProviderArgs");
        Assert.Contains("if (Pulumi.Sample.Utilities.GetEnv(\"SAMPLE_ENDPOINT\", \"ENDPOINT\") is { } fromEndpoint)", constructor, StringComparison.Ordinal);
        Assert.Contains("Utilities.GetEnvBoolean(\"SAMPLE_INSECURE\")", constructor, StringComparison.Ordinal);
        Assert.Contains("Utilities.GetEnvDouble(\"SAMPLE_RATIO\")", constructor, StringComparison.Ordinal);
        Assert.True(
            constructor.IndexOf("Count = 3;", StringComparison.Ordinal) < constructor.IndexOf("GetEnvInt32(\"SAMPLE_COUNT\")", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_of_a_provider_travel_as_json_text()
    {
        Assert.Contains("[Pulumi.Input(\"count\", json: true)]", Golden.Member("Package.cs", "ProviderArgs", "Count"), StringComparison.Ordinal);
        Assert.Contains("[Pulumi.Input(\"limits\", json: true)]", Golden.Member("Package.cs", "ProviderArgs", "Limits"), StringComparison.Ordinal);
        Assert.Contains("[Pulumi.Input(\"endpoint\")]", Golden.Member("Package.cs", "ProviderArgs", "Endpoint"), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_an_empty_one() =>
        Assert.Equal("public static new ThingArgs Empty => new ThingArgs();", Golden.Member(File, "ThingArgs", "Empty"));

    [Fact]
    public void State_has_shapes_of_its_own()
    {
        Assert.Contains("Pulumi.Input<Pulumi.Sample.Deep.V1.Inputs.DetailGetArgs>? Detail", Golden.Type(File, "ThingState"), StringComparison.Ordinal);
        Assert.Contains("required: true", Golden.Member(File, "ThingState", "Size"), StringComparison.Ordinal);
        Assert.Contains("public sealed partial class DetailGetArgs : Pulumi.ResourceArgs", Golden.Type("Deep.V1.Inputs.cs", "DetailGetArgs"), StringComparison.Ordinal);
        Assert.Contains("Pulumi.Input<Pulumi.Sample.Deep.V1.Inputs.DetailGetArgs>? Inner", Golden.Type("Deep.V1.Inputs.cs", "DetailGetArgs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_used_types_become_classes()
    {
        Assert.True(Golden.HasType("Inputs.cs", "LimitsArgs"));
        Assert.False(Golden.HasType("Inputs.cs", "LimitsGetArgs"));
        Assert.False(Golden.HasType("Inputs.cs", "UnusedArgs"));
        Assert.False(Golden.HasType("Outputs.cs", "Limits"));
    }
}
