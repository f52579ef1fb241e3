using System.CommandLine;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>The verb <c>graph</c>.</summary>
internal static class GraphVerb
{
    private const string Topology = "topology";

    /// <summary>The verb with its options.</summary>
    public static Command Create(Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
    {
        var kind = new Option<string>("--kind") { Description = "What to draw.", DefaultValueFactory = _ => Topology };
        kind.AcceptOnlyFromAmong(Topology);
        var format = new Option<string>("--format")
        {
            Description = "How to draw it.",
            DefaultValueFactory = _ => TopologyCommand.Formats[0],
        };
        format.AcceptOnlyFromAmong(TopologyCommand.Formats);
        var stack = new Option<string>("--stack", "-s") { Description = "The stack: the name in Pulumi.<name>.yaml.", HelpName = "name" };
        var output = new Option<string?>("--out", "-o") { Description = "The file to write to; standard output where none is named.", HelpName = "file" };
        var directory = ProjectOptions.Directory();
        var config = ProjectOptions.Config();
        var verb = new Command("graph", "Draw a stack.") { kind, format, stack, output, directory, config };
        verb.SetAction((parsed, cancellation) => new TopologyCommand(terminal, standardOutput, environment, clock).RunAsync(
            new TopologyOptions(
                parsed.GetValue(format)!,
                parsed.GetValue(stack),
                parsed.GetValue(output),
                parsed.GetValue(directory)!,
                [.. parsed.GetValue(config) ?? []]),
            cancellation));
        return verb;
    }
}
