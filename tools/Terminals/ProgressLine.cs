using CantonInfra.Engine;

namespace CantonInfra.Tools.Terminals;

/// <summary>Shows what goes on, where someone watches.</summary>
internal sealed class ProgressLine(Terminal terminal) : IProgress<PreviewProgress>
{
    public void Report(PreviewProgress value)
    {
        if (terminal.ShowsProgress)
        {
            terminal.Error.WriteLine($"{value.Message}…");
        }
    }
}
