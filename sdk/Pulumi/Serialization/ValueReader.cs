using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>Turns property values into objects of one type.</summary>
internal abstract class ValueReader
{
    /// <summary>What stands for null.</summary>
    public virtual object? Nothing => null;

    /// <summary>Reads a value that is neither null nor unknown nor wrapped.</summary>
    public abstract object? Read(PropertyValue value, ReadContext context);

    protected object? Misfit(PropertyValue value, ReadContext context, string expected)
    {
        context.Report(value, expected);
        return Nothing;
    }
}
