namespace CantonInfra.Infra.Settings;

/// <summary>Guesses which name was meant.</summary>
internal static class NearestName
{
    private const int MostEdits = 3;

    /// <summary>A question that names the nearest candidate, with a space in front; empty where none is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var nearest = candidates
            .Select(candidate => (Name: candidate, Edits: Edits(name, candidate)))
            .Where(candidate => candidate.Edits <= Math.Min(MostEdits, name.Length / 2))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    // The Levenshtein distance without regard to case, row by row.
    private static int Edits(string from, string to)
    {
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var (i, character) in from.Index())
        {
            var current = new int[to.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                var isSame = char.ToUpperInvariant(character) == char.ToUpperInvariant(to[j]);
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (isSame ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
