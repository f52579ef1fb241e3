namespace CantonInfra.Policy.Tests.Corpus;

/// <summary>A rule that speaks of a resource.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Resource">The resource's name in the program; <see cref="Stack"/> where it is the stack as a whole.</param>
internal sealed record Finding(string Rule, string Resource)
{
    /// <summary>What stands for the stack in a program's expectations.</summary>
    public const string Stack = "(stack)";

    /// <summary>The finding as it is written in a program's file.</summary>
    public override string ToString() => $"- {{ rule: {Rule}, resource: {Resource} }}";
}
