using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
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
        "</summary>", "```\n", "> ", "---\n", "| --- |\n", "$x$", "\u202e", "\u200b", "\u0000", "\u001b[31m", "\u0301\u0301\u0301", "😀", "a", "Z9", " ", ":tada:", "[x]: y",
    ];

    private static readonly Arbitrary<string> Hostile = Gen.Elements(Pieces).ArrayOf()
        .Select(pieces => string.Concat(pieces)).ToArbitrary();

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
