using System.Text.Json;

namespace CantonInfra.Tools.Differences.Saved;

/// <summary>Reads JSON that anybody may have written: within limits, and with one kind of error.</summary>
internal static class StrictJson
{
    // Property values nest less deep than this in any program that was seen.
    private const int MostDepth = 200;

    /// <summary>Reads a file as a document.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How long it may be.</param>
    /// <param name="read">Reads the document's root.</param>
    /// <exception cref="FormatException">There is no such file, it is too long, it is a link, or it is not what was expected.</exception>
    public static T ReadFile<T>(string path, long mostBytes, Func<JsonElement, T> read)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FormatException($"There is no file '{file.Name}'.");
        }

        if (file.LinkTarget is not null || file.Length > mostBytes)
        {
            throw new FormatException($"'{file.Name}' is a link, or longer than {mostBytes} bytes.");
        }

        return Read(() =>
        {
            using var stream = file.OpenRead();
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = MostDepth });
            return read(document.RootElement);
        });
    }

    /// <summary>Turns all that reading a document of another shape gives into one kind of error.</summary>
    /// <exception cref="FormatException">The document has another shape.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or InvalidCastException or ArgumentException or OverflowException or IOException)
        {
            throw new FormatException($"The file is not what was expected: {exception.Message}", exception);
        }
    }

    /// <summary>The items of a list.</summary>
    /// <exception cref="FormatException">There are too many.</exception>
    public static IEnumerable<JsonElement> Items(JsonElement list, int most) =>
        list.GetArrayLength() <= most ? list.EnumerateArray() : throw new FormatException($"A list has {list.GetArrayLength()} items; {most} are the most that is read.");

    /// <summary>A text, cut where it is too long.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Text(JsonElement element, int most)
    {
        var text = element.GetString() ?? throw new FormatException("A text is missing.");
        return text.Length <= most ? text : text[..most];
    }

    /// <summary>A text that may be missing.</summary>
    public static string? TextOrNull(JsonElement parent, string name, int most) =>
        parent.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null ? Text(element, most) : null;
}
