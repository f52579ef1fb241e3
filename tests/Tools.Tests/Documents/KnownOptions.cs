using System.Collections.Immutable;

namespace CantonInfra.Tools.Tests.Documents;

/// <summary>The commands and options of other people's tools that documents may show: known-options.txt.</summary>
internal static class KnownOptions
{
    // Options that stand before a command, with a value of their own.
    private static readonly string[] Leading = ["-n", "--namespace"];

    private static readonly ImmutableSortedDictionary<string, ImmutableHashSet<string>> Commands = Read();

    /// <summary>What is wrong with a call; null for nothing.</summary>
    /// <param name="call">The tool and its arguments.</param>
    public static string? Wrong(string[] call)
    {
        var arguments = call.AsSpan(1);
        while (arguments is [var option, _, ..] && Leading.Contains(option, StringComparer.Ordinal))
        {
            arguments = arguments[2..];
        }

        string[] words = [call[0], .. arguments.ToArray().TakeWhile(argument => !argument.StartsWith('-'))];
        var command = Enumerable.Range(1, words.Length).Reverse().Select(count => string.Join(' ', words[..count])).FirstOrDefault(Commands.ContainsKey);
        if (command is null)
        {
            return $"'{string.Join(' ', words)}' is no command that is known here; look it up and add it to known-options.txt.";
        }

        var known = Commands[command].Union(Commands.GetValueOrDefault($"{call[0]} *", []));
        return call[1..].Where(argument => argument.StartsWith('-') && argument != "-").Select(Name).FirstOrDefault(option => !known.Contains(option)) is { } unknown
            ? $"'{command}' has no option {unknown} that is known here; look it up and add it to known-options.txt."
            : null;
    }

    // Without its value: --name=value, and -p:Property=value.
    private static string Name(string option) => option.Split('=')[0] is var name && name.StartsWith("--", StringComparison.Ordinal) ? name : name.Split(':')[0];

    private static ImmutableSortedDictionary<string, ImmutableHashSet<string>> Read() =>
        File.ReadAllLines(Path.Combine(CommandRun.Repository, "tests", "Tools.Tests", "Documents", "known-options.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(':', 2))
            .ToImmutableSortedDictionary(
                parts => parts[0],
                parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
}
