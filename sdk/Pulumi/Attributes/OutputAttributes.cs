namespace Pulumi;

/// <summary>Marks a property of a resource as an output.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>An output of that name; without one, of the property's name.</summary>
    public OutputAttribute(string? name = null) => Name = name;

    /// <summary>The name that the provider knows.</summary>
    public string? Name { get; }
}

/// <summary>Marks a class that holds a structured output.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;

/// <summary>Marks the constructor through which a structured output is made.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;

/// <summary>Names the property that a constructor parameter takes, where the two names differ.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute : Attribute
{
    /// <summary>The parameter takes the property of that name.</summary>
    public OutputConstructorParameterAttribute(string name) => Name = name;

    /// <summary>The name of the property.</summary>
    public string Name { get; }
}
