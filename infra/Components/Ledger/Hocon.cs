using System.Text.Json;
using System.Text.Encodings.Web;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>Text for Canton's configuration files, whose quoted strings are those of JSON.</summary>
internal static class Hocon
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text in quotes: without them a URL, an e-mail address or a version would be syntax.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, Plain);
}
