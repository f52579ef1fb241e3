namespace Pulumi;

/// <summary>Marks a struct that stands for an enumeration of strings or numbers.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute;

/// <summary>Names the resource type that a class stands for. Packages derive their own from it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute : Attribute
{
    /// <summary>The type's token and the version of its package.</summary>
    public ResourceTypeAttribute(string type, string? version)
    {
        Type = type;
        Version = version;
    }

    /// <summary>The type's token.</summary>
    public string Type { get; }

    /// <summary>The version of its package, if it is bound to one.</summary>
    public string? Version { get; }
}

/// <summary>Names the property that tells which case of a union an object is.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class DiscriminatedUnionDiscriminatorAttribute : Attribute
{
    /// <summary>The property of that name tells.</summary>
    public DiscriminatedUnionDiscriminatorAttribute(string propertyName) => PropertyName = propertyName;

    /// <summary>The property's name.</summary>
    public string PropertyName { get; }
}

/// <summary>One case of a union of objects.</summary>
[AttributeUsage(AttributeTargets.Interface, AllowMultiple = true)]
public sealed class DiscriminatedUnionCaseAttribute : Attribute
{
    /// <summary>An object with that tag is of that type.</summary>
    public DiscriminatedUnionCaseAttribute(string tag, Type type)
    {
        Tag = tag;
        Type = type;
    }

    /// <summary>The discriminator's value.</summary>
    public string Tag { get; }

    /// <summary>The type of the object.</summary>
    public Type Type { get; }
}
