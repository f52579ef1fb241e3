namespace CantonInfra.Fakes;

/// <summary>
/// A script that can be run as a command at once. It is a link to a file that this process has never had open for writing: one that it has just
/// written is 'busy' to the system while another test starts a process, which has it open too for a moment.
/// </summary>
internal static class ExecutableScript
{
    /// <summary>Writes it; one of the same name is replaced.</summary>
    /// <param name="path">The command.</param>
    /// <param name="body">The script, in bash; <c>$0</c> is the command.</param>
    public static void Write(string path, string body)
    {
        File.WriteAllText($"{path}.script", body);
        if (!File.Exists(path))
        {
            File.CreateSymbolicLink(path, Path.Combine(AppContext.BaseDirectory, "beside"));
        }
    }
}
