using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine.Projects;
using CantonInfra.Reports.Duties;
using CantonInfra.Reports.Licences;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Pdf;
using CantonInfra.Reports.Rules;
using CantonInfra.Reports.Sources;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Previews stacks and writes one result in every format (P4).</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock: its day is the report's.</param>
internal sealed class ReportCommand(Terminal terminal, Func<string, string?> environment, TimeProvider clock)
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 5 where a mandatory rule is violated, with the report written all the same.</returns>
    public async Task<int> RunAsync(ReportOptions options, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(options, cancellation);
        }
        catch (ConfigurationException exception)
        {
            return Fail(exception.Diagnostics, ExitCodes.Configuration);
        }
        catch (RunFailedException exception)
        {
            return Fail([exception.Diagnostic], ExitCodes.Error);
        }
    }

    private static async Task<ImmutableArray<RuleCatalogue>> CataloguesAsync(
        ImmutableArray<string> packs, IProgress<Engine.PreviewProgress> progress, CancellationToken cancellation)
    {
        var catalogues = ImmutableArray.CreateBuilder<RuleCatalogue>();
        foreach (var pack in packs)
        {
            try
            {
                catalogues.Add(RuleCatalogue.Parse(await PolicyCatalogueSource.ReadAsync(pack, progress, cancellation)));
            }
            catch (Exception exception) when (exception is RunFailedException or JsonException
                || (exception is ConfigurationException { Diagnostics: [{ Id: "policy-runtime" }, ..] }))
            {
                // A pack of another SDK tells only what its preview says: names, descriptions, findings.
            }
        }

        return catalogues.ToImmutable();
    }

    private async Task<int> WriteAsync(ReportOptions options, CancellationToken cancellation)
    {
        var project = ProjectFile.Load(options.Directory);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var evidence = EvidenceFolder.Load(project.RootDirectory, [.. project.StackNames], today);
        var packs = PolicyPackFolders.Of(options.PolicyPacks, project);
        var sources = ComponentSources.Read(project.RootDirectory, project.ProgramDirectory);
        var stacks = options.Stacks.IsEmpty ? [.. project.StackNames] : options.Stacks.Distinct(StringComparer.Ordinal).ToImmutableArray();
        var runs = ImmutableArray.CreateBuilder<StackRun>();
        foreach (var stack in stacks)
        {
            var (run, exitCode) = await new StackPreviews(terminal, environment, clock).RunAsync(
                project, stack, options.Config, packs, sources, cancellation);
            if (run is null)
            {
                return exitCode;
            }

            runs.Add(run);
        }

        var report = ReportBuilder.Build(new ReportInput(
            project.Name,
            today,
            typeof(ReportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            runs.ToImmutable(),
            await CataloguesAsync(packs, new ProgressLine(terminal), cancellation),
            evidence,
            ShippedPackages.All));
        await WriteFilesAsync(options, report, cancellation);
        Summarize(report);
        return report.HasMandatory ? ExitCodes.PolicyViolation : ExitCodes.Success;
    }

    private async Task WriteFilesAsync(ReportOptions options, Report report, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(options.Output);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "output-folder", $"The folder cannot be made: {exception.Message}", new SourceLocation(options.Output)));
        }

        foreach (var format in ReportFiles.Formats.Where(options.Formats.Contains))
        {
            var path = Path.Combine(options.Output, ReportFiles.NameOf(format));
            if (format == "pdf")
            {
                await PrintAsync(path, report, cancellation);
                continue;
            }

            OutputFile.Write(path, stream => ReportFiles.Write(stream, format, report));
            terminal.Output.WriteLine(path);
        }
    }

    private async Task PrintAsync(string path, Report report, CancellationToken cancellation)
    {
        if (Chromium.Find(environment) is not { } browser)
        {
            terminal.Error.WriteLine($"warning: no {Path.GetFileName(path)}: there is no Chromium on this machine. {Chromium.Help} All else is written.");
            return;
        }

        var problem = await browser.PrintAsync(stream => ReportFiles.Write(stream, "html", report), path, cancellation);
        if (problem is null)
        {
            terminal.Output.WriteLine(path);
        }
        else
        {
            terminal.Error.WriteLine($"warning: no {Path.GetFileName(path)}: {problem} All else is written.");
        }
    }

    private void Summarize(Report report)
    {
        foreach (var stack in report.Stacks)
        {
            var counts = stack.Counts;
            var overdue = stack.Duties.Count(duty => duty.Status == ControlStatus.Overdue);
            terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{stack.Name}: {counts.Pass} pass, {counts.Fail} fail, {counts.Fault} fault, {counts.Undecided} undecided, {counts.Waived} waived; {overdue} overdue"));
        }
    }

    private int Fail(IEnumerable<Diagnostic> diagnostics, int exitCode)
    {
        foreach (var diagnostic in diagnostics)
        {
            terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
        }

        return exitCode;
    }
}
