using System.Text.Json;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Tools.Differences.Saved;
using CantonInfra.Tools.Rendering;

namespace CantonInfra.Tools.Commands;

/// <summary>Saved plans.</summary>
internal static class PlanFile
{
    /// <summary>Saves a plan.</summary>
    public static void Save(string path, Plan plan) => OutputFile.Write(path, stream =>
    {
        using (var writer = new Utf8JsonWriter(stream, PreviewJson.Options))
        {
            PlanJson.Write(writer, plan);
        }

        stream.WriteByte((byte)'\n');
    });

    /// <summary>Loads a saved plan.</summary>
    /// <exception cref="ConfigurationException">There is none, or the file is something else.</exception>
    public static Plan Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return StrictPlan.Checked(PlanJson.Read(stream));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(path))
        {
            throw new ConfigurationException(Diagnostic.Error(
                "plan-file", "There is no such file. './canton-infra preview --save-plan FILE' writes one.", new SourceLocation(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigurationException(Diagnostic.Error("plan-file", exception.Message, new SourceLocation(path)));
        }
    }
}
