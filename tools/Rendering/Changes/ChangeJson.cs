using System.Text.Json;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>A report of changes for machines: one document in a stable order.</summary>
internal static class ChangeJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, ChangeReport report)
    {
        using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("source", report.Source == ChangeSource.Previews ? "previews" : "pulumiCli");
        writer.WriteString("base", report.FormerCommit);
        writer.WriteString("head", report.PresentCommit);
        if (report.IsCodeChange is { } isCodeChange)
        {
            writer.WriteBoolean("codeChange", isCodeChange);
        }

        WriteDangers(writer, report.Dangers);
        writer.WriteStartArray("stacks");
        foreach (var stack in report.Stacks)
        {
            Write(writer, stack);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes dangers as a member of the present object.</summary>
    public static void WriteDangers(Utf8JsonWriter writer, IEnumerable<Danger> dangers)
    {
        writer.WriteStartArray("dangers");
        foreach (var danger in dangers)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(danger.Kind.ToString()));
            writer.WriteString("grade", danger.Grade == DangerGrade.Grave ? "grave" : "notice");
            if (danger.IsRefused)
            {
                writer.WriteBoolean("refused", true);
            }

            writer.WriteString("urn", danger.Urn);
            writer.WriteString("what", danger.What);
            if (danger.Detail.Length > 0)
            {
                writer.WriteString("detail", danger.Detail);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the inputs that differ as a member of the present object, if there are any.</summary>
    public static void WriteProperties(Utf8JsonWriter writer, ResourceChange change)
    {
        if (change.Properties.Length == 0)
        {
            return;
        }

        if (change.MayReplace)
        {
            writer.WriteBoolean("mayReplace", true);
        }

        writer.WriteStartArray("propertyChanges");
        foreach (var property in change.Properties)
        {
            writer.WriteStartObject();
            writer.WriteString("path", property.Path.ToString());
            WriteValue(writer, "before", property.Former);
            WriteValue(writer, "after", property.Present);
            if (property.Replaces != Replacement.No)
            {
                writer.WriteString("replaces", property.Replaces == Replacement.Certain ? "yes" : "perhaps");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, StackDifference stack)
    {
        writer.WriteStartObject();
        writer.WriteString("stack", stack.Stack);
        if (ChangeWords.State(stack) is { } state)
        {
            writer.WriteString("state", state);
        }

        writer.WriteBoolean("refused", stack.IsRefused);
        writer.WriteStartObject("changes");
        foreach (var operation in ChangeWords.Operations)
        {
            writer.WriteNumber(OperationStyle.Word(operation), stack.Count(operation));
        }

        writer.WriteEndObject();
        WriteDangers(writer, stack.Dangers);
        writer.WriteStartArray("settings");
        foreach (var setting in stack.Settings)
        {
            writer.WriteStartObject();
            writer.WriteString("key", setting.Key);
            writer.WriteString("before", setting.Former);
            writer.WriteString("after", setting.Present);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("resources");
        foreach (var change in stack.Difference?.Changes.Where(ChangeWords.IsListed) ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("operation", OperationStyle.Word(change.Operation));
            writer.WriteString("urn", change.Resource.Urn);
            if (change.Former is { } former && former.Urn != change.Resource.Urn)
            {
                writer.WriteString("formerUrn", former.Urn);
            }

            WriteProperties(writer, change);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteFindings(writer, "newFindings", stack.Findings.Added);
        WriteFindings(writer, "fixedFindings", stack.Findings.Fixed);
        writer.WriteNumber("keptFindings", stack.Findings.Kept);
        writer.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter writer, string name, IEnumerable<Finding> findings)
    {
        writer.WriteStartArray(name);
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("pack", finding.Pack);
            writer.WriteString("policy", finding.Policy);
            writer.WriteString("level", finding.Level == PolicyLevel.Mandatory ? "mandatory" : "advisory");
            writer.WriteString("severity", finding.Severity);
            writer.WriteString("urn", finding.Urn);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, PropertyValue? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            PropertyJson.Write(writer, value);
        }
    }
}
