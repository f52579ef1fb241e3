namespace CantonInfra.Policy.Limits;

/// <summary>Names one stack, or all whose names start alike: <c>mainnet</c>, <c>mainnet-*</c>, <c>*</c>.</summary>
internal readonly record struct StackPattern(string Text)
{
    /// <summary>Whether it names every stack.</summary>
    public bool IsAll => Text == "*";

    /// <summary>Whether the text can be a pattern: at most one star, at its end.</summary>
    public static bool IsValid(string text) => text.Length > 0 && text.IndexOf('*', StringComparison.Ordinal) is var star
        && (star < 0 || star == text.Length - 1);

    /// <summary>Whether a stack is meant; of a qualified name, the last part counts.</summary>
    public bool Matches(string stack)
    {
        var name = stack[(stack.LastIndexOf('/') + 1)..];
        return Text.EndsWith('*')
            ? name.StartsWith(Text[..^1], StringComparison.Ordinal)
            : name == Text;
    }
}
