using System.Collections.Immutable;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of a <c>preview</c> command.</summary>
internal sealed record PreviewOptions
{
    /// <summary>The stack's name; null where none was given.</summary>
    public string? Stack { get; init; }

    /// <summary>The project's folder, or one below it.</summary>
    public required string Directory { get; init; }

    /// <summary>Settings that win over the stack file's, each <c>key=value</c>.</summary>
    public ImmutableArray<string> Config { get; init; } = [];

    /// <summary>Folders of policy packs; the project's <c>policy</c> folder where none is given and it has one.</summary>
    public ImmutableArray<string> PolicyPacks { get; init; } = [];

    /// <summary>Files with the configuration of the policy packs, one for each in the same order; empty for none.</summary>
    public ImmutableArray<string> PolicyConfigurations { get; init; } = [];

    /// <summary>Whether no policies are asked.</summary>
    public bool NoPolicy { get; init; }

    /// <summary>Where to save the plan; null for nowhere.</summary>
    public string? SavePlan { get; init; }

    /// <summary>The saved plan to compare with; null for none.</summary>
    public string? Against { get; init; }

    /// <summary>Where the JSON goes.</summary>
    public JsonTarget Json { get; init; } = JsonTarget.None;

    /// <summary>Whether colours are off.</summary>
    public bool NoColor { get; init; }
}
