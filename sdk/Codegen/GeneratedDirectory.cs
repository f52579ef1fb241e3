namespace CantonInfra.Codegen;

/// <summary>The folder that generated files go to. It is the generator's own: what is no longer generated is removed.</summary>
internal static class GeneratedDirectory
{
    /// <summary>Brings the folder to exactly these files; a file that is right already keeps its time.</summary>
    /// <returns>How many files were written or removed.</returns>
    public static int Update(string directory, IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(directory);
        var changes = 0;
        foreach (var path in Directory.EnumerateFiles(directory, "*.cs"))
        {
            if (!files.ContainsKey(Path.GetFileName(path)))
            {
                File.Delete(path);
                changes++;
            }
        }

        foreach (var (name, text) in files)
        {
            var path = Path.Combine(directory, name);
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                continue;
            }

            File.WriteAllText(path, text);
            changes++;
        }

        return changes;
    }
}
