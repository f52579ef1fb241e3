using System.CommandLine;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>The verb <c>graph</c>: each kind has a command and formats of its own.</summary>
internal static class GraphVerb
{
    private static readonly string Connections = GraphCommand.Kinds[0];
    private static readonly string[] All = [.. GraphCommand.Formats.Union(TopologyCommand.Formats)];

    /// <summary>The verb with its options.</summary>
    public static Command Create(Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
    {
        var stack = new Option<string>("--stack", "-s") { Description = "The stack: the name in Pulumi.<name>.yaml.", HelpName = "name" };
        var directory = ProjectOptions.Directory();
        var plan = new Option<string?>("--plan") { Description = "A saved plan in place of a preview.", HelpName = "file" };
        var kind = new Option<string>("--kind")
        {
            Description = "What to show: who connects to whom, or where everything stands.",
            DefaultValueFactory = _ => Connections,
        };
        kind.AcceptOnlyFromAmong(Connections, TopologyCommand.Kind);
        var format = new Option<string?>("--format") { Description = "How to show it; the kind's first format where none is named." };
        format.AcceptOnlyFromAmong(All);
        var live = new Option<bool>("--live") { Description = "Compare connections with the cluster that kubectl reaches. Changes nothing." };
        var context = new Option<string?>("--context") { Description = "The context that kubectl uses for --live.", HelpName = "name" };
        var noColor = ProjectOptions.NoColor();
        var verb = new Command("graph", "Show who connects to whom, and whether network policies allow that and no more; or where everything stands.")
        {
            stack, directory, plan, kind, format, live, context, noColor,
        };
        verb.Validators.Add(result =>
        {
            // What is none of the values is told already, and has none to be asked for; a default is not there yet.
            var chosen = result.GetResult(kind)?.Tokens is [.., var last] ? last.Value : Connections;
            var named = result.GetResult(format)?.Tokens is [.., var shown] ? shown.Value : null;
            var formats = FormatsOf(chosen);
            if (named is not null && All.Contains(named, StringComparer.Ordinal) && !formats.Contains(named, StringComparer.Ordinal))
            {
                result.AddError($"A graph of the kind {chosen} is shown as {string.Join(", ", formats)}, not as {named}.");
            }
        });
        verb.SetAction((parsed, cancellation) =>
        {
            var shown = parsed.GetValue(noColor) ? terminal.WithoutColors() : terminal;
            var options = new GraphOptions
            {
                Stack = parsed.GetValue(stack),
                Directory = parsed.GetValue(directory)!,
                Plan = parsed.GetValue(plan),
                Format = parsed.GetValue(format) ?? FormatsOf(parsed.GetValue(kind))[0],
                IsLive = parsed.GetValue(live),
                Context = parsed.GetValue(context),
            };
            return parsed.GetValue(kind) == TopologyCommand.Kind
                ? new TopologyCommand(shown, standardOutput, environment, clock).RunAsync(options, cancellation)
                : new GraphCommand(shown, standardOutput, environment, clock, new CommandProbe()).RunAsync(options, cancellation);
        });
        return verb;
    }

    private static string[] FormatsOf(string? kind) => kind == TopologyCommand.Kind ? TopologyCommand.Formats : GraphCommand.Formats;
}
