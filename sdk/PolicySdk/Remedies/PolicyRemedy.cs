using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>What a rule does to a resource so that it keeps the rule.</summary>
public abstract record PolicyRemedy
{
    private protected PolicyRemedy()
    {
    }

    /// <summary>Nothing has to be done, or nothing can.</summary>
    public static PolicyRemedy Nothing { get; } = new NoRemedy();

    /// <summary>The resource gets these properties, all of them.</summary>
    public static PolicyRemedy Become(MapValue properties) => new PropertiesRemedy(properties);

    /// <summary>It cannot be mended now. Only shown; the check that follows decides.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    public static PolicyRemedy Impossible(string reason) => new ImpossibleRemedy(reason);

    /// <summary>
    /// The resource gets a value at a path; objects on the way are made where they are missing, and stay secret where they
    /// are. Where something on the way is unknown or of another kind, it cannot be mended.
    /// </summary>
    public static PolicyRemedy Set(ResourceView resource, PropertyPath path, PropertyValue value) =>
        Set(resource.Properties, path.Elements.AsSpan(), value) is MapValue properties
            ? Become(properties)
            : Impossible($"{path} cannot be set while something on the way to it is not known.");

    private static PropertyValue? Set(PropertyValue? on, ReadOnlySpan<PropertyPathElement> path, PropertyValue value)
    {
        if (path.IsEmpty)
        {
            return on is SecretValue ? PropertyValue.Secret(value) : value;
        }

        switch (on)
        {
            case SecretValue secret:
                return Set(secret.Element, path, value) is { } changed ? PropertyValue.Secret(changed) : null;
            case null or NullValue when path[0].Key is not null:
                return Set(MapValue.Empty, path, value);
            case MapValue map when path[0].Key is { } key:
                return Set(map[key], path[1..], value) is { } entry ? map.With(key, entry) : null;
            case ListValue list when path[0].Index is { } index && index < list.Items.Length:
                return Set(list.Items[index], path[1..], value) is { } item ? new ListValue(list.Items.SetItem(index, item)) : null;
            default:
                return null;
        }
    }
}

/// <summary>Nothing is done.</summary>
public sealed record NoRemedy : PolicyRemedy;

/// <summary>The resource gets other properties.</summary>
/// <param name="Properties">All of them.</param>
public sealed record PropertiesRemedy(MapValue Properties) : PolicyRemedy;

/// <summary>It cannot be mended.</summary>
/// <param name="Reason">Why.</param>
public sealed record ImpossibleRemedy(string Reason) : PolicyRemedy;

/// <summary>What one rule did to one resource.</summary>
/// <param name="Policy">The rule.</param>
/// <param name="Properties">All properties after it; null where it could not be mended.</param>
/// <param name="Obstacle">Why it could not, masked; empty otherwise.</param>
public sealed record PolicyMending(Policy Policy, MapValue? Properties, string Obstacle);
