using System.Diagnostics.CodeAnalysis;

namespace CantonInfra.Protocol;

/// <summary>
/// A resource's name within all stacks: <c>urn:pulumi:stack::project::qualified type::name</c>, where the qualified type
/// lists the types of the ancestors, the root stack left out.
/// </summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Project">The project's name.</param>
/// <param name="QualifiedType">The types of the ancestors and of the resource, joined by <c>$</c>.</param>
/// <param name="Name">The resource's name; it may hold <c>::</c>.</param>
public sealed record Urn(string Stack, string Project, string QualifiedType, string Name)
{
    /// <summary>The type of the root stack, which never shows in a qualified type.</summary>
    public const string StackType = "pulumi:pulumi:Stack";

    private const string Prefix = "urn:pulumi:";
    private const string Separator = "::";

    /// <summary>The resource's own type token.</summary>
    public string Type => QualifiedType[(QualifiedType.LastIndexOf('$') + 1)..];

    /// <summary>The URN of a resource below a parent.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="parent">The parent; null or the root stack add nothing to the qualified type.</param>
    /// <param name="type">The resource's type token.</param>
    /// <param name="name">The resource's name.</param>
    public static Urn Create(string stack, string project, Urn? parent, string type, string name)
    {
        var isTopLevel = parent is null || parent.QualifiedType == StackType;
        return new Urn(stack, project, isTopLevel ? type : $"{parent!.QualifiedType}${type}", name);
    }

    /// <summary>Reads a URN.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Urn? urn)
    {
        urn = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = text[Prefix.Length..].Split(Separator, 4);
        if (parts.Length < 4 || parts[2].Length == 0)
        {
            return false;
        }

        urn = new Urn(parts[0], parts[1], parts[2], parts[3]);
        return true;
    }

    /// <summary>The URN as text.</summary>
    public override string ToString() => $"{Prefix}{Stack}{Separator}{Project}{Separator}{QualifiedType}{Separator}{Name}";
}
