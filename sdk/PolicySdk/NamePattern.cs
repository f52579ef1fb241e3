namespace CantonInfra.PolicySdk;

/// <summary>Names one thing, or all whose names start alike: <c>mainnet</c>, <c>mainnet-*</c>, <c>*</c>.</summary>
/// <param name="Text">The pattern.</param>
public readonly record struct NamePattern(string Text)
{
    /// <summary>Whether it means every name.</summary>
    public bool IsAll => Text == "*";

    /// <summary>Whether the text can be a pattern: at most one star, at its end.</summary>
    public static bool IsValid(string text) => text.Length > 0 && text.IndexOf('*', StringComparison.Ordinal) is var star
        && (star < 0 || star == text.Length - 1);

    /// <summary>Whether a name is meant.</summary>
    public bool Matches(string name) => Text.EndsWith('*')
        ? name.StartsWith(Text[..^1], StringComparison.Ordinal)
        : name == Text;

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
