using System.Text;

namespace CantonInfra.Codegen.Emit;

/// <summary>Text of one C# file with indentation; lines end with a line feed on every platform.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(text);
        }

        _text.Append('\n');
    }

    public void Lines(params string[] lines)
    {
        foreach (var line in lines)
        {
            Line(line);
        }
    }

    /// <summary>A block in braces, closed when the result is disposed.</summary>
    public Block Braces(string head, string closing = "}")
    {
        Line(head);
        Line("{");
        _depth++;
        return new Block(this, closing);
    }

    /// <summary>A summary from the schema, when it has one.</summary>
    public void Summary(string? description)
    {
        if (!string.IsNullOrWhiteSpace(description))
        {
            Line($"/// <summary>{Escape(description)}</summary>");
        }
    }

    public void Obsolete(string? message)
    {
        if (message is not null)
        {
            Line($"[global::System.Obsolete({Naming.CSharpName.Quote(message)})]");
        }
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");

    internal readonly struct Block : IDisposable
    {
        private readonly CodeWriter _writer;
        private readonly string _closing;

        public Block(CodeWriter writer, string closing)
        {
            _writer = writer;
            _closing = closing;
        }

        public void Dispose()
        {
            _writer._depth--;
            _writer.Line(_closing);
        }
    }
}
