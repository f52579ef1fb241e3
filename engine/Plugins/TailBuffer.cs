namespace CantonInfra.Engine.Plugins;

/// <summary>The last lines that a process wrote, for messages about its end.</summary>
internal sealed class TailBuffer
{
    private const int MaxLines = 5;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <summary>The lines as the end of a sentence; empty where there are none.</summary>
    public string Quote()
    {
        lock (_lines)
        {
            return _lines.Count == 0 ? "" : $"; it last said: {string.Join(" | ", _lines)}";
        }
    }
}
