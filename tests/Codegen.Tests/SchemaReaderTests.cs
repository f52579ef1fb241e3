using CantonInfra.Codegen.Schema;
using CantonInfra.Codegen.Tests.Support;

namespace CantonInfra.Codegen.Tests;

/// <summary>A wrong schema is refused with the JSON path of what is wrong.</summary>
public sealed class SchemaReaderTests
{
    [Theory]
    [InlineData("""{ "version": "1.0.0" }""", "/: 'name' is missing")]
    [InlineData("""{ "name": "p" }""", "/: 'version' is missing")]
    [InlineData("""{ "name": 5, "version": "1" }""", "/name: must be a string")]
    [InlineData("""[]""", "/: must be an object")]
    [InlineData("""{ "name": "p", """, "/: is not JSON")]
    [InlineData("""{ "name": "p", "version": "1", "resources": { "x": {} } }""", "/resources/x: is not a token")]
    [InlineData("""{ "name": "p", "version": "1", "types": { "p::X": { "type": "object" } } }""", "/types/p::X: is not a token")]
    [InlineData("""{ "name": "p", "version": "1", "functions": { "p:x": {} } }""", "/functions/p:x: is not a token")]
    [InlineData("""{ "name": "p", "version": "1", "resources": { "p:m:A": {}, "p:m:A": {} } }""", "/resources: 'p:m:A' is there twice")]
    [InlineData(
        """{ "name": "p", "version": "1", "language": { "csharp": { "compatibility": "go" } } }""",
        "/language/csharp/compatibility: 'go' is neither")]
    [InlineData("""{ "name": "p", "version": "1", "meta": { "moduleFormat": "(" } }""", "/meta/moduleFormat: ")]
    public void The_whole_must_be_right(string json, string message) => AssertRefused(json, message);

    [Theory]
    [InlineData("""{ }""", ": has neither 'type', '$ref' nor 'oneOf'")]
    [InlineData("""{ "type": "date" }""", ": 'date' is not a type")]
    [InlineData("""{ "type": "array" }""", ": 'items' is missing")]
    [InlineData("""{ "type": "array", "items": { "type": "what" } }""", "/items: 'what' is not a type")]
    [InlineData("""{ "$ref": "#/types/p:m:Gone" }""", ": the schema has nothing at '#/types/p:m:Gone'")]
    [InlineData("""{ "$ref": "#/resources/p:m:Gone" }""", ": the schema has nothing at")]
    [InlineData("""{ "$ref": "pulumi.json#/Nothing" }""", ": the schema has nothing at")]
    [InlineData("""{ "oneOf": [{ "type": "string" }, { "type": "x" }] }""", "/oneOf/1: 'x' is not a type")]
    [InlineData("""{ "type": "string", "secret": "yes" }""", "/secret: must be true or false")]
    [InlineData("""{ "type": "integer", "default": "five" }""", "/default: does not fit the type")]
    [InlineData("""{ "type": "string", "const": 5 }""", "/const: does not fit the type")]
    [InlineData("""{ "type": "boolean", "default": [] }""", "/default: must be a string, number or boolean")]
    public void A_property_must_be_right(string property, string message)
    {
        var json = $$"""{ "name": "p", "version": "1", "resources": { "p:m:R": { "inputProperties": { "a": {{property}} } } } }""";
        AssertRefused(json, $"/resources/p:m:R/inputProperties/a{message}");
    }

    [Theory]
    [InlineData("""{ "properties": { "r": { "type": "string" } } }""", "/properties/r: the C# name 'R' is taken")]
    [InlineData("""{ "properties": { "urn": { "type": "string" } } }""", "/properties/urn: the C# name 'Urn' is taken")]
    [InlineData("""{ "inputProperties": { "empty": { "type": "string" } } }""", "/inputProperties/empty: the C# name 'Empty' is taken")]
    [InlineData("""{ "inputProperties": { "a": { "type": "string" }, "A": { "type": "string" } } }""", "/inputProperties/a: has the same C# name 'A' as 'A'")]
    [InlineData("""{ "inputProperties": { "a-b": { "type": "string" } } }""", "/inputProperties/a-b: 'A-b' is not a C# name")]
    [InlineData("""{ "inputProperties": { "a": { "type": "string" } }, "requiredInputs": ["b"] }""", "/requiredInputs: 'b' is not one of the properties")]
    [InlineData("""{ "inputProperties": 5 }""", "/inputProperties: must be an object")]
    [InlineData("""{ "requiredInputs": {} }""", "/requiredInputs: must be a list")]
    public void A_resource_must_be_right(string resource, string message) =>
        AssertRefused($$"""{ "name": "p", "version": "1", "resources": { "p:m:R": {{resource}} } }""", $"/resources/p:m:R{message}");

