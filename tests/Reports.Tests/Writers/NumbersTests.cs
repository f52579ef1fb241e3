using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using CantonInfra.Reports.Tests.Browser;
using CantonInfra.Tools.Commands;

namespace CantonInfra.Reports.Tests.Writers;

/// <summary>
/// Every number that a report shows, computed again from the findings, the passed checks and the evidence of report.json, and from the plan.
/// Nothing of the model is asked: only documents are read.
/// </summary>
public sealed class NumbersTests : IClassFixture<NumbersTests.Documents>
{
    private static readonly string[] States = ["fault", "fail", "undecided", "waived", "pass"];

    private static readonly string[] Order = ["fail", "overdue", "undecided", "manual", "waived", "pass", "notApplicable"];

    private readonly Documents _documents;

    public NumbersTests(Documents documents) => _documents = documents;

    public static TheoryData<string> Reports => ["sample", "mainnet"];

    [Theory]
    [MemberData(nameof(Reports))]
    public void Counts_and_scores_of_the_json_are_those_of_its_parts(string name)
    {
        var report = _documents.Json(name);
        foreach (var stack in Stacks(report))
        {
            foreach (var (rule, index) in stack.GetProperty("rules").EnumerateArray().Select((rule, index) => (rule, index)))
            {
                AssertChecks(CountsOf(stack, index), rule.GetProperty("checks"));
            }

            AssertChecks(CountsOf(stack, null), stack.GetProperty("checks"));
            foreach (var control in stack.GetProperty("controls").EnumerateArray())
            {
                var key = $"{Text(control, "framework")}:{Text(control, "id")}";
                var rules = Rules(stack).Where(rule => rule.Rule.GetProperty("controls").EnumerateArray().Any(each => each.GetString() == key)).Select(rule => rule.Index).ToList();
                Assert.Equal(rules, control.GetProperty("rules").EnumerateArray().Select(each => each.GetInt32()));
                AssertChecks(Sum(rules.Select(rule => CountsOf(stack, rule))), control.GetProperty("checks"));
                Assert.Equal(StatusOf(stack, key), Text(control, "status"));
            }

            foreach (var score in stack.GetProperty("scores").EnumerateArray())
            {
                var (passed, applicable) = ScoreOf(stack, Text(score, "framework"));
                Assert.Equal((passed, applicable), (score.GetProperty("passed").GetInt32(), score.GetProperty("applicable").GetInt32()));
                Assert.Equal(Percent(passed, applicable), score.TryGetProperty("percent", out var percent) ? percent.GetInt32() : null);
            }
        }

        AssertChecks(Sum(Stacks(report).Select(stack => CountsOf(stack, null))), report.GetProperty("checks"));
        Assert.Equal(Stacks(report).Sum(stack => Duties(stack).Count(duty => DutyStatus(report, duty) == "overdue")), report.GetProperty("overdueDuties").GetInt32());
        foreach (var duty in Stacks(report).SelectMany(Duties))
        {
            Assert.Equal(DutyStatus(report, duty), Text(duty, "status"));
        }

        var today = DateOnly.Parse(Text(report, "asOf"), CultureInfo.InvariantCulture);
        Assert.All(report.GetProperty("waivers").EnumerateArray(), waiver => Assert.Equal(
            DateOnly.Parse(Text(waiver, "expires"), CultureInfo.InvariantCulture).DayNumber - today.DayNumber, waiver.GetProperty("daysLeft").GetInt32()));
    }

