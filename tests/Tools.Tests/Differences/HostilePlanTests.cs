using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Files;
using CantonInfra.Tools.Differences.Saved;
using CantonInfra.Tools.Rendering.Changes;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static CantonInfra.Tools.Tests.Differences.Plans;

namespace CantonInfra.Tools.Tests.Differences;

/// <summary>A plan that somebody wrote to deceive changes nothing but its own text.</summary>
public sealed class HostilePlanTests : IDisposable
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    // What has meaning in Markdown, in HTML, to GitHub, or to a terminal.
    private static readonly string[] Pieces =
    [
        "`", "``", "\n", "\r\n", "|", "<", ">", "&", "&lt;", "\\", "*", "_", "~~", "#", "- ", "1. ", "[a](https://example.com)", "![a](x)", "@octocat", "#1",
        "https://example.com", "www.example.com", "<!-- canton-infra:preview -->", "-->", "</details>", "<script>alert(1)</script>", "<img src=x onerror=x>",
        "</summary>", "```\n", "> ", "---\n", "| --- |\n", "$x$", "![](http://192.0.2.1/x.png)", "<!--", "]]>", "<details open>", "javascript:alert(1)", "../../etc/passwd", "C:\\x\\..\\y", "\u2066", "\ufeff", "\ud83d", "`````````", "\t", "\u202e", "\u200b", "\u0000", "\u001b[31m", "\u0301\u0301\u0301", "😀", "a", "Z9", " ", ":tada:", "[x]: y",
    ];

    private static readonly Arbitrary<string> Hostile = Gen.Elements(Pieces).ArrayOf()
        .Select(pieces => string.Concat(pieces)).ToArbitrary();

    // Also what nobody thinks of: any characters at all, halves of them too, and long runs of one piece.
    private static readonly Arbitrary<string> AnyText = Gen.OneOf(
        Gen.Elements(Pieces).ArrayOf().Select(pieces => string.Concat(pieces)),
        Gen.Choose(1, 0xffff).Select(code => (char)code).ArrayOf().Select(characters => new string(characters)),
        Gen.Zip(Gen.Elements(Pieces), Gen.Choose(1, 400)).Select(pair => string.Concat(Enumerable.Repeat(pair.Item1, pair.Item2)))).ToArbitrary();

    private static readonly string[] Fields =
    [
        "property name", "nested name", "value", "component type", "component name", "name of what goes", "physical name", "detail", "type of what is new",
        "name after a move", "rule", "urn of a finding", "message", "stack", "key", "value before", "value after", "mode", "path of a secret", "error",
        "waivable rule", "waived rule", "owner", "file",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    [Fact]
    public void Text_of_a_plan_is_text_in_a_comment() => Prop.ForAll(Hostile, Hostile, (first, second) =>
    {
        var plain = ChangeComment.Write(Reports.Of(Before("a", "b"), After("a", "b"), Finding("a", "b")));
        var hostile = ChangeComment.Write(Reports.Of(Before(first, second), After(first, second), Finding(first, second)));

        return Shape(plain) == Shape(hostile)
            && hostile.Length <= ChangeComment.MostLength
            && hostile.Split("<!--").Length == 2
            && !hostile.Skip(29).Any(character => char.IsControl(character) && character != '\n');
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_in_any_field_is_text_in_a_comment() => Prop.ForAll(AnyText, Gen.Choose(0, Fields.Length - 1).ToArbitrary(), (text, field) =>
    {
        var plain = ChangeComment.Write(Filled("a", field));
        var hostile = ChangeComment.Write(Filled(text, field));
        var table = hostile.IndexOf("\n| stack |", StringComparison.Ordinal);

        return (Shape(plain) == Shape(hostile)).Label($"{Fields[field]}: {Shape(plain)}\n{Shape(hostile)}")
            .And(hostile.Length <= ChangeComment.MostLength)
            .And(table is > 0 and < CommentHead.Length)
            .And(hostile.StartsWith("<!-- canton-infra:preview -->\n## ❌ the preview failed for 1 of 3 stacks; ", StringComparison.Ordinal))
            .And(hostile[..table].Contains("is deleted: a database server with its databases", StringComparison.Ordinal))
            .And(hostile.Split("<!--").Length == 2)
            .And(!hostile.Skip(29).Any(character => char.IsControl(character) && character != '\n'));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(5_000)]
    [InlineData(200_000)]
    public void However_long_a_text_is_the_comment_is_not(int length)
    {
        foreach (var piece in (string[])["x", "`", "</details>", "😀", "\u0301", "../"])
        {
            var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
            for (var field = 0; field < Fields.Length; field++)
            {
                var comment = ChangeComment.Write(Filled(text, field));

                Assert.InRange(comment.Length, 1, ChangeComment.MostLength);
                Assert.Equal(Shape(ChangeComment.Write(Filled("a", field))), Shape(comment));
            }
        }
    }

    [Fact]
    public void Text_of_the_pulumi_cli_is_text_too() => Prop.ForAll(AnyText, text =>
    {
        var path = PathOf("preview.json");
        string Write(string value)
        {
            File.WriteAllText(path, JsonSerializer.Serialize(new
            {
                steps = new object[]
                {
                    Step("delete", "azure-native:dbforpostgresql:Server", value, value), Step("create", "a:b:C", $"c{value}", value),
                },
                diagnostics = new object[] { new { urn = value, message = value, severity = "error" } },
            }));
            return ChangeComment.Write(PulumiPreview.Load([path], ""));
        }

        string hostile;
        try
        {
            hostile = Write(text);
        }
        catch (ConfigurationException)
        {
            // One kind of error, and nothing written.
            return true;
        }

        return Shape(Write("a")) == Shape(hostile) && hostile.Length <= ChangeComment.MostLength
            && hostile.StartsWith("<!-- canton-infra:pulumi -->\n## ", StringComparison.Ordinal) && hostile.Split("<!--").Length == 2;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("@octocat #1 <b>x</b> `y` | z", "`@octocat #1 ‹b›x‹/b› 'y' ¦ z`")]
    [InlineData("", "`-`")]
    [InlineData("a\n\n  b\u202e", "`a b\ufffd`")]
    public void Foreign_text_is_always_code(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text, 100));

    [Fact]
    public void Long_text_is_cut_at_a_whole_character()
    {
        Assert.Equal("`aaaa…`", MarkdownText.Code(new string('a', 1_000_000), 5));
        Assert.Equal("`😀…`", MarkdownText.Code("😀😀😀", 4));
        Assert.Equal("<code>&amp;lt;</code>", MarkdownText.HtmlCode("&lt;", 100));
    }

    [Fact]
    public void Text_of_a_plan_is_text_in_sarif() => Prop.ForAll(Hostile, Hostile, (first, second) =>
    {
        using var stream = new MemoryStream();
        ChangeSarif.Write(stream, Reports.Of(Before("a", "b"), After("a", "b"), Finding(first, second)));
        using var document = JsonDocument.Parse(stream.ToArray());
        var result = document.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        var text = result.GetProperty("message").GetProperty("text").GetString()!;

        return !text.Any(char.IsControl)
            && !text.Replace("\\[", "", StringComparison.Ordinal).Contains('[', StringComparison.Ordinal)
            && result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString() == "Pulumi.mainnet.yaml";
    }).QuickCheckThrowOnFailure();

    // One writer: a violation that the report knows is the same one in a comparison, so that code scanning shows it once.
    [Fact]
    public void A_finding_has_the_id_and_the_fingerprint_of_the_report()
    {
        using var stream = new MemoryStream();
        ChangeSarif.Write(stream, Reports.Of(Before("a", "b"), After("a", "b"), Finding("a", "b")));
        using var document = JsonDocument.Parse(stream.ToArray());
        var result = document.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        var finding = Finding("a", "b");

        Assert.Equal(
            CantonInfra.Reports.Writers.Sarif.SarifResult.FingerprintOf(finding.Pack, finding.Policy, finding.Urn),
            result.GetProperty("partialFingerprints").GetProperty("cantonInfraCheck/v1").GetString());
        Assert.Equal(CantonInfra.Reports.Writers.Sarif.SarifRule.IdOf(finding.Pack, finding.Policy), result.GetProperty("ruleId").GetString());
    }

    [Theory]
    [InlineData("version", "2")]
    [InlineData("stacks", "{}")]
    [InlineData("stacks", "[{}]")]
    [InlineData("stacks", """[{"stack":"../../etc/passwd","base":true,"head":true,"settings":[],"secrets":[]}]""")]
    [InlineData("stacks", """[{"stack":".","base":false,"head":false,"settings":[],"secrets":[]}]""")]
    [InlineData("stacks", """[{"stack":"a","base":false,"head":false,"settings":[],"secrets":[]},{"stack":"a","base":false,"head":false,"settings":[],"secrets":[]}]""")]
    [InlineData("stacks", """[{"stack":"missing","base":true,"head":false,"settings":[],"secrets":[]}]""")]
    [InlineData("base", "\"<script>\"")]
    [InlineData("codeChange", "\"yes\"")]
    [InlineData("files", "[]")]
    public void An_index_of_another_shape_is_refused(string member, string json)
    {
        Save();
        Edit("comparison.json", root => root[member] = JsonNode.Parse(json));

        Assert.Throws<ConfigurationException>(() => ComparisonFolder.Load(_folder));
    }

    [Theory]
    [InlineData("outcome", "7")]
    [InlineData("outcome", "\"7\"")]
    [InlineData("findings", """[{"pack":1}]""")]
    [InlineData("undecided", "1.5")]
    [InlineData("plan.version", "9")]
    [InlineData("plan.stack", "\"other\"")]
    [InlineData("plan.stack", "null")]
    [InlineData("plan.resources", "{}")]
    [InlineData("plan.resources.0.kind", "\"99\"")]
    [InlineData("plan.resources.0.kind", "\"nothing\"")]
    [InlineData("plan.resources.0.inputs", "[]")]
    [InlineData("plan.resources.0.urn", "\"urn:pulumi:x\"")]
    [InlineData("plan.resources.1.type", "\"other:type:Name\"")]
    [InlineData("plan.resources.1.options", """{"protect":"maybe"}""")]
    [InlineData("plan.resources.1.options", """{"aliases":[1]}""")]
    public void A_plan_of_another_shape_is_refused(string path, string json)
    {
        Save();
        Edit($"{Stack}.head.json", root =>
        {
            var steps = path.Split('.');
            JsonNode node = root;
            foreach (var step in steps[..^1])
            {
                node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
            }

            node[steps[^1]] = JsonNode.Parse(json);
        });

        Assert.Throws<ConfigurationException>(() => ComparisonFolder.Load(_folder));
    }

    [Fact]
    public void Plans_that_no_program_declares_are_refused()
    {
        var first = Resource("a:b:C", "x", "{}");
        var circle = Root with { Parent = first.Urn };
        var deep = new List<PlannedResource> { Root };
        for (var index = 0; index < 150; index++)
        {
            deep.Add(Component("a:b:C", $"d{index}", parent: null) with { Parent = deep[^1].Urn });
        }

        Assert.Throws<FormatException>(() => StrictPlan.Checked(new Plan(Project, Stack, [Root, first, first])));
        Assert.Throws<FormatException>(() => StrictPlan.Checked(new Plan(Project, Stack, [circle, first])));
        Assert.Throws<FormatException>(() => StrictPlan.Checked(new Plan(Project, Stack, [.. deep])));
        Assert.NotNull(StrictPlan.Checked(new Plan(Project, Stack, [Root, first])));
    }

    [Fact]
    public void Depth_and_length_have_limits()
    {
        Save();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);
        var text = File.ReadAllText(PathOf($"{Stack}.head.json"));

        File.WriteAllText(PathOf($"{Stack}.head.json"), text.Replace("\"plan\"", $"\"x\":{deep},\"plan\"", StringComparison.Ordinal));
        Assert.Throws<ConfigurationException>(() => ComparisonFolder.Load(_folder));

        using (var file = File.Create(PathOf($"{Stack}.head.json")))
        {
            file.SetLength(49L << 20);
        }

        Assert.Throws<ConfigurationException>(() => ComparisonFolder.Load(_folder));
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Save();
        File.Move(PathOf($"{Stack}.head.json"), PathOf("elsewhere.json"));
        File.CreateSymbolicLink(PathOf($"{Stack}.head.json"), PathOf("elsewhere.json"));

        Assert.Throws<ConfigurationException>(() => ComparisonFolder.Load(_folder));
    }

    [Fact]
    public void Whatever_the_bytes_are_reading_ends_with_a_plan_or_one_kind_of_error()
    {
        Save();
        var path = PathOf($"{Stack}.head.json");
        var bytes = File.ReadAllBytes(path);
        Prop.ForAll(Gen.Zip(Gen.Choose(0, bytes.Length - 1), Gen.Choose(0, 255)).ArrayOf(3).ToArbitrary(), edits =>
        {
            var changed = bytes.ToArray();
            foreach (var (place, value) in edits)
            {
                changed[place] = (byte)value;
            }

            File.WriteAllBytes(path, changed);
            try
            {
                return ChangeComment.Write(ComparisonFolder.Load(_folder).Report()).Length <= ChangeComment.MostLength;
            }
            catch (ConfigurationException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static object Step(string operation, string type, string name, string text)
    {
        var state = new { urn = $"urn:pulumi:dev::shop::{type}::{name}", type, custom = true, inputs = new Dictionary<string, string> { [text] = text } };
        return new { op = operation, urn = state.urn, oldState = operation == "delete" ? state : null, newState = operation == "delete" ? null : state };
    }

    /// <summary>Every field of a report that anybody else writes, one of them with a text, the others as they usually are.</summary>
    private static ChangeReport Filled(string text, int field)
    {
        // Some have a letter before them, which keeps their order among others: order is structure too.
        string At(string name, string otherwise) => Fields[field] == name ? text : otherwise;
        var inputs = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["kept"] = "x", [$"p{At("property name", "p")}"] = new Dictionary<string, string> { [At("nested name", "n")] = At("value", "v") },
        });
        var component = Component($"0{At("component type", "a:b:Parent")}", At("component name", "parent"));
        var keeper = Resource("a:b:Keeper", "keeper", "{}");
        var before = Of(
            component,
            Resource("azure-native:dbforpostgresql:Server", At("name of what goes", "db"), "{}"),
            Resource("azure-native:keyvault:Vault", "vault", """{"enableSoftDelete":true}""", component),
            Resource("a:b:C", "changed", inputs, component),
            keeper,
            Resource("kubernetes:core/v1:ConfigMap", "old", Metadata(At("physical name", "map"))));
        var after = Of(
            component,
            Resource("azure-native:keyvault:Vault", "vault", JsonSerializer.Serialize(new { enableSoftDelete = At("detail", "no") }), component),
            Resource("a:b:C", "changed", """{"kept":"x"}""", component),
            keeper,
            Resource($"z{At("type of what is new", "a:b:New")}", "new", "{}"),
            Resource("kubernetes:core/v1:ConfigMap", At("name after a move", "moved"), Metadata(At("physical name", "map"))));
        var finding = new Finding("p", At("rule", "r"), PolicyLevel.Mandatory, "", At("urn of a finding", "u"), At("message", "m"));
        var whole = new SavedStack(
            $"s{At("stack", "whole")}",
            Side(before, finding with { Policy = "gone" }),
            Side(after, finding) with { Outcome = PreviewOutcome.PolicyViolation },
            [new SettingChange(At("key", "k"), At("value before", "b"), At("value after", "c")), new SettingChange("canton-infra:mode", "deny", At("mode", "audit"))])
        {
            Secrets = [new SecretChange(keeper.Urn, Protocol.Properties.PropertyPath.Root.Then(At("path of a secret", "s")))],
        };
        var failed = new SavedStack($"t{At("stack", "failed")}", Side(before), Side(after) with { Outcome = PreviewOutcome.Failed, Errors = [At("error", "e")] }, []);
        return new SavedComparison(
            "0123456789abcdef",
            "",
            IsCodeChange: true,
            new PolicyFiles(
                "regions: []\n",
                $"regions: []\nwaivable: [{Quoted("w" + At("waivable rule", "w"))}]\n",
                "waivers: []\n",
                $"waivers: [{{rule: {Quoted(At("waived rule", "w"))}, resource: x, owner: {Quoted(At("owner", "o"))}}}]\n")
            {
                ChangedRules = [At("file", "policy/X.cs")],
            },
            [whole, failed, new SavedStack("new", null, Side(after), [])]).Report();
    }

    // As YAML, which knows no escapes of halves of characters.
    private static string Quoted(string text) => $"\"{string.Concat(text.EnumerateRunes().Select(rune => $"\\U{rune.Value:x8}"))}\"";

    private static string Metadata(string name) => JsonSerializer.Serialize(new { metadata = new { name, @namespace = "n" } });

    private static Plan Before(string first, string second) => Of(
        Resource("azure-native:dbforpostgresql:Server", $"n{first}", "{}"), Resource("a:b:C", "kept", Json("x", second)));

    private static Plan After(string first, string second) => Of(
        Resource("azure-native:network:PublicIPAddress", $"p{second}", "{}"), Resource("a:b:C", "kept", Json("y", first)));

    private static Finding Finding(string first, string second) =>
        new($"p{first}", $"r{first}", PolicyLevel.Advisory, "", $"u{second}", $"m{second}");

    private static string Json(string prefix, string text) => JsonSerializer.Serialize(new Dictionary<string, string> { ["v"] = prefix + text });

    // What a reader sees, without the texts: blocks, spans, and the HTML that we write.
    private static string Shape(string comment)
    {
        var shape = new StringBuilder();
        foreach (var node in Markdig.Markdown.Parse(comment, Markdown).Descendants())
        {
            shape.Append(node switch
            {
                CodeInline => "code ",
                HtmlInline html => $"html {html.Tag} ",
                HtmlBlock block => $"htmlblock {Html(block)} ",
                LiteralInline literal => literal.Content.ToString().Contains("grave", StringComparison.Ordinal) ? "" : $"text {literal.Content} ",
                _ => $"{node.GetType().Name} ",
            });
        }

        return shape.ToString();
    }

    private static string Html(HtmlBlock block) => System.Text.RegularExpressions.Regex.Replace(block.Lines.ToString(), "<code>[^<>]*</code>", "<code/>");

    private void Save() => ComparisonFolder.Save(_folder, Reports.Saved(Before("a", "b"), After("a", "b"), Finding("a", "b")));

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Edit(string name, Action<JsonNode> edit)
    {
        var root = JsonNode.Parse(File.ReadAllText(PathOf(name)))!;
        edit(root);
        File.WriteAllText(PathOf(name), root.ToJsonString());
    }
}
