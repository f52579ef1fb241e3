using System.Collections.Immutable;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of a <c>graph --kind topology</c> command.</summary>
/// <param name="Format">How to draw it.</param>
/// <param name="Stack">The stack; null where none was given.</param>
/// <param name="Output">The file to write to; null for standard output.</param>
/// <param name="Directory">The project's folder, or one below it.</param>
/// <param name="Config">Settings that win over the stack file's, each <c>key=value</c>.</param>
internal sealed record TopologyOptions(
    string Format, string? Stack, string? Output, string Directory, ImmutableArray<string> Config);
