using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output has resolved to: a value, whether it is known and secret, and which resources it came from.</summary>
internal readonly record struct OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public OutputData<TResult> With<TResult>(TResult value) => new(Resources, value, IsKnown, IsSecret);
}

/// <summary>Makes and combines what outputs resolve to.</summary>
internal static class OutputData
{
    public static OutputData<T> Known<T>(T value, bool isSecret = false) => new([], value, IsKnown: true, isSecret);

    /// <summary>The union, without building a set where one side adds nothing.</summary>
    public static ImmutableHashSet<Resource> Union(ImmutableHashSet<Resource> first, ImmutableHashSet<Resource> second)
    {
        if (second.IsEmpty || ReferenceEquals(first, second))
        {
            return first;
        }

        return first.IsEmpty ? second : first.Union(second);
    }
}

/// <summary>An output whose type is not known at compile time.</summary>
internal interface IOutput
{
    Task<OutputData<object?>> GetDataAsync();
}
