using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Tells which database a grant or an extension is in.</summary>
internal static class DatabasePart
{
    /// <summary>Whether a part is in a database: it takes the name from it, or names it over the same connection.</summary>
    public static bool IsOf(StackResourceView part, StackResourceView database, StackView resources)
    {
        var sources = resources.SourcesOf(part, "database");
        return sources.Any(source => source.Urn == database.Urn)
            || (sources.IsEmpty && part.Provider?.Urn == database.Provider?.Urn
                && part.Read("database").TryGetText(out var name) && database.Read("name").TryGetText(out var own) && name == own);
    }
}
