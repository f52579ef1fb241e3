using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looks inside outputs; for libraries and tests.</summary>
public static class OutputUtilities
{
    /// <summary>An unknown output that nevertheless holds a value.</summary>
    public static Output<T> CreateUnknown<T>(T value) => new(new OutputData<T>([], value, IsKnown: false, IsSecret: false));

    /// <inheritdoc cref="CreateUnknown{T}(T)"/>
    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return new Output<T>(CreateAsync(valueFactory));

        static async Task<OutputData<T>> CreateAsync(Func<Task<T>> valueFactory) =>
            new([], await valueFactory().ConfigureAwait(false), IsKnown: false, IsSecret: false);
    }

    /// <summary>The same output, depending on that resource too.</summary>
    public static Output<T> WithDependency<T>(Output<T> output, Resource resource)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(resource);
        return new Output<T>(AddAsync(output, resource));

        static async Task<OutputData<T>> AddAsync(Output<T> output, Resource resource)
        {
            var data = await output.DataTask.ConfigureAwait(false);
            return data with { Resources = data.Resources.Add(resource) };
        }
    }

    /// <summary>Whether the value is known.</summary>
    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await output.DataTask.ConfigureAwait(false)).IsKnown;
    }

    /// <summary>The value; the type's default where it is unknown.</summary>
    public static async Task<T> GetValueAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await output.DataTask.ConfigureAwait(false)).Value;
    }

    /// <summary>The resources that the output depends on.</summary>
    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await output.DataTask.ConfigureAwait(false)).Resources;
    }
}