    [Fact]
    public async Task Resources_and_checks_of_the_json_are_those_of_the_plan()
    {
        var plan = await StackPlan.OfAsync("mainnet");
        var stack = Assert.Single(Stacks(_documents.Json("mainnet")));
        var resources = stack.GetProperty("resources").EnumerateArray().ToList();

        Assert.Equal(plan.Resources.Select(resource => resource.Urn), resources.Select(resource => Text(resource, "urn")));
        Assert.Equal(plan.Resources.Count(resource => resource.Options.Protect), resources.Count(resource => resource.TryGetProperty("protected", out _)));
        Assert.Equal(
            plan.Resources.Select(resource => resource.Dependencies.Length).Sum(),
            resources.Sum(resource => resource.TryGetProperty("dependencies", out var list) ? list.GetArrayLength() : 0));

        // Each rule says something of each resource, or once of the whole stack.
        Assert.All(Rules(stack), rule => Assert.Contains(
            States.Append("notApplicable").Sum(state => rule.Rule.GetProperty("checks").GetProperty(state).GetInt32()),
            new[] { 1, plan.Resources.Length }));
        Assert.Equal(
            plan.Resources.Count(resource => resource.Type == "azure-native:authorization:RoleAssignment"),
            stack.GetProperty("access").EnumerateArray().Count(row => Text(row, "plane") == "Azure" && Text(row, "role") != "signs in as the identity"));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Sarif_has_a_result_for_each_finding_and_each_overdue_duty(string name)
    {
        var report = _documents.Json(name);
        using var sarif = JsonDocument.Parse(_documents.Text(name, "sarif"));
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        var findings = Stacks(report).SelectMany(stack => stack.GetProperty("findings").EnumerateArray().Select(finding => (
            Rule: Text(stack.GetProperty("rules")[finding.GetProperty("rule").GetInt32()], "id"),
            Fingerprint: Text(finding, "fingerprint"),
            Kind: Text(finding, "state") == "undecided" ? "open" : "fail",
            IsSuppressed: Text(finding, "state") == "waived")));
        var overdue = Stacks(report).SelectMany(stack => Duties(stack).Where(duty => DutyStatus(report, duty) == "overdue")
            .Select(duty => (Rule: "evidence-overdue", Fingerprint: $"{Text(stack, "name")}/{Text(duty, "id")}", Kind: "fail", IsSuppressed: false)));

        Assert.Equal(
            findings.Concat(overdue).Order(),
            results.Select(result => (
                Text(result, "ruleId"), Text(result.GetProperty("partialFingerprints"), "cantonInfraCheck/v1"), Text(result, "kind"),
                result.TryGetProperty("suppressions", out _))).Order());
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Junit_has_a_case_for_each_check_and_each_duty_with_what_is_said(string name)
    {
        var report = _documents.Json(name);
        var suites = XDocument.Parse(_documents.Text(name, "junit").TrimStart('\uFEFF')).Root!;

        var expected = Stacks(report).SelectMany(stack => Cases(report, stack)).Order().ToList();
        var actual = suites.Elements("testsuite").SelectMany(suite => suite.Elements("testcase").Select(each => (
            (string)suite.Attribute("name")!, (string)each.Attribute("classname")!, (string)each.Attribute("name")!,
            each.Elements().FirstOrDefault()?.Name.LocalName ?? "", (string?)each.Elements().FirstOrDefault()?.Attribute("message") ?? each.Element("skipped")?.Value ?? ""))).Order().ToList();
        Assert.Equal(expected, actual);
        foreach (var element in suites.Elements("testsuite").Append(suites))
        {
            Assert.Equal(element.Descendants("testcase").Count(), (int)element.Attribute("tests")!);
            Assert.Equal(element.Descendants("failure").Count(), (int)element.Attribute("failures")!);
            Assert.Equal(element.Descendants("error").Count(), (int)element.Attribute("errors")!);
        }

        Assert.All(suites.Elements("testsuite"), suite => Assert.Equal(suite.Descendants("skipped").Count(), (int)suite.Attribute("skipped")!));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_shows_the_same_numbers(string name)
    {
        var report = _documents.Json(name);
        var lines = _documents.Text(name, "markdown").Split('\n');
        string Row(string title, Dictionary<string, int> counts, int overdue) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {title} | {States.Sum(state => counts[state])} | {counts["pass"]} | {counts["fail"]} | {counts["fault"]} | {counts["undecided"]} | {counts["waived"]} | {Shown(counts["pass"], States.Sum(state => counts[state]))} | {overdue} |");

        foreach (var stack in Stacks(report))
        {
            var counts = CountsOf(stack, null);
            Assert.Contains(Row(Text(stack, "name"), counts, Duties(stack).Count(duty => DutyStatus(report, duty) == "overdue")), lines);
            var own = lines.SkipWhile(line => line != $"## {Text(stack, "name")}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).ToList();
            foreach (var control in stack.GetProperty("controls").EnumerateArray())
            {
                var row = Assert.Single(own, line => line.StartsWith($"| {Text(control, "framework")} {Text(control, "id")} |", StringComparison.Ordinal));
                var cells = row.Split('|', StringSplitOptions.TrimEntries);
                var status = StatusOf(stack, $"{Text(control, "framework")}:{Text(control, "id")}");
                Assert.Equal(status == "notApplicable" ? "not applicable" : status, cells[3]);
                var checks = Sum(control.GetProperty("rules").EnumerateArray().Select(rule => CountsOf(stack, rule.GetInt32())));
                Assert.Equal(
                    new[] { "pass", "fail", "fault", "undecided", "waived" }.Select(state => checks[state].ToString(CultureInfo.InvariantCulture)), cells[4..9]);
            }

            Assert.Equal(stack.GetProperty("findings").GetArrayLength(), RowsBelow(own, "### Findings"));
            Assert.Equal(Duties(stack).Count, RowsBelow(own, "### Duties"));
            Assert.Equal(stack.GetProperty("access").GetArrayLength(), RowsBelow(own, "### Access"));
            Assert.Equal(stack.GetProperty("residency").GetArrayLength(), RowsBelow(own, "### Data"));
            Assert.Equal(stack.TryGetProperty("connections", out var connections) ? connections.GetProperty("edges").GetArrayLength() : 0, RowsBelow(own, "### Connections"));
        }

        Assert.Contains(
            Row("all", Sum(Stacks(report).Select(stack => CountsOf(stack, null))), Stacks(report).Sum(stack => Duties(stack).Count(duty => DutyStatus(report, duty) == "overdue"))), lines);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void The_page_holds_the_same_document(string name)
    {
        var html = _documents.Text(name, "html");
        const string Begin = "<script type=\"application/json\" id=\"data\">";
        var start = html.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        using var page = JsonDocument.Parse(html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)].Trim(), new JsonDocumentOptions { MaxDepth = 1000 });

        foreach (var member in _documents.Json(name).EnumerateObject().Where(member => member.Name != "stacks"))
        {
            Assert.True(JsonElement.DeepEquals(member.Value, page.RootElement.GetProperty(member.Name)), member.Name);
        }

        foreach (var (stack, shown) in Stacks(_documents.Json(name)).Zip(Stacks(page.RootElement)))
        {
            foreach (var member in stack.EnumerateObject().Where(member => member.Name != "connections"))
            {
                Assert.True(JsonElement.DeepEquals(member.Value, shown.GetProperty(member.Name)), member.Name);
            }
        }
    }

    [BrowserFact]
    public void A_browser_shows_the_numbers_of_the_sample() => AssertShown("sample");

    [BrowserFact]
    public void A_browser_shows_the_numbers_of_mainnet() => AssertShown("mainnet");

    private void AssertShown(string name)
    {
        var report = _documents.Json(name);
        var shown = _documents.Shown(name);
        var titles = report.GetProperty("frameworks").EnumerateArray().ToDictionary(framework => Text(framework, "id"), framework => Text(framework, "title"));
        foreach (var stack in Stacks(report))
        {
            var own = shown.GetProperty(Text(stack, "name"));
            var counts = CountsOf(stack, null);
            Assert.Equal(Words(States.ToDictionary(state => state, state => counts[state])), Numbers(own.GetProperty("checks")));
            Assert.Equal(Shown(counts["pass"], States.Sum(state => counts[state])), Text(own, "percent"));
            foreach (var score in stack.GetProperty("scores").EnumerateArray())
            {
                var framework = Text(score, "framework");
                var card = Assert.Single(own.GetProperty("frameworks").EnumerateArray(), each => Text(each, "title") == titles[framework]);
                var (passed, applicable) = ScoreOf(stack, framework);
                Assert.Equal(Shown(passed, applicable), Text(card, "figure"));
                var statuses = Keys(stack, framework).Select(key => StatusOf(stack, key)).Where(status => status != "notApplicable").CountBy(status => status).ToDictionary();
                Assert.Equal(Words(statuses), Numbers(card.GetProperty("parts")));
            }

            var attention = Rules(stack)
                .Where(rule => States.Take(3).Any(state => CountsOf(stack, rule.Index)[state] > 0)).Select(rule => Text(rule.Rule, "id"))
                .Concat(Duties(stack).Where(duty => DutyStatus(report, duty) != "pass").Select(duty => Text(duty, "id")));
            Assert.Equal(attention.Order(StringComparer.Ordinal), own.GetProperty("attention").EnumerateArray().Select(each => each.GetString()!).Order(StringComparer.Ordinal));
            var facts = own.GetProperty("facts");
            Assert.Equal(Length(stack, "resources"), Text(facts, "Resources"));
            Assert.Equal(stack.GetProperty("access").EnumerateArray().Count(row => row.GetProperty("person").GetBoolean()).ToString(CultureInfo.InvariantCulture), Text(facts, "People's rights"));
            Assert.Equal(stack.GetProperty("access").EnumerateArray().Count(row => !row.GetProperty("person").GetBoolean()).ToString(CultureInfo.InvariantCulture), Text(facts, "Workloads' rights"));
            Assert.Equal($"{Length(stack, "controls")} of {Length(stack, "controls")} controls", Text(own, "controls"));
            Assert.Equal($"{Length(stack, "rules")} of {Length(stack, "rules")} rules", Text(own, "rules"));
            Assert.Equal($"{Length(stack, "findings")} of {Length(stack, "findings")} findings", Text(own, "findings"));
            Assert.Equal($"{Length(stack, "resources")} resources", Text(own, "resources"));
            Assert.Equal($"{Length(stack, "access")} of {Length(stack, "access")} rights", Text(own, "access"));
            Assert.Equal(Duties(stack).Count, own.GetProperty("duties").GetInt32());
        }
    }

    private static IEnumerable<(string Suite, string Class, string Name, string Outcome, string Message)> Cases(JsonElement report, JsonElement stack)
    {
        var name = Text(stack, "name");
        string Subject(int position) => $"{Text(stack.GetProperty("resources")[position], "type")} {Valid(Text(stack.GetProperty("resources")[position], "name"))}";
        foreach (var (rule, index) in Rules(stack))
        {
            foreach (var position in rule.GetProperty("passed").EnumerateArray())
            {
                yield return (name, $"{name}.{Text(rule, "id")}", Subject(position.GetInt32()), "", "");
            }

            foreach (var finding in stack.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("rule").GetInt32() == index))
            {
                var outcome = Text(finding, "state") switch { "fail" => "failure", "fault" => "error", _ => "skipped" };
                yield return (
                    name, $"{name}.{Text(rule, "id")}", Subject(finding.GetProperty("resource").GetInt32()), outcome,
                    Valid(string.Join('\n', finding.GetProperty("notes").EnumerateArray().Select(note => note.GetString()))));
            }
        }

        foreach (var duty in Duties(stack))
        {
            var status = DutyStatus(report, duty);
            yield return (name, $"{name}.duties", Text(duty, "id"), status switch { "overdue" => "failure", "manual" => "skipped", _ => "" }, status switch
            {
                "overdue" => $"{Text(duty, "title")}: the evidence {Text(duty.GetProperty("evidence"), "file")} counted until {Text(duty.GetProperty("evidence"), "validUntil")}.",
                "manual" => $"{Text(duty, "title")}: there is no evidence of it.",
                _ => "",
            });
        }
    }

    // As XML has it: what it cannot hold is replaced.
    private static string Valid(string text) => string.Concat(text.Select(character => System.Xml.XmlConvert.IsXmlChar(character) ? character : '\uFFFD'));

    private static Dictionary<string, int> CountsOf(JsonElement stack, int? rule)
    {
        var findings = stack.GetProperty("findings").EnumerateArray().Where(finding => rule is null || finding.GetProperty("rule").GetInt32() == rule)
            .CountBy(finding => Text(finding, "state")).ToDictionary();
        var counts = States.ToDictionary(state => state, state => findings.GetValueOrDefault(state));
        counts["pass"] = Rules(stack).Where(each => rule is null || each.Index == rule).Sum(each => each.Rule.GetProperty("passed").GetArrayLength());
        return counts;
    }

    private static Dictionary<string, int> Sum(IEnumerable<Dictionary<string, int>> parts) =>
        parts.Aggregate(States.ToDictionary(state => state, _ => 0), (sum, part) => States.ToDictionary(state => state, state => sum[state] + part[state]));

    private static string StatusOf(JsonElement stack, string key)
    {
        var counts = Sum(Rules(stack).Where(rule => rule.Rule.GetProperty("controls").EnumerateArray().Any(each => each.GetString() == key)).Select(rule => CountsOf(stack, rule.Index)));
        var statuses = new List<string>
        {
            counts["fault"] + counts["fail"] > 0 ? "fail" : counts["undecided"] > 0 ? "undecided" : counts["waived"] > 0 ? "waived" : counts["pass"] > 0 ? "pass" : "notApplicable",
        };
        statuses.AddRange(Duties(stack).Where(duty => duty.GetProperty("controls").EnumerateArray().Any(each => each.GetString() == key)).Select(duty => Text(duty, "status")));
        return Order.First(statuses.Contains);
    }

    private static IEnumerable<string> Keys(JsonElement stack, string framework) => Rules(stack).SelectMany(rule => rule.Rule.GetProperty("controls").EnumerateArray())
        .Concat(Duties(stack).SelectMany(duty => duty.GetProperty("controls").EnumerateArray()))
        .Select(key => key.GetString()!).Where(key => key.StartsWith($"{framework}:", StringComparison.Ordinal)).Distinct();

    private static (int Passed, int Applicable) ScoreOf(JsonElement stack, string framework)
    {
        var statuses = Keys(stack, framework).Select(key => StatusOf(stack, key)).ToList();
        return (statuses.Count(status => status == "pass"), statuses.Count(status => status != "notApplicable"));
    }

    private static string DutyStatus(JsonElement report, JsonElement duty)
    {
        if (!duty.TryGetProperty("evidence", out var evidence))
        {
            return "manual";
        }

        var left = DateOnly.Parse(Text(evidence, "validUntil"), CultureInfo.InvariantCulture).DayNumber
            - DateOnly.Parse(Text(report, "asOf"), CultureInfo.InvariantCulture).DayNumber;
        Assert.Equal(left, evidence.GetProperty("daysLeft").GetInt32());
        return left < 0 ? "overdue" : "pass";
    }

    private static void AssertChecks(Dictionary<string, int> expected, JsonElement actual)
    {
        Assert.All(States, state => Assert.Equal(expected[state], actual.GetProperty(state).GetInt32()));
        Assert.Equal(Percent(expected["pass"], States.Sum(state => expected[state])), actual.TryGetProperty("percent", out var percent) ? percent.GetInt32() : null);
    }

    private static int? Percent(int part, int whole) => whole == 0 ? null : (int)Math.Floor(100m * part / whole);

    private static string Shown(int part, int whole) => Percent(part, whole) is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} %") : "–";

    private static int RowsBelow(List<string> lines, string heading) => Math.Max(0, lines
        .SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('#')).Count(line => line.StartsWith("| ", StringComparison.Ordinal)) - 2);

