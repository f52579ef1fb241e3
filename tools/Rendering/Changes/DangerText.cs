using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>Dangers for people at a terminal.</summary>
internal static class DangerText
{
    private const int LongestDetail = 200;

    /// <summary>Writes dangers, if there are any.</summary>
    public static void Write(Terminal terminal, IEnumerable<(string Stack, Danger Danger)> dangers)
    {
        var all = dangers.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        terminal.Output.WriteLine(terminal.Paint("Dangers:", Color.Bold));
        foreach (var (stack, danger) in all)
        {
            var isGrave = danger.Grade == DangerGrade.Grave;
            var mark = terminal.Paint(isGrave ? "✗" : "!", isGrave ? Color.Red : Color.Yellow);
            var place = stack.Length > 0 ? $"[{stack}] " : "";
            var detail = danger.Detail.Length > 0 ? $": {PlainText.Line(danger.Detail, LongestDetail)}" : "";
            terminal.Output.WriteLine(
                $"    {mark} {place}{PlainText.Line(ChangeWords.Subject(danger.Urn), LongestDetail)}  {danger.What}{detail}");
        }

        terminal.Output.WriteLine();
    }
}
