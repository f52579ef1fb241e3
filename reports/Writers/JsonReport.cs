using System.Globalization;
using System.Text.Json;
using CantonInfra.Reports.Controls;
using CantonInfra.Reports.Licences;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Topology;

namespace CantonInfra.Reports.Writers;

/// <summary>The report as JSON: the document of <c>reports/report.schema.json</c>, which the page holds too.</summary>
/// <remarks>
/// Resources and rules are named by their positions, since URNs are long. The default encoder is meant: what it writes can stand in HTML.
/// </remarks>
internal static class JsonReport
{
    private const int Version = 1;

    /// <summary>Writes the report.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="isInPage">Whether it is for the page: on one line, and with the picture.</param>
    public static void Write(Stream stream, Report report, bool isInPage)
    {
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = !isInPage, NewLine = "\n", MaxDepth = 1000 }))
        {
            Write(writer, report, isInPage);
        }

        if (!isInPage)
        {
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>A word as JSON has it: camelCase.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static void Write(Utf8JsonWriter writer, Report report, bool isInPage)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("project", report.Project);
        writer.WriteString("asOf", Day(report.AsOf));
        writer.WriteString("generator", $"canton-infra {report.Version}");
        WriteCounts(writer, "checks", report.Counts);
        writer.WriteNumber("overdueDuties", report.OverdueDuties);
        writer.WriteStartArray("frameworks");
        foreach (var framework in report.Stacks.SelectMany(stack => stack.Frameworks).Distinct(StringComparer.Ordinal)
            .OrderBy(ControlTitles.Rank).ThenBy(id => id, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id", framework);
            writer.WriteString("title", ControlTitles.Framework(framework));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteArray(writer, "stacks", report.Stacks, stack => WriteStack(writer, stack, isInPage));
        WriteArray(writer, "waivers", report.Waivers, waiver =>
        {
            writer.WriteString("rule", waiver.Entry.Rule);
            writer.WriteString("subject", waiver.Entry.Subject);
            writer.WriteString("owner", waiver.Entry.Owner);
            writer.WriteString("reason", waiver.Entry.Reason);
            writer.WriteString("ticket", waiver.Entry.Ticket);
            writer.WriteString("expires", Day(waiver.Entry.Expires));
            writer.WriteNumber("daysLeft", waiver.DaysLeft);
            writer.WriteNumber("uses", waiver.Uses);
        });
        WriteArray(writer, "licences", report.Licences, package => WriteLicence(writer, package));
        writer.WriteEndObject();
    }

    private static void WriteStack(Utf8JsonWriter writer, StackReport stack, bool isInPage)
    {
        writer.WriteString("name", stack.Name);
        writer.WriteString("kind", stack.Kind);
        WriteTexts(writer, "packs", stack.Packs);
        WriteCounts(writer, "checks", stack.Counts);
        WriteArray(writer, "scores", stack.Frameworks, framework =>
        {
            var score = stack.ScoreOf(framework);
            writer.WriteString("framework", framework);
            writer.WriteNumber("passed", score.Passed);
            writer.WriteNumber("applicable", score.Applicable);
            WritePercent(writer, score);
        });
        WriteArray(writer, "controls", stack.Controls, control =>
        {
            writer.WriteString("framework", control.Framework);
            writer.WriteString("id", control.Id);
            writer.WriteString("title", control.Title);
            writer.WriteString("status", Word(control.Status));
            WriteNumbers(writer, "rules", control.Rules);
            WriteTexts(writer, "duties", control.Duties);
            WriteCounts(writer, "checks", control.Counts);
        });
        WriteArray(writer, "rules", stack.Rules, rule =>
        {
            writer.WriteString("pack", rule.Pack);
            writer.WriteString("id", rule.Id);
            writer.WriteString("title", rule.Title);
            writer.WriteString("severity", rule.Severity);
            writer.WriteString("level", rule.Level);
            writer.WriteString("rationale", rule.Rationale);
            writer.WriteString("remediation", rule.Remediation);
            WriteTexts(writer, "controls", rule.Controls);
            WriteCounts(writer, "checks", rule.Counts);
            WriteNumbers(writer, "passed", rule.Passed);
        });
        WriteArray(writer, "findings", stack.Checks, check =>
        {
            writer.WriteNumber("rule", check.Rule);
            writer.WriteNumber("resource", check.Resource);
            writer.WriteString("state", Word(check.State));
            writer.WriteBoolean("mandatory", check.IsMandatory);
            WriteTexts(writer, "notes", check.Notes);
            WritePlace(writer, check.File, check.Line);
            writer.WriteString("fingerprint", check.Fingerprint);
        });
        WriteArray(writer, "duties", stack.Duties, duty => WriteDuty(writer, duty));
        WriteAreas(writer, stack);
        JsonNetwork.Write(writer, stack, isInPage);
        WriteArray(writer, "resources", stack.Resources, resource => WriteResource(writer, resource));
        if (isInPage)
        {
            writer.WriteString("topology", TopologySvg.Write(stack.Topology, isInPage: true));
        }
    }

    private static void WriteAreas(Utf8JsonWriter writer, StackReport stack)
    {
        WriteArray(writer, "access", stack.Access, row =>
        {
            writer.WriteString("plane", row.Plane);
            writer.WriteBoolean("person", row.IsPerson);
            writer.WriteString("who", row.Who);
            writer.WriteString("duty", row.Duty);
            writer.WriteString("role", row.Role);
            writer.WriteString("scope", row.Scope);
            writer.WriteString("why", row.Why);
        });
        writer.WriteStartObject("recovery");
        writer.WriteString("promise", stack.Recovery.Promise);
        if (stack.Recovery.IsKept is { } isKept)
        {
            writer.WriteBoolean("kept", isKept);
        }

        WriteArray(writer, "objectives", stack.Recovery.Objectives, objective =>
        {
            writer.WriteString("failure", objective.Failure);
            writer.WriteString("title", objective.Title);
            writer.WriteString("objective", objective.Objective);
            if (objective.IsWithin is { } isWithin)
            {
                writer.WriteBoolean("within", isWithin);
            }
        });
        WriteArray(writer, "servers", stack.Recovery.Servers, server =>
        {
            writer.WriteString("server", server.Server);
            writer.WriteString("backupDays", server.BackupDays);
            writer.WriteString("geoRedundantBackup", server.GeoRedundantBackup);
            writer.WriteString("highAvailability", server.HighAvailability);
        });
        writer.WriteEndObject();
        WriteArray(writer, "residency", stack.Residency, store =>
        {
            writer.WriteString("data", store.Data);
            writer.WriteString("store", store.Store);
            writer.WriteString("type", store.Type);
            writer.WriteString("region", store.Region);
            writer.WriteString("copyRegion", store.CopyRegion);
            writer.WriteString("key", store.Key);
            writer.WriteNumber("resource", store.Resource);
        });
        WriteArray(writer, "responsibility", stack.Responsibility, responsibility =>
        {
            writer.WriteString("area", responsibility.Area.Name);
            writer.WriteString("provider", responsibility.Area.Provider);
            writer.WriteString("platform", responsibility.Area.Platform);
            writer.WriteString("customer", responsibility.Area.Customer);
            WriteTexts(writer, "requirements", responsibility.Area.Requirements);
            writer.WriteString("status", Word(responsibility.Status));
            WriteTexts(writer, "duties", responsibility.Duties);
            writer.WriteString("customerStatus", Word(responsibility.CustomerStatus));
        });
    }

    private static void WriteDuty(Utf8JsonWriter writer, DutyReport duty)
    {
        writer.WriteString("id", duty.Duty.Id);
        writer.WriteString("title", duty.Duty.Title);
        writer.WriteString("instruction", duty.Duty.Instruction);
        writer.WriteString("period", duty.Duty.Period);
        writer.WriteNumber("mostDays", duty.Duty.MostDays);
        writer.WriteString("page", duty.Duty.Page);
        WriteTexts(writer, "controls", duty.Duty.Controls);
        writer.WriteString("status", Word(duty.Status));
        if (duty.Evidence is { } evidence)
        {
            writer.WriteStartObject("evidence");
            writer.WriteString("file", evidence.File);
            writer.WriteString("performedOn", Day(evidence.PerformedOn));
            writer.WriteString("performedBy", evidence.PerformedBy);
            writer.WriteString("artefact", evidence.Artefact);
            writer.WriteString("sha256", evidence.Sha256);
            writer.WriteString("validUntil", Day(evidence.ValidUntil));
            writer.WriteNumber("daysLeft", duty.DaysLeft);
            writer.WriteEndObject();
        }
    }

    private static void WriteResource(Utf8JsonWriter writer, ResourceReport resource)
    {
        writer.WriteString("urn", resource.Urn);
        writer.WriteString("type", resource.Type);
        writer.WriteString("name", resource.Name);
        writer.WriteString("kind", resource.Kind);
        if (resource.Parent >= 0)
        {
            writer.WriteNumber("parent", resource.Parent);
        }

        if (resource.Dependencies.Length > 0)
        {
            WriteNumbers(writer, "dependencies", resource.Dependencies);
        }

        if (resource.Region.Length > 0)
        {
            writer.WriteString("region", resource.Region);
        }

        if (resource.IsProtected)
        {
            writer.WriteBoolean("protected", true);
        }

        WritePlace(writer, resource.File, resource.Line);
        using var properties = JsonDocument.Parse(resource.Properties, new JsonDocumentOptions { MaxDepth = 1000 });
        writer.WritePropertyName("properties");
        properties.WriteTo(writer);
    }

    private static void WriteLicence(Utf8JsonWriter writer, ShippedPackage package)
    {
        writer.WriteString("name", package.Name);
        writer.WriteString("version", package.Version);
        writer.WriteString("licence", package.Licence);
        writer.WriteString("copyright", package.Copyright);
        writer.WriteString("programs", package.Programs);
    }

    private static void WritePlace(Utf8JsonWriter writer, string file, int line)
    {
        if (file.Length > 0)
        {
            writer.WriteString("file", file);
            writer.WriteNumber("line", line);
        }
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, CheckCounts counts)
    {
        writer.WriteStartObject(name);
        foreach (var state in Enum.GetValues<CheckState>())
        {
            writer.WriteNumber(Word(state), counts.Of(state));
        }

        WritePercent(writer, counts.Score);
        writer.WriteEndObject();
    }

    private static void WritePercent(Utf8JsonWriter writer, Score score)
    {
        if (score.Percent is { } percent)
        {
            writer.WriteNumber("percent", percent);
        }
    }

    /// <summary>Writes a list of objects.</summary>
    internal static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a list of texts.</summary>
    internal static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
