using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>The inputs that differ, for people at a terminal.</summary>
internal static class PropertyChangeText
{
    private const int LongestValue = 120;

    /// <summary>Writes the changes of resources that are not all new or gone.</summary>
    public static void Write(Terminal terminal, PlanDifference difference)
    {
        var changes = difference.Changes.Where(change => ChangeWords.IsListed(change) && change.Properties.Length > 0).ToArray();
        if (changes.Length == 0)
        {
            return;
        }

        terminal.Output.WriteLine(terminal.Paint("Changes:", Color.Bold));
        foreach (var change in changes)
        {
            Write(terminal, change);
        }

        terminal.Output.WriteLine();
    }

    /// <summary>Writes one resource and what differs of it.</summary>
    public static void Write(Terminal terminal, ResourceChange change)
    {
        var color = OperationStyle.ColorOf(change.Operation);
        var may = change.MayReplace ? " (may replace)" : "";
        terminal.Output.WriteLine(
            $"  {terminal.Paint(OperationStyle.Symbol(change.Operation).PadRight(2), color)} {PlainText.Line(ChangeWords.Subject(change.Resource.Urn), LongestValue)}  "
            + terminal.Paint($"{OperationStyle.Word(change.Operation)}{may}", color));
        foreach (var property in change.Properties)
        {
            var replaces = property.Replaces == Replacement.Certain ? terminal.Paint("  [replaces]", Color.Magenta) : "";
            terminal.Output.WriteLine($"       {PlainText.Line(property.Path.ToString(), LongestValue)}: {Difference(property)}{replaces}");
        }
    }

    private static string Difference(PropertyChange property) => (property.Former, property.Present) switch
    {
        (null, var present) => $"+ {Shown(present)}",
        (var former, null) => $"- {Shown(former)}",
        var (former, present) => $"{Shown(former)} → {Shown(present)}",
    };

    private static string Shown(Protocol.Properties.PropertyValue? value) => PlainText.Line(ChangeWords.Value(value), LongestValue);
}
