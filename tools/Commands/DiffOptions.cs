using System.Collections.Immutable;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of a <c>diff</c> command.</summary>
internal sealed record DiffOptions
{
    /// <summary>How a report can be shown, the first of them by default.</summary>
    public static readonly string[] Formats = ["text", "json", "markdown"];

    /// <summary>The branch, tag or commit to compare with; null for none.</summary>
    public string? Base { get; init; }

    /// <summary>A folder with a saved comparison; null for none.</summary>
    public string? Saved { get; init; }

    /// <summary>Files that the Pulumi CLI's preview wrote.</summary>
    public ImmutableArray<string> PulumiPreviews { get; init; } = [];

    /// <summary>The stacks to look at; all where none is named.</summary>
    public ImmutableArray<string> Stacks { get; init; } = [];

    /// <summary>The project's folder, or one below it.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether no policies are asked.</summary>
    public bool NoPolicy { get; init; }

    /// <summary>Where to save the comparison; null for nowhere.</summary>
    public string? Save { get; init; }

    /// <summary>One of <see cref="Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Where the JSON goes, besides what is shown.</summary>
    public JsonTarget Json { get; init; } = JsonTarget.None;

    /// <summary>Where the violations go as SARIF; null for nowhere.</summary>
    public string? Sarif { get; init; }

    /// <summary>Whether colours are off.</summary>
    public bool NoColor { get; init; }
}
