using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Policies.Configuration;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Tests;

public sealed class PolicyConfigurationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\uFEFF\n")]
    [InlineData("{}")]
    [InlineData("\uFEFF{}\n")]
    public void A_file_may_say_nothing(string text) => Assert.Empty(Load(text).Entries);

    [Fact]
    public void A_policy_has_a_level_or_an_object()
    {
        var file = Load("""
            {
              "all": "advisory",
              "a": { "enforcementLevel": "mandatory", "most": 3, "words": ["x", null, true, { "y": 1 }] },
              "b": { "most": 4 },
              "c": {}
            }
            """);

        Assert.Equal(
            ["all Advisory 2:3", "a Mandatory 3:3", "b  4:3", "c  5:3"],
            file.Entries.Select(entry => $"{entry.Policy} {entry.Level} {entry.Location.Line}:{entry.Location.Column}"));
        Assert.Equal("""{ "most": 3, "words": [ "x", null, true, { "y": 1 } ] }""", file.Find("a")!.Properties.ToString());
        Assert.Equal(43, file.Find("a")!.Places["most"].Column);
    }

    [Theory]
    [InlineData("[]", 1, "a JSON object")]
    [InlineData("{", 1, "not valid JSON")]
    [InlineData("{\n  \"a\": \"mandatory\",\n}", 3, "not valid JSON")]
    [InlineData("{}\n{}", 2, "not valid JSON")]
    [InlineData("{\n  \"a\": 1\n}", 2, "must be a level or an object")]
    [InlineData("{\n  \"a\": null\n}", 2, "must be a level or an object")]
    [InlineData("{\n  \"a\": \"SECRET\"\n}", 2, "there are advisory, disabled, mandatory, remediate")]
    [InlineData("{\n  \"a\": { \"enforcementLevel\": 1 }\n}", 2, "The level of 'a' is none")]
    [InlineData("{\n  \"a\": { \"enforcementLevel\": \"Mandatory\" }\n}", 2, "The level of 'a' is none")]
    [InlineData("{\n  \"a\": \"advisory\",\n  \"a\": \"disabled\"\n}", 3, "configured twice")]
    [InlineData("{\n  \"a\": {\n    \"x\": 1,\n    \"x\": \"SECRET\" }\n}", 4, "'x' of 'a' is set twice")]
    [InlineData("{\n  \"all\": { \"x\": \"SECRET\" }\n}", 2, "'all' sets a level and nothing else")]
    [InlineData("{\n  \"environments\": [\"SECRET\"]\n}", 2, "environments of the Pulumi service")]
    public void What_is_malformed_is_refused_with_its_place_and_no_value(string text, int line, string what)
    {
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Load(text)).Diagnostics);

        Assert.Equal((Path.Combine(_folder.Path, "config.json"), line), (error.Location!.Path, error.Location.Line));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Throws<ConfigurationException>(() => PolicyConfigurationFile.Load(Path.Combine(_folder.Path, "none.json")));

    // The pack's own level, its initial configuration, 'all', and the policy's entry: the later wins.
    [Theory]
    [InlineData("{}", "a Mandatory 2, b Advisory 5")]
    [InlineData("""{"all": "disabled"}""", "a Disabled 2, b Disabled 5")]
    [InlineData("""{"all": "disabled", "b": "remediate"}""", "a Disabled 2, b Remediate 5")]
    [InlineData("""{"b": "remediate", "all": "disabled"}""", "a Disabled 2, b Remediate 5")]
    [InlineData("""{"a": {"most": 7}}""", "a Mandatory 7, b Advisory 5")]
    [InlineData("""{"all": "advisory", "b": {"enforcementLevel": "mandatory", "most": 7}}""", "a Advisory 2, b Mandatory 7")]
    public void What_is_nearest_wins(string text, string expected)
    {
        var effective = EffectiveConfiguration.Create(Info(), "pack", Load(text));

        Assert.Equal(expected, string.Join(", ", effective.Policies.Select(each =>
            $"{each.Key} {each.Value.EnforcementLevel} {each.Value.Properties.Fields["most"].NumberValue}")));
    }

    [Theory]
    [InlineData("{\n  \"c\": \"advisory\"\n}", 2, "The policy pack 'pack' has no policy 'c'; it has a, b.")]
    [InlineData("{\n  \"a\": {\n    \"most\": \"SECRET\" }\n}", 3, "'most' of 'a' must be of the type number.")]
    [InlineData("{\n  \"a\": {\n    \"most\": 0 }\n}", 3, "'most' of 'a' must be 1 at least.")]
    [InlineData("{\n  \"a\": {\n    \"enforcementLevel\": \"disabled\", \"most\": 0 }\n}", 3, "'most' of 'a' must be 1 at least.")]
    public void What_does_not_fit_the_pack_is_refused_with_its_place(string text, int line, string message)
    {
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => EffectiveConfiguration.Create(Info(), "pack", Load(text))).Diagnostics);

        Assert.Equal(line, error.Location!.Line);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void What_is_required_must_be_given_with_or_without_a_file()
    {
        var info = Info();
        info.Policies[0].ConfigSchema.Required.Add("owner");

        foreach (var file in new[] { null, Load("{}"), Load("""{"a": "advisory"}""") })
        {
            var error = Assert.Single(Assert.Throws<ConfigurationException>(() => EffectiveConfiguration.Create(info, "pack", file)).Diagnostics);
            Assert.Equal("The configuration of 'a' lacks owner.", error.Message);
        }
    }

    [Fact]
    public void A_pack_without_configuration_takes_none()
    {
        var info = Info();
        info.SupportsConfig = false;

        Assert.Throws<ConfigurationException>(() => EffectiveConfiguration.Create(info, "pack", Load("{}")));
        Assert.Equal(2, EffectiveConfiguration.Create(info, "pack", null).Policies.Count);
    }

    [Fact]
    public void Values_that_the_schema_or_their_form_says_are_secret_are()
    {
        var info = Info();
        info.Policies[0].ConfigSchema.Properties.Fields["key"] = Value.ForStruct(Struct.Parser.ParseJson("""{"type": "string", "writeOnly": true}"""));
        var file = Load($$"""
            {
              "a": { "key": "canary-1" },
              "b": { "other": { "{{Signatures.Key}}": "{{Signatures.Secret}}", "value": "canary-2" }, "open": "plain" }
            }
            """);

        var secrets = EffectiveConfiguration.Create(info, "pack", file).Secrets;

        Assert.Equal(["canary-1", "canary-2"], secrets.Select(secret => ((Protocol.Properties.StringValue)secret.Unwrapped).Value));
    }

    [Theory]
    [InlineData("""{"type": ["string", "null"]}""", "null", "")]
    [InlineData("""{"type": ["string", "null"]}""", "1", ": must be of the type string or null")]
    [InlineData("""{"type": "integer"}""", "1.5", ": must be of the type integer")]
    [InlineData("""{"type": "object"}""", "[]", ": must be of the type object")]
    [InlineData("""{"enum": ["a", 1]}""", "1", "")]
    [InlineData("""{"enum": ["a", 1]}""", "\"b\"", ": must be one of a, 1")]
    [InlineData("""{"const": true}""", "false", ": must be true")]
    [InlineData("""{"minimum": 1, "maximum": 2}""", "3", ": must be 2 at most")]
    [InlineData("""{"exclusiveMinimum": 1}""", "1", ": must be more than 1")]
    [InlineData("""{"exclusiveMaximum": 1}""", "1", ": must be less than 1")]
    [InlineData("""{"multipleOf": 0.1}""", "0.3", "")]
    [InlineData("""{"multipleOf": 2}""", "3", ": must be a multiple of 2")]
    [InlineData("""{"minLength": 2}""", "\"a\"", ": must have 2 characters at least")]
    [InlineData("""{"maxLength": 2}""", "\"abc\"", ": must have 2 characters at most")]
    [InlineData("""{"pattern": "^a"}""", "\"ba\"", ": must match ^a")]
    [InlineData("""{"minItems": 1}""", "[]", ": must have 1 items at least")]
    [InlineData("""{"maxItems": 1}""", "[1, 2]", ": must have 1 items at most")]
    [InlineData("""{"uniqueItems": true}""", "[1, 1]", ": must not have an item twice")]
    [InlineData("""{"contains": {"type": "string"}}""", "[1]", ": must have an item that fits the schema")]
    [InlineData("""{"items": {"type": "string"}}""", "[\"a\", 1]", "[1]: must be of the type string")]
    [InlineData("""{"items": [{"type": "string"}, {"type": "number"}]}""", "[\"a\", \"b\", 3]", "[1]: must be of the type number")]
    [InlineData("""{"required": ["a", "b"]}""", "{\"a\": 1}", ": lacks b")]
    [InlineData("""{"minProperties": 1}""", "{}", ": must have 1 properties at least")]
    [InlineData("""{"properties": {"a": {"properties": {"b": {"type": "number"}}}}}""", "{\"a\": {\"b\": \"x\"}}", "a.b: must be of the type number")]
    [InlineData("""{"properties": {"a": {}}, "additionalProperties": false}""", "{\"a\": 1, \"b\": 2}", "b: is no property of the schema")]
    [InlineData("""{"additionalProperties": {"type": "number"}}""", "{\"b\": \"x\"}", "b: must be of the type number")]
    [InlineData("""{"patternProperties": {"^x": {"type": "number"}}}""", "{\"x1\": \"x\", \"y\": \"y\"}", "x1: must be of the type number")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "number"}]}""", "true", ": must fit one of the schema's alternatives")]
    [InlineData("""{"oneOf": [{"type": "number"}, {"minimum": 1}]}""", "2", ": must fit exactly one of the schema's alternatives")]
    [InlineData("""{"allOf": [{"type": "number"}, {"minimum": 1}]}""", "0", ": must fit all parts of the schema")]
    [InlineData("""{"not": {"type": "number"}}""", "0", ": must not be what the schema excludes")]
    public void Values_are_held_against_schemas(string schema, string value, string expected) => Assert.Equal(
        expected,
        string.Join(", ", JsonSchemaCheck.Check(Value.Parser.ParseJson(value), Struct.Parser.ParseJson(schema))
            .Select(mismatch => $"{mismatch.Path}: {mismatch.Message}")));

    public void Dispose() => _folder.Dispose();

    private PolicyConfigurationFile Load(string text) => PolicyConfigurationFile.Load(_folder.Write("config.json", text));

    private static AnalyzerInfo Info()
    {
        var most = Struct.Parser.ParseJson("""{"most": {"type": "number", "minimum": 1, "default": 2}}""");
        return new AnalyzerInfo
        {
            Name = "pack",
            SupportsConfig = true,
            Policies =
            {
                new PolicyInfo { Name = "a", EnforcementLevel = EnforcementLevel.Mandatory, ConfigSchema = new PolicyConfigSchema { Properties = most } },
                new PolicyInfo { Name = "b", EnforcementLevel = EnforcementLevel.Mandatory, ConfigSchema = new PolicyConfigSchema { Properties = most } },
            },
            InitialConfig =
            {
                ["b"] = new PolicyConfig
                {
                    EnforcementLevel = EnforcementLevel.Advisory,
                    Properties = Struct.Parser.ParseJson("""{"most": 5}"""),
                },
            },
        };
    }
}
