using System.Collections.Immutable;

namespace CantonInfra.Engine.Diagnostics;

/// <summary>The project, stack file or command line is wrong: exit code 2. Nothing was started.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>All the errors that were found.</summary>
    public ConfigurationException(params ImmutableArray<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics.Select(diagnostic => diagnostic.Message))) =>
        Diagnostics = diagnostics;

    /// <summary>The errors, each with its place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }
}

/// <summary>The run cannot go on: exit code 1.</summary>
/// <param name="diagnostic">What happened.</param>
public sealed class RunFailedException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>What happened.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
