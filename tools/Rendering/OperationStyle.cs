using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering;

/// <summary>How operations look: the symbols, words and colours of the Pulumi CLI.</summary>
internal static class OperationStyle
{
    public static string Symbol(Operation operation) => operation switch
    {
        Operation.Create => "+",
        Operation.Import => "=",
        Operation.Update => "~",
        Operation.Replace => "+-",
        Operation.Delete => "-",
        Operation.Read => ">",
        _ => " ",
    };

    public static string Word(Operation operation) => operation switch
    {
        Operation.Create => "create",
        Operation.Import => "import",
        Operation.Update => "update",
        Operation.Replace => "replace",
        Operation.Delete => "delete",
        Operation.Read => "read",
        _ => "",
    };

    public static Color ColorOf(Operation operation) => operation switch
    {
        Operation.Create => Color.Green,
        Operation.Import => Color.Cyan,
        Operation.Update => Color.Yellow,
        Operation.Replace => Color.Magenta,
        Operation.Delete => Color.Red,
        Operation.Read => Color.Cyan,
        _ => Color.Dim,
    };
}
