using System.Globalization;
using System.Xml;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Writers;

/// <summary>
/// The report as JUnit XML: a suite for each stack, a case for each check that applies and for each duty. Violations and overdue duties are
/// failures, faults are errors, what is undecided, waived or a person's to do is skipped.
/// </summary>
internal static class JunitReport
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, Report report)
    {
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new System.Text.UTF8Encoding(false) });
        var suites = report.Stacks.Select(stack => (stack, cases: Cases(stack).ToList())).ToList();
        writer.WriteStartElement("testsuites");
        Attribute(writer, "name", $"canton-infra {report.Project}");
        WriteCounts(writer, [.. suites.SelectMany(suite => suite.cases)]);
        foreach (var (stack, cases) in suites)
        {
            writer.WriteStartElement("testsuite");
            Attribute(writer, "name", stack.Name);
            WriteCounts(writer, cases);
            Attribute(writer, "skipped", Number(cases.Count(each => each.State is CheckState.Undecided or CheckState.Waived)));
            Attribute(writer, "timestamp", $"{report.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}T00:00:00");
            foreach (var each in cases)
            {
                Write(writer, stack, each);
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static IEnumerable<Case> Cases(StackReport stack)
    {
        var checks = stack.Checks.ToLookup(check => check.Rule);
        for (var index = 0; index < stack.Rules.Length; index++)
        {
            var rule = stack.Rules[index];
            foreach (var check in checks[index])
            {
                yield return new Case(rule.Id, NameOf(stack.Resources[check.Resource]), check.State, rule.Severity, string.Join('\n', check.Notes), rule.Remediation);
            }

            foreach (var position in rule.Passed)
            {
                yield return new Case(rule.Id, NameOf(stack.Resources[position]), CheckState.Pass, rule.Severity, "", "");
            }
        }

        foreach (var duty in stack.Duties)
        {
            var (state, text) = duty.Status switch
            {
                ControlStatus.Overdue => (CheckState.Fail, $"{duty.Duty.Title}: the evidence {duty.Evidence!.File} counted until {duty.Evidence.ValidUntil:yyyy-MM-dd}."),
                ControlStatus.Manual => (CheckState.Undecided, $"{duty.Duty.Title}: there is no evidence of it."),
                _ => (CheckState.Pass, ""),
            };
            yield return new Case("duties", duty.Duty.Id, state, "medium", text, duty.Duty.Instruction);
        }
    }

    private static string NameOf(ResourceReport resource) => $"{resource.Type} {resource.Name}";

    private static void Write(XmlWriter writer, StackReport stack, Case each)
    {
        writer.WriteStartElement("testcase");
        Attribute(writer, "classname", $"{stack.Name}.{each.Rule}");
        Attribute(writer, "name", each.Subject);
        Attribute(writer, "time", "0");
        var element = each.State switch
        {
            CheckState.Fail => "failure",
            CheckState.Fault => "error",
            CheckState.Pass => null,
            _ => "skipped",
        };
        if (element is not null)
        {
            // Jenkins' schema, which most readers go by, has the reason of what is skipped as text.
            writer.WriteStartElement(element);
            if (element == "skipped")
            {
                writer.WriteString(XmlText.Valid(each.Text));
            }
            else
            {
                Attribute(writer, "message", each.Text);
                Attribute(writer, "type", each.Severity);
                writer.WriteString(XmlText.Valid(each.Remedy));
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter writer, List<Case> cases)
    {
        Attribute(writer, "tests", Number(cases.Count));
        Attribute(writer, "failures", Number(cases.Count(each => each.State == CheckState.Fail)));
        Attribute(writer, "errors", Number(cases.Count(each => each.State == CheckState.Fault)));
        Attribute(writer, "time", "0");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Attribute(XmlWriter writer, string name, string value) => writer.WriteAttributeString(name, XmlText.Valid(value));

    private sealed record Case(string Rule, string Subject, CheckState State, string Severity, string Text, string Remedy);
}
