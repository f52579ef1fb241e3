using System.Collections.Immutable;
using CantonInfra.Engine.Monitor;

namespace CantonInfra.Engine.Diagnostics;

/// <summary>The messages of a run in the order in which they came, each with its secrets masked.</summary>
internal sealed class DiagnosticLog(RunSecrets secrets)
{
    private readonly Lock _lock = new();
    private ImmutableArray<Diagnostic> _diagnostics = [];

    /// <summary>Adds a message.</summary>
    public void Add(Diagnostic diagnostic)
    {
        lock (_lock)
        {
            _diagnostics = _diagnostics.Add(diagnostic);
        }
    }

    /// <summary>
    /// The messages so far. Masked now rather than when they came: a secret may have been registered after it was printed.
    /// </summary>
    public ImmutableArray<Diagnostic> Snapshot()
    {
        ImmutableArray<Diagnostic> diagnostics;
        lock (_lock)
        {
            diagnostics = _diagnostics;
        }

        return [.. diagnostics.Select(diagnostic => diagnostic with { Message = secrets.Mask(diagnostic.Message) })];
    }
}