    private static SortedDictionary<string, int> Words(Dictionary<string, int> counts) =>
        new(counts.Where(count => count.Value > 0).ToDictionary(count => count.Key, count => count.Value), StringComparer.Ordinal);

    private static SortedDictionary<string, int> Numbers(JsonElement element) =>
        new(element.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetInt32()), StringComparer.Ordinal);

    private static string Length(JsonElement element, string name) => element.GetProperty(name).GetArrayLength().ToString(CultureInfo.InvariantCulture);

    private static List<JsonElement> Stacks(JsonElement report) => [.. report.GetProperty("stacks").EnumerateArray()];

    private static List<JsonElement> Duties(JsonElement stack) => [.. stack.GetProperty("duties").EnumerateArray()];

    private static IEnumerable<(JsonElement Rule, int Index)> Rules(JsonElement stack) => stack.GetProperty("rules").EnumerateArray().Select((rule, index) => (rule, index));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>The files of two reports: one with every state, and one of a stack that breaks rules.</summary>
    public sealed class Documents : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("canton-infra-numbers-");
        private readonly Dictionary<string, JsonElement> _json = [];
        private readonly Lazy<bool> _mainnet;

        public Documents() => _mainnet = new(() =>
        {
            var run = ReportRun.InvokeAsync(
                "report", "--out", Path.Combine(_folder.FullName, "mainnet"), "--stack", "mainnet", "--format", "json", "--format", "markdown", "--format", "junit",
                "--format", "sarif", "--format", "html", "-C", Repository.Root).GetAwaiter().GetResult();
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            return true;
        });

        public string Text(string name, string format)
        {
            if (name == "sample")
            {
                return WriterTests.Text(format);
            }

            Assert.True(_mainnet.Value);
            return File.ReadAllText(Path.Combine(_folder.FullName, name, ReportFiles.NameOf(format)));
        }

        public JsonElement Json(string name)
        {
            if (!_json.TryGetValue(name, out var element))
            {
                using var document = JsonDocument.Parse(Text(name, "json"));
                _json[name] = element = document.RootElement.Clone();
            }

            return element;
        }

        public JsonElement Shown(string name)
        {
            var browser = NpmWorkspace.RequireBrowser();
            var (page, result) = (Path.Combine(_folder.FullName, $"{name}.html"), Path.Combine(_folder.FullName, $"{name}.json"));
            File.WriteAllText(page, Text(name, "html"));
            var (code, output) = NpmWorkspace.RunScript("numbers.mjs", new Dictionary<string, string> { ["CHROME_PATH"] = browser }, page, result);
            Assert.True(code == 0, output);
            using var document = JsonDocument.Parse(File.ReadAllText(result));
            return document.RootElement.Clone();
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
