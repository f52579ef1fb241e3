using System.Text;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>A text that takes no more than it may, so that nobody's data makes it long.</summary>
/// <param name="most">How many characters it takes.</param>
internal sealed class LimitedText(int most)
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether all that was written is in it.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Writes a line.</summary>
    /// <returns>Whether there is room for more.</returns>
    public bool Line(string line = "")
    {
        IsWhole = IsWhole && _text.Length + line.Length + 1 <= most;
        if (IsWhole)
        {
            _text.Append(line).Append('\n');
        }

        return IsWhole;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
