namespace Pulumi;

/// <summary>An input whose type is not known at compile time.</summary>
internal interface IInput
{
    /// <summary>What is to be sent: an output, or a collection that keeps its parts apart.</summary>
    object Content { get; }

    IOutput ToUntypedOutput();
}

/// <summary>A value for a resource: a plain one, or the output of another resource.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class Input<T> : IInput
{
    private readonly Output<T>? _output;

    private protected Input()
    {
    }

    private protected Input(Output<T> output) => _output = output;

    /// <summary>
    /// What is to be sent. Lists and maps give their parts here, so that one unknown part leaves the others known.
    /// </summary>
    internal virtual object Content => CurrentOutput;

    internal virtual Output<T> CurrentOutput => _output!;

    object IInput.Content => Content;

    /// <summary>An input of that value.</summary>
    public static implicit operator Input<T>(T value) => new(Output.Create(value));

    /// <summary>An input of that output.</summary>
    public static implicit operator Input<T>(Output<T> value) => value is null ? null! : new(value);

    /// <summary>The input as an output.</summary>
    public static implicit operator Output<T>(Input<T> input) => input.ToOutput();

    IOutput IInput.ToUntypedOutput() => CurrentOutput;
}
