using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>Runs a stack class against mocks.</summary>
    /// <returns>The resources that it declared, the stack included.</returns>
    public static async Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() =>
        (await MockRun.RunAsync(mocks, options, Declare<TStack>).ConfigureAwait(false)).Resources;

    /// <summary>Runs a stack class that the services make against mocks.</summary>
    /// <returns>The resources that it declared, the stack included.</returns>
    public static async Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        return (await MockRun.RunAsync(mocks, options, () => Declare<TStack>(serviceProvider)).ConfigureAwait(false)).Resources;
    }

    /// <summary>Runs a function against mocks.</summary>
    /// <returns>The resources that it declared, and its outputs.</returns>
    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
    {
        ArgumentNullException.ThrowIfNull(createResources);
        var (stack, resources) = await MockRun.RunAsync(testMocks, testOptions, () => new Stack(createResources, null))
            .ConfigureAwait(false);
        var outputs = await stack.ProgramOutputs!.DataTask.ConfigureAwait(false);
        return (resources.Remove(stack), outputs.Value);
    }

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{Task{IDictionary{string, object}}})"/>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources)
    {
        ArgumentNullException.ThrowIfNull(createResources);
        return TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));
    }

    /// <summary>Runs a function without outputs against mocks.</summary>
    /// <returns>The resources that it declared.</returns>
    public static async Task<ImmutableArray<Resource>> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
    {
        ArgumentNullException.ThrowIfNull(createResources);
        var (resources, _) = await TestAsync(testMocks, testOptions, async () =>
        {
            await createResources().ConfigureAwait(false);
            return (IDictionary<string, object?>)new Dictionary<string, object?>();
        }).ConfigureAwait(false);
        return resources;
    }

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{Task})"/>
    public static async Task<ImmutableArray<Resource>> TestAsync(
        IMocks testMocks, TestOptions testOptions, Action createResources)
    {
        ArgumentNullException.ThrowIfNull(createResources);
        var (resources, _) = await TestAsync(testMocks, testOptions, () =>
        {
            createResources();
            return (IDictionary<string, object?>)new Dictionary<string, object?>();
        }).ConfigureAwait(false);
        return resources;
    }
}
