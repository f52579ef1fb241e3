namespace CantonInfra.Policy.Limits;

/// <summary>An Azure region by its short name; 'East US 2' and 'eastus2' are one.</summary>
internal readonly record struct Region
{
    private Region(string name) => Name = name;

    /// <summary>The name without spaces, in lower case.</summary>
    public string Name { get; }

    /// <summary>Whether it stands for no region in particular.</summary>
    public bool IsGlobal => Name == "global";

    public static Region Parse(string text) =>
        new(string.Concat(text.Where(character => !char.IsWhiteSpace(character))).ToLowerInvariant());

    public override string ToString() => Name;
}
