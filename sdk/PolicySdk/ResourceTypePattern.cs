namespace CantonInfra.PolicySdk;

/// <summary>Names one type of resource, or all that start alike: <c>azure-native:keyvault:Vault</c>, <c>azure-native:*</c>.</summary>
public readonly record struct ResourceTypePattern
{
    private readonly string _start;
    private readonly bool _open;

    /// <summary>The pattern of that text; a star may end it.</summary>
    /// <exception cref="ArgumentException">A star stands elsewhere.</exception>
    public ResourceTypePattern(string text)
    {
        _open = text.EndsWith('*');
        _start = _open ? text[..^1] : text;
        if (_start.Contains('*', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The pattern '{text}' has a star before its end.", nameof(text));
        }
    }

    /// <summary>The pattern of that text; a star may end it.</summary>
    public static implicit operator ResourceTypePattern(string text) => new(text);

    /// <summary>Whether a type is meant.</summary>
    public bool Matches(ResourceType type) =>
        _open ? type.Canonical.StartsWith(_start, StringComparison.Ordinal) : type.Canonical == _start;

    /// <summary>The text.</summary>
    public override string ToString() => _open ? _start + "*" : _start;
}
