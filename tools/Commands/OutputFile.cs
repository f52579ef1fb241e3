using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Tools.Commands;

/// <summary>Files that a command writes: whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file beside its place and moves it there when it is complete.</summary>
    /// <exception cref="ConfigurationException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.tmp";
        try
        {
            using (var stream = File.Create(temporary))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "output-file", $"The file cannot be written: {exception.Message}", new SourceLocation(path)));
        }
    }
}
