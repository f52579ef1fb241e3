using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>A path with wildcards, as the classification has it.</summary>
/// <param name="Path">The path.</param>
internal sealed record PathPattern(PropertyPath Path)
{
    /// <summary>The whole resource.</summary>
    public static PathPattern Whole { get; } = new(PropertyPath.Root);

    private int Length => Path.Elements.Length;

    private int Wildcards => Path.Elements.Count(element => element.IsWildcard);

    /// <summary>Whether a path is this one or below it.</summary>
    public bool Covers(PropertyPath concrete) => Length <= concrete.Elements.Length && Agrees(concrete, Length);

    /// <summary>Whether a path is this one.</summary>
    public bool Matches(PropertyPath concrete) => Length == concrete.Elements.Length && Covers(concrete);

    /// <summary>Whether this one is below a path.</summary>
    public bool IsBelow(PropertyPath concrete) => Length > concrete.Elements.Length && Agrees(concrete, concrete.Elements.Length);

    /// <summary>Whether this one wins over another one that covers the same path.</summary>
    public bool IsMoreSpecificThan(PathPattern other) => Length != other.Length ? Length > other.Length : Wildcards < other.Wildcards;

    /// <summary>This path with the indexes and keys of another one, as far as both lead the same way.</summary>
    public PropertyPath In(PropertyPath concrete)
    {
        var elements = Path.Elements.ToBuilder();
        for (var i = 0; i < Math.Min(Length, concrete.Elements.Length); i++)
        {
            if (elements[i].IsWildcard)
            {
                elements[i] = concrete.Elements[i];
            }
            else if (elements[i] != concrete.Elements[i])
            {
                break;
            }
        }

        return new PropertyPath(elements.ToImmutable());
    }

    /// <inheritdoc/>
    public override string ToString() => Path.ToString();

    private bool Agrees(PropertyPath concrete, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!Path.Elements[i].IsWildcard && Path.Elements[i] != concrete.Elements[i])
            {
                return false;
            }
        }

        return true;
    }
}
