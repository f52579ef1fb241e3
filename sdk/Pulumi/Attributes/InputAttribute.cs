using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Marks a property or field of an args class as an input.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
[SuppressMessage("Design", "CA1019", Justification = "The official attribute does not show its arguments either.")]
public sealed class InputAttribute : Attribute
{
    /// <summary>An input of that name.</summary>
    /// <param name="name">The name that the provider knows.</param>
    /// <param name="required">Whether leaving it out is an error.</param>
    /// <param name="json">Whether the value is sent as JSON text.</param>
    public InputAttribute(string name, bool required = false, bool json = false)
    {
        Name = name;
        IsRequired = required;
        Json = json;
    }

    internal string Name { get; }

    internal bool IsRequired { get; }

    internal bool Json { get; }
}
