namespace Pulumi;

/// <summary>What a URN says. The name is all that follows the third '::', and may hold more of them.</summary>
internal sealed record UrnParts(string Stack, string Project, string QualifiedType, string Name)
{
    private const string Prefix = "urn:pulumi:";
    private const string Separator = "::";

    /// <summary>The resource's own type, without its parents'.</summary>
    public string Type => QualifiedType[(QualifiedType.LastIndexOf('$') + 1)..];

    public static UrnParts Parse(string urn)
    {
        var parts = urn.StartsWith(Prefix, StringComparison.Ordinal) ? urn[Prefix.Length..].Split(Separator, 4) : [];
        return parts is [var stack, var project, var type, var name]
            ? new UrnParts(stack, project, type, name)
            : throw new FormatException($"'{urn}' is not a URN of the form urn:pulumi:<stack>::<project>::<type>::<name>.");
    }

    /// <summary>What a child is called; the root stack leaves no trace in its children.</summary>
    public UrnParts Child(string type, string name) =>
        this with { QualifiedType = QualifiedType == Pulumi.Stack.RootType ? type : $"{QualifiedType}${type}", Name = name };

    public override string ToString() => $"{Prefix}{Stack}{Separator}{Project}{Separator}{QualifiedType}{Separator}{Name}";
}
