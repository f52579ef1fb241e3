using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Short forms for outputs of lists and unions.</summary>
public static class OutputExtensions
{
    /// <summary>The first item of the list.</summary>
    public static Output<T> First<T>(this Output<ImmutableArray<T>> array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Apply(items => items[0]);
    }

    /// <summary>The item at that index.</summary>
    public static Output<T> GetAt<T>(this Output<ImmutableArray<T>> array, Input<int> index)
    {
        ArgumentNullException.ThrowIfNull(array);
        return Output.Tuple(array, index.ToOutput()).Apply(pair => pair.Item1[pair.Item2]);
    }

    /// <summary>How many items the list has.</summary>
    public static Output<int> Length<T>(this Output<ImmutableArray<T>> array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Apply(items => items.Length);
    }

    /// <summary>The value as the union's first type.</summary>
    public static Output<T0> AsT0<T0, T1>(this Output<Union<T0, T1>> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Apply(union => union.AsT0);
    }

    /// <summary>The value as the union's second type.</summary>
    public static Output<T1> AsT1<T0, T1>(this Output<Union<T0, T1>> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Apply(union => union.AsT1);
    }

    /// <summary>Whether the value is of the union's first type.</summary>
    public static Output<bool> IsT0<T0, T1>(this Output<Union<T0, T1>> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Apply(union => union.IsT0);
    }

    /// <summary>Whether the value is of the union's second type.</summary>
    public static Output<bool> IsT1<T0, T1>(this Output<Union<T0, T1>> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Apply(union => union.IsT1);
    }

    /// <summary>The value, whichever of the two types it has.</summary>
    public static Output<object> Value<T0, T1>(this Output<Union<T0, T1>> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Apply(union => union.Value);
    }
}
