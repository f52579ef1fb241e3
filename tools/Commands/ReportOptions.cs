using System.Collections.Immutable;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of a <c>report</c> command.</summary>
internal sealed record ReportOptions
{
    /// <summary>The folder to write to.</summary>
    public required string Output { get; init; }

    /// <summary>The stacks; empty for all of the project.</summary>
    public ImmutableArray<string> Stacks { get; init; } = [];

    /// <summary>The project's folder, or one below it.</summary>
    public required string Directory { get; init; }

    /// <summary>Settings that win over the stack files', each <c>key=value</c>.</summary>
    public ImmutableArray<string> Config { get; init; } = [];

    /// <summary>Folders of policy packs; empty for the project's own.</summary>
    public ImmutableArray<string> PolicyPacks { get; init; } = [];

    /// <summary>The formats to write.</summary>
    public required ImmutableArray<string> Formats { get; init; }
}
