using System.Text.Encodings.Web;
using System.Text.Json;

namespace CantonInfra.PolicySdk;

/// <summary>
/// What a pack's rules say of themselves, as JSON in a stable order. A pack's program prints it when its one argument is
/// <see cref="Argument"/>.
/// </summary>
public static class PolicyCatalogue
{
    /// <summary>Asks a pack's program for its catalogue in place of starting it.</summary>
    public const string Argument = "--catalogue";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the catalogue of a pack.</summary>
    public static void Write(Stream stream, PolicyPack pack)
    {
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("pack", pack.Name);
            writer.WriteString("packVersion", pack.Version);
            writer.WriteString("description", pack.Description);
            writer.WriteStartArray("rules");
            foreach (var policy in pack.Policies.OrderBy(policy => policy.Id, StringComparer.Ordinal))
            {
                Write(writer, policy);
            }

            writer.WriteEndArray();
            WriteWaivers(writer, pack);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteWaivers(Utf8JsonWriter writer, PolicyPack pack)
    {
        writer.WriteStartArray("waivers");
        foreach (var waiver in pack.Waivers)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", waiver.Rule);
            writer.WriteString("subject", waiver.Subject.ToString());
            writer.WriteString("owner", waiver.Owner);
            writer.WriteString("reason", waiver.Reason);
            writer.WriteString("ticket", waiver.Ticket);
            writer.WriteString("expires", waiver.LastDay);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Policy policy)
    {
        writer.WriteStartObject();
        writer.WriteString("id", policy.Id);
        writer.WriteString("title", policy.Title);
        writer.WriteString("severity", policy.Severity.ToString().ToLowerInvariant());
        writer.WriteString("judges", policy is StackPolicy ? "stack" : "resource");
        writer.WriteBoolean("neverLowered", policy.IsNeverLowered);
        writer.WriteString("rationale", policy.Rationale);
        writer.WriteString("remediation", policy.Remediation);
        writer.WriteStartArray("controls");
        foreach (var control in policy.Controls)
        {
            writer.WriteStartObject();
            writer.WriteString("framework", control.Framework);
            writer.WriteString("id", control.Id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("resourceTypes");
        foreach (var type in policy is ResourcePolicy rule ? rule.ResourceTypes : [])
        {
            writer.WriteStringValue(type.ToString());
        }

        writer.WriteEndArray();
        writer.WriteStartArray("settings");
        foreach (var setting in policy.Settings)
        {
            writer.WriteStartObject();
            writer.WriteString("name", setting.Name);
            writer.WriteString("description", setting.Description);
            writer.WriteString("mustBe", setting.Expected);
            writer.WriteBoolean("required", setting.IsRequired);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (policy.Example is { } example)
        {
            writer.WriteStartObject("example");
            writer.WriteString("type", example.Type);
            WriteJson(writer, "good", example.Good);
            WriteJson(writer, "bad", example.Bad);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, string json)
    {
        using var document = JsonDocument.Parse(json);
        writer.WritePropertyName(name);
        document.RootElement.WriteTo(writer);
    }
}
