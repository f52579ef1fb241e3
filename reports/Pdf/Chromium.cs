using System.Diagnostics;
using System.Globalization;

namespace CantonInfra.Reports.Pdf;

/// <summary>A Chromium of the machine, which prints pages.</summary>
internal sealed class Chromium
{
    /// <summary>The environment variable that names the program.</summary>
    public const string Variable = "CHROME_PATH";

    /// <summary>What to do where there is none.</summary>
    public const string Help = $"Install Chromium, Chrome or Edge, or name its program with {Variable}.";

    private const int LongestError = 400;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Names =
    [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private readonly string _program;

    private Chromium(string program) => _program = program;

    /// <summary>Where the program is.</summary>
    public string ProgramPath => _program;

    /// <summary>The browser that the environment names, else one of known names on the path; null where there is none.</summary>
    /// <param name="environment">Gives an environment variable or null.</param>
    public static Chromium? Find(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? new Chromium(named) : null;
        }

        var folders = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names
            .SelectMany(name => Path.IsPathRooted(name) ? [name] : folders.SelectMany(folder => Candidates(Path.Combine(folder, name))))
            .Where(File.Exists)
            .Select(path => new Chromium(path))
            .FirstOrDefault();
    }

    /// <summary>Prints a page to a PDF file.</summary>
    /// <param name="writePage">Writes the page.</param>
    /// <param name="file">The PDF file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What went wrong; null where the file is there.</returns>
    public async Task<string?> PrintAsync(Action<Stream> writePage, string file, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-print-");
        try
        {
            var page = Path.Combine(folder.FullName, "index.html");
            var printed = Path.Combine(folder.FullName, "report.pdf");
            await using (var stream = File.Create(page))
            {
                writePage(stream);
            }

            var (code, error) = await RunAsync(ArgumentsFor(folder.FullName, page, printed), cancellation);
            if (!File.Exists(printed))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{_program} ended with exit code {code} and printed nothing: {Short(error)}");
            }

            File.Move(printed, file, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            return $"{_program} cannot be used: {exception.Message}";
        }
        finally
        {
            TryDelete(folder);
        }
    }

    // No network at all: the page needs none, and what cannot be asked cannot be told.
    private static IEnumerable<string> ArgumentsFor(string folder, string page, string printed) =>
    [
        "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-quic", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={Path.Combine(folder, "profile")}",
        "--no-pdf-header-footer", "--run-all-compositor-stages-before-draw", $"--print-to-pdf={printed}",

        // As root the sandbox refuses to start; what is shown is our own page, without a network.
        .. OperatingSystem.IsLinux() && Environment.UserName == "root" ? (string[])["--no-sandbox"] : [],
        $"{new Uri(page).AbsoluteUri}#print",
    ];

    private static IEnumerable<string> Candidates(string path) => OperatingSystem.IsWindows() ? [$"{path}.exe", path] : [path];

    private static string Short(string error) => error.Length > LongestError ? $"…{error[^LongestError..]}" : error;

    private static void TryDelete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A browser that is slow to end still holds a file; the system's own cleaning takes the folder.
        }
    }

    private async Task<(int ExitCode, string Error)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Limit);
        using var process = Process.Start(new ProcessStartInfo(_program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new IOException("it did not start");
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return (-1, "it took too long");
        }

        await output;
        return (process.ExitCode, (await error).Trim());
    }
}
