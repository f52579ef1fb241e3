using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>The only way to tell the user something when there is no engine to tell it to.</summary>
internal static class StandardError
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "There is no engine to log to, and no terminal to inject into a program.")]
    public static void WriteLine(string line) => Console.Error.WriteLine(line);
}
