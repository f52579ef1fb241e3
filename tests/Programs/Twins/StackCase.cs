using System.Collections.Immutable;
using Pulumi;

namespace Twins;

/// <summary>A stack class, whose outputs are its properties.</summary>
internal sealed class StackCase : Stack
{
    public const string Name = "stack-class";

    public StackCase()
    {
        var a = new Probe("a", new() { Text = "a" });
        Text = a.Text;
        Label = a.Label;
        Secret = Output.CreateSecret("pw");
        List = Output.All(a.Text, Output.Create("x"));
        Count = Output.Create(2);
    }

    [Output("text")]
    public Output<string> Text { get; private set; }

    [Output("label")]
    public Output<string> Label { get; private set; }

    [Output("secret")]
    public Output<string> Secret { get; private set; }

    [Output("list")]
    public Output<ImmutableArray<string>> List { get; private set; }

    [Output("count")]
    public Output<int> Count { get; private set; }
}