    [Theory]
    [InlineData("""{ "properties": {} }""", ": 'type' is missing")]
    [InlineData("""{ "type": "string" }""", "/type: must be 'object'")]
    [InlineData("""{ "type": "string", "enum": [] }""", ": an enum needs values")]
    [InlineData("""{ "type": "boolean", "enum": [{ "value": true }] }""", "/type: an enum cannot be of type 'boolean'")]
    [InlineData("""{ "type": "string", "enum": [{ "value": 1 }] }""", "/enum/0/value: must be a string")]
    [InlineData("""{ "type": "number", "enum": [{ "value": "1" }] }""", "/enum/0/value: must be a number")]
    [InlineData("""{ "type": "string", "enum": [{ "value": "a b" }, { "value": "a-b" }] }""", "/enum: two values have the C# name 'A_b'")]
    [InlineData("""{ "type": "string", "enum": [{ "name": "X" }] }""", "/enum/0: 'value' is missing")]
    public void A_type_must_be_right(string type, string message) =>
        AssertRefused($$"""{ "name": "p", "version": "1", "types": { "p:m:T": {{type}} } }""", $"/types/p:m:T{message}");

    [Fact]
    public void An_output_must_not_have_a_member_named_like_it() =>
        AssertRefused(
            """
            {
              "name": "p", "version": "1",
              "types": { "p:m:T": { "type": "object", "properties": { "t": { "type": "string" } } } },
              "resources": { "p:m:R": { "properties": { "a": { "$ref": "#/types/p:m:T" } } } }
            }
            """,
            "/types/p:m:T/properties/t: the C# name 'T' is taken");

    [Fact]
    public void Two_tokens_must_not_become_one_class() =>
        AssertRefused(
            """{ "name": "p", "version": "1", "resources": { "p:m:thing": {}, "p:m:Thing": {} } }""",
            "/resources/p:m:thing: has the same C# name Pulumi.P.M.Thing as /resources/p:m:Thing");

    [Fact]
    public void Defaults_must_fit_the_enum_or_union()
    {
        const string head = """{ "name": "p", "version": "1", "types": { "p:m:E": { "type": "string", "enum": [{ "value": "a" }] }, "p:m:O": { "type": "object" } }, "resources": { "p:m:R": { "inputProperties": { "x": """;
        const string path = "/resources/p:m:R/inputProperties/x: ";
        AssertNotGenerated(head + """{ "$ref": "#/types/p:m:E", "default": "b" } } } } }""", path + "\"b\" is not a value of p:m:E");
        AssertNotGenerated(head + """{ "$ref": "#/types/p:m:O", "default": "b" } } } } }""", path + "an object cannot have a literal");
        AssertNotGenerated(
            head + """{ "oneOf": [{ "type": "integer" }, { "$ref": "#/types/p:m:E" }], "default": "b" } } } } }""", path + "\"b\" fits none");
        AssertNotGenerated(
            head + """{ "$ref": "#/types/p:m:E", "defaultInfo": { "environment": ["X"] } } } } } }""", path + "a default from the environment needs");
    }

    [Fact]
    public void What_is_right_is_read()
    {
        var package = SchemaReader.Read(Repository.Embedded("everything.json"));
        var thing = package.Resources["sample-pkg:deep/v1:Thing"];
        Assert.Equal("1.2.3", package.Version);
        Assert.Equal(["endpoint"], package.Provider.Outputs.Select(output => output.Name));
        Assert.True(thing.Inputs.Single(input => input.Name == "size") is { Required: true, WillReplaceOnChanges: true, Default: 5 });
        Assert.Equal(["SAMPLE_ENDPOINT", "ENDPOINT"], package.Provider.Inputs.Single(i => i.Name == "endpoint").DefaultEnvironment);
        Assert.Equal(2, thing.Aliases.Count);
        Assert.Equal(5, package.Enums["sample-pkg:deep/v1:Mode"].Values.Count);
        Assert.True(package.Resources["sample-pkg:cased:Whole"].IsComponent);
    }

    [Fact]
    public void A_reference_may_be_percent_encoded()
    {
        const string json = """
            { "name": "p", "version": "1", "types": { "p:m/v1:T": { "type": "object" } },
              "resources": { "p:m:R": { "inputProperties": { "a": { "$ref": "#/types/p:m%2Fv1:T" } } } } }
            """;
        Assert.Equal(new TypeReference("p:m/v1:T"), SchemaReader.Read(json).Resources["p:m:R"].Inputs.Single().Type);
    }

    private static void AssertRefused(string json, string message)
    {
        var error = Assert.Throws<SchemaException>(() => SchemaReader.Read(json));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(error.Path, message, StringComparison.Ordinal);
    }

    private static void AssertNotGenerated(string json, string message)
    {
        var error = Assert.Throws<SchemaException>(() => Compiler.Generate(json));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
