using System.Collections.Immutable;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of a <c>graph</c> command.</summary>
/// <param name="Kind">What to draw.</param>
/// <param name="Format">How; null for the kind's first format.</param>
/// <param name="Stack">The stack; null where none was given.</param>
/// <param name="Output">The file to write to; null for standard output.</param>
/// <param name="Directory">The project's folder, or one below it.</param>
/// <param name="Config">Settings that win over the stack file's, each <c>key=value</c>.</param>
internal sealed record GraphOptions(
    string Kind, string? Format, string? Stack, string? Output, string Directory, ImmutableArray<string> Config);

/// <summary>A kind of picture.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Formats">How it can be drawn, the usual way first.</param>
/// <param name="Write">Draws a plan in a format.</param>
internal sealed record GraphKind(string Name, string[] Formats, Action<Stream, Engine.Plans.Plan, string> Write);
