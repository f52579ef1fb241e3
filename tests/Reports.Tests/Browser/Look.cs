using System.Text.Json;

namespace CantonInfra.Reports.Tests.Browser;

/// <summary>What a real browser saw of a page; see tests/Reports/browse.mjs.</summary>
internal static class Look
{
    /// <summary>The variable that names a folder for screenshots, for those who want to see them.</summary>
    private const string ScreenshotsVariable = "CANTON_INFRA_SCREENSHOTS";

    /// <summary>Shows a page to a browser.</summary>
    /// <param name="write">Writes the page.</param>
    /// <param name="name">The name of its screenshots' folder.</param>
    /// <param name="extent"><c>all</c>, or <c>filters</c> for what can be done only, without every view.</param>
    public static JsonElement At(Action<Stream> write, string name, string extent = "all")
    {
        var browser = NpmWorkspace.RequireBrowser();
        var folder = Directory.CreateTempSubdirectory("canton-infra-look-");
        try
        {
            var page = Path.Combine(folder.FullName, "index.html");
            var result = Path.Combine(folder.FullName, "result.json");
            using (var stream = File.Create(page))
            {
                write(stream);
            }

            string[] screenshots = Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 } where ? [Path.Combine(where, name)] : [];
            var (code, output) = NpmWorkspace.RunScript(
                "browse.mjs", new Dictionary<string, string> { ["CHROME_PATH"] = browser }, [page, result, extent, .. screenshots]);
            Assert.True(code == 0, output);
            using var document = JsonDocument.Parse(File.ReadAllText(result));
            return document.RootElement.Clone();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Asks a page single things.</summary>
    /// <param name="write">Writes the page.</param>
    /// <param name="questions">The address within the page, and a script whose value is the answer.</param>
    public static List<string> Ask(Action<Stream> write, params (string Hash, string Script)[] questions)
    {
        var browser = NpmWorkspace.RequireBrowser();
        var folder = Directory.CreateTempSubdirectory("canton-infra-ask-");
        try
        {
            var page = Path.Combine(folder.FullName, "index.html");
            var result = Path.Combine(folder.FullName, "result.json");
            using (var stream = File.Create(page))
            {
                write(stream);
            }

            var list = JsonSerializer.Serialize(questions.Select(question => new { hash = question.Hash, script = question.Script }));
            var (code, output) = NpmWorkspace.RunScript("ask.mjs", new Dictionary<string, string> { ["CHROME_PATH"] = browser }, page, result, list);
            Assert.True(code == 0, output);
            using var document = JsonDocument.Parse(File.ReadAllText(result));
            return document.RootElement.Texts();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The texts of a list.</summary>
    public static List<string> Texts(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>What is wrong with any view, at any width, in light or dark.</summary>
    public static IEnumerable<string> Problems(this JsonElement result)
    {
        foreach (var look in result.GetProperty("looks").EnumerateArray())
        {
            var where = $"{look.GetProperty("view").GetString()} {look.GetProperty("width").GetInt32()} {look.GetProperty("colorScheme").GetString()}";
            foreach (var violation in look.GetProperty("violations").Texts())
            {
                yield return $"{where}: {violation}";
            }

            if (look.GetProperty("overflow").GetInt32() > 0)
            {
                yield return $"{where}: wider than the window by {look.GetProperty("overflow").GetInt32()}";
            }

            if (look.GetProperty("text").GetInt32() < 20)
            {
                yield return $"{where}: empty";
            }
        }
    }
}
