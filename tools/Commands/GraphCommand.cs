using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reachability.Proof;
using CantonInfra.Reports.Connections;
using CantonInfra.Tools.Connections;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of a <c>graph</c> command.</summary>
internal sealed record GraphOptions
{
    /// <summary>The stack's name; null where none was given.</summary>
    public string? Stack { get; init; }

    /// <summary>The project's folder, or one below it.</summary>
    public required string Directory { get; init; }

    /// <summary>A saved plan to take in place of a preview; null for none.</summary>
    public string? Plan { get; init; }

    /// <summary>One of <see cref="GraphCommand.Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Whether to ask the cluster, too.</summary>
    public bool IsLive { get; init; }

    /// <summary>The context of the kubeconfig to ask it in; null for the current one.</summary>
    public string? Context { get; init; }
}

/// <summary>Shows who connects to whom: what is declared, what network policies allow, and what a cluster has of it.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
/// <param name="probe">Runs kubectl.</param>
internal sealed class GraphCommand(
    Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock, ICommandProbe probe)
{
    /// <summary>The kinds of graphs.</summary>
    public static readonly string[] Kinds = ["connections"];

    /// <summary>The formats, the first of them by default.</summary>
    public static readonly string[] Formats = ["text", "svg", "mermaid", "json"];

    private static readonly ImmutableArray<string> Columns = ["from", "to", "ports", "state", "requirement", "why", "policies"];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: that of a violation where the graph is not as declared, or the cluster not as planned.</returns>
    public async Task<int> RunAsync(GraphOptions options, CancellationToken cancellation)
    {
        try
        {
            var plan = await PlanAsync(options, cancellation);
            var resources = PlanResources.Of(plan);
            var (declared, problem) = DeclarationReader.Read(resources);
            if (declared is null)
            {
                throw new ConfigurationException(Diagnostic.Error("no-connections", problem ?? "The program declares no connections."));
            }

            ImmutableArray<LiveDifference>? differences = null;
            if (options.IsLive)
            {
                var live = await LiveCluster.ReadAsync(probe, options.Directory, options.Context, cancellation);
                var comparison = new LiveComparison(resources, live, declared, ChartContracts.Known);
                differences = comparison.Run();
                resources = comparison.Merged;
            }

            var (graph, _) = GraphBuilder.Build(resources, ChartContracts.Known);
            Write(plan, graph!, differences, options.Format);
            return graph!.Holds == false || graph.Edges.Any(IsRefused) || differences is { IsEmpty: false } ? ExitCodes.PolicyViolation : ExitCodes.Success;
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
            }

            return ExitCodes.Configuration;
        }
    }

    private static ConfigurationException Missing(ProjectFile project) => new(Diagnostic.Error(
        "stack-missing", $"Name the stack with --stack. Known stacks: {string.Join(", ", project.StackNames)}."));

    private async Task<Plan> PlanAsync(GraphOptions options, CancellationToken cancellation)
    {
        if (options.Plan is { } file)
        {
            return PlanFile.Load(file);
        }

        var project = ProjectFile.Load(options.Directory);
        var configuration = StackConfiguration.Load(project, options.Stack ?? throw Missing(project), [], environment);
        var result = await new PreviewEngine(clock).PreviewAsync(new PreviewRequest(configuration, []), new ProgressLine(terminal), cancellation);
        return result.Outcome == PreviewOutcome.Succeeded ? result.Plan : throw new ConfigurationException([.. result.Diagnostics]);
    }

    private void Write(Plan plan, ConnectionGraph graph, ImmutableArray<LiveDifference>? differences, string format)
    {
        switch (format)
        {
            case "json":
                ConnectionJson.Write(standardOutput, graph, differences);
                break;
            case "svg":
                terminal.Output.Write(ConnectionSvg.Write(ConnectionReport.MapOf(graph, plan), plan.Stack, isInPage: false));
                break;
            case "mermaid":
                terminal.Output.Write(ConnectionMermaid.Write(graph));
                break;
            default:
                WriteText(graph);
                break;
        }

        if (format != "json")
        {
            foreach (var difference in differences ?? [])
            {
                terminal.Error.WriteLine($"{difference.Object}: {difference.What}");
            }
        }
    }

    // Without a mesh there is nothing to say of one.
    private void WriteText(ConnectionGraph graph)
    {
        var hasMesh = graph.Edges.Any(edge => edge.Mesh is not null);
        new Table(
            "connections",
            hasMesh ? Columns.Add("mesh") : Columns,
            [
                .. graph.Edges.Select(edge => new TableRow(
                    [
                        edge.From, edge.To, edge.Ports, edge.State.ToString().ToLowerInvariant(), edge.Requirement, edge.Why,
                        string.Join(", ", edge.Policies), .. hasMesh ? [Mesh(edge.Mesh)] : Array.Empty<string>(),
                    ],
                    IsRefused(edge) ? Color.Red : edge.State switch { EdgeState.Works => null, EdgeState.Undecided => Color.Yellow, _ => Color.Red })),
            ])
        {
            Facts =
            [
                ("semantics", graph.Semantics.ToString().ToLowerInvariant()),
                ("policies allow exactly what is declared", graph.Holds switch { true => "yes", false => "no", null => "not known" }),
                .. graph.Unread.Select(reason => ("not known", reason)),
            ],
        }.Write("text", terminal, standardOutput);
    }

    private static bool IsRefused(ConnectionEdge edge) => edge.Mesh?.Way == MeshWay.Refused;

    private static string Mesh(MeshPassage? mesh) => mesh?.Way switch
    {
        null => "",
        MeshWay.MutualTls => $"mutual TLS: {string.Join(", ", mesh.Policies)}",
        MeshWay.PlainText => $"plain text: {string.Join(", ", mesh.Policies)}",
        MeshWay.Refused => "refused",
        _ => "not known",
    };
}
