using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace CantonInfra.Tools.Commands;

/// <summary>What is wrong with a command line, one sentence for each mistake: what, of which verb, and what there is instead.</summary>
internal static class CommandLineMistakes
{
    // What is this far from a name is taken for a slip of the hand.
    private const int NearEnough = 2;

    /// <summary>The mistakes; none where there is none.</summary>
    public static ImmutableArray<string> Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return [];
        }

        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', Above(parsed.CommandResult).Reverse());
        var unmatched = parsed.UnmatchedTokens;
        if (command.Subcommands.Count > 0)
        {
            var verbs = command.Subcommands.Select(verb => verb.Name).ToArray();
            var of = path.Length > 0 ? $" of '{path}'" : "";
            return
            [
                unmatched is [{ } word, ..]
                    ? $"There is no verb '{word}'{of}.{Nearest(word, verbs)} There are: {string.Join(", ", verbs)}."
                    : $"Name a verb{of}: {string.Join(", ", verbs)}.",
            ];
        }

        var options = command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).ToArray();
        var mistakes = ImmutableArray.CreateBuilder<string>();
        for (var index = 0; index < unmatched.Count; index++)
        {
            var token = unmatched[index];
            if (token.StartsWith('-'))
            {
                mistakes.Add($"'{path}' has no option {token}.{Nearest(token, options)}");
            }
            else if (index == 0 || !unmatched[index - 1].StartsWith('-'))
            {
                // What follows an option that is none is its value.
                mistakes.Add($"'{path}' takes no '{token}' here.");
            }
        }

        return [.. mistakes, .. parsed.Errors.Where(error => !unmatched.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))).Select(error => OneLine(error.Message))];
    }

    private static IEnumerable<string> Above(CommandResult result)
    {
        for (SymbolResult? current = result; current is CommandResult { Command: not RootCommand } command; current = current.Parent)
        {
            yield return command.Command.Name;
        }
    }

    private static string OneLine(string message) => string.Join(' ', message.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Nearest(string word, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Distance: Distance(word, name))).Where(entry => entry.Distance <= NearEnough)
            .OrderBy(entry => entry.Distance).Select(entry => $" Did you mean '{entry.Name}'?").FirstOrDefault() ?? "";

    // How many characters have to be put in, taken out or changed.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
