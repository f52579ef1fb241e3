using System.Collections.Immutable;

namespace CantonInfra.Tools.Deployment;

/// <summary>The arguments of a call of the Pulumi CLI, as far as we must understand them.</summary>
/// <remarks>The CLI judges them; here is only found where its command is, and which folder it works in.</remarks>
/// <param name="All">As they were given.</param>
/// <param name="CommandIndex">Where the command is, such as <c>up</c>; null where there is none.</param>
/// <param name="Directory">The folder after <c>-C</c> or <c>--cwd</c>; null where there is none.</param>
internal sealed record PulumiArguments(ImmutableArray<string> All, int? CommandIndex, string? Directory)
{
    private const string PolicyPackOption = "--policy-pack";

    // The flags of all commands whose value is the next argument (pulumi help, 'Global Flags').
    private static readonly ImmutableHashSet<string> FlagsWithValue =
    [
        "-C", "--cwd", "--color", "--memprofilerate", "--otel-traces", "--profiling", "--tracing", "-v", "--verbose",
    ];

    // The commands that ask policy packs, by all their names.
    private static readonly ImmutableHashSet<string> JudgedCommands = ["preview", "pre", "up", "update"];

    /// <summary>Reads arguments.</summary>
    public static PulumiArguments Parse(IEnumerable<string> arguments)
    {
        ImmutableArray<string> all = [.. arguments];
        int? command = null;
        string? directory = null;
        for (var index = 0; index < all.Length; index++)
        {
            var argument = all[index];
            if (argument is "-C" or "--cwd" && index + 1 < all.Length)
            {
                directory = all[index + 1];
            }
            else if (argument.StartsWith("--cwd=", StringComparison.Ordinal) || argument.StartsWith("-C=", StringComparison.Ordinal))
            {
                directory = argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..];
            }

            if (FlagsWithValue.Contains(argument))
            {
                index++;
            }
            else if (command is null && !argument.StartsWith('-'))
            {
                command = index;
            }
        }

        return new PulumiArguments(all, command, directory);
    }

    /// <summary>The same call with a policy pack, where the command asks packs. Packs that were named stay.</summary>
    /// <param name="pack">The pack's folder.</param>
    public ImmutableArray<string> WithPolicyPack(string pack) =>
        CommandIndex is { } command && JudgedCommands.Contains(All[command])
            ? [.. All[..(command + 1)], PolicyPackOption, pack, .. All[(command + 1)..]]
            : All;
}
