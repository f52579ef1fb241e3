namespace CantonInfra.Engine.Projects;

/// <summary>A configuration key: a namespace and a name, written <c>namespace:name</c>.</summary>
/// <param name="Namespace">A package's or project's name.</param>
/// <param name="Name">The name within it.</param>
public sealed record ConfigKey(string Namespace, string Name)
{
    /// <summary>
    /// Reads a key. Without a namespace the project's is meant; the old form <c>ns:config:name</c> counts as <c>ns:name</c>.
    /// </summary>
    /// <returns>The key, or null where the text is none.</returns>
    public static ConfigKey? TryParse(string text, string project)
    {
        var parts = text.Split(':', 3);
        var (ns, name) = parts switch
        {
            [var only] => (project, only),
            [var first, "config", var last] => (first, last),
            [var first, var last] => (first, last),
            _ => ("", ""),
        };
        return ns.Length > 0 && name.Length > 0 && !name.Contains(':', StringComparison.Ordinal) ? new ConfigKey(ns, name) : null;
    }

    /// <summary>The key as <c>namespace:name</c>.</summary>
    public override string ToString() => $"{Namespace}:{Name}";
}
