namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>Runs a program that declares resources.</summary>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return RunAsync(() =>
        {
            action();
            return new Dictionary<string, object?>();
        });
    }

    /// <summary>Runs a program that declares resources and gives the stack's outputs.</summary>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return RunAsync(() => Task.FromResult(func()));
    }

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<Task> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return RunAsync(async () =>
        {
            await func().ConfigureAwait(false);
            return new Dictionary<string, object?>();
        });
    }

    /// <inheritdoc cref="RunAsync(Func{IDictionary{string, object}})"/>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(func);
        return ProgramProcess.RunAsync(() => new Stack(func, options));
    }

    /// <summary>Runs a program whose stack is a class.</summary>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() =>
        ProgramProcess.RunAsync(Declare<TStack>);

    /// <summary>Runs a program whose stack is a class that the services make.</summary>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        return ProgramProcess.RunAsync(() => Declare<TStack>(serviceProvider));
    }

    private static TStack Declare<TStack>()
        where TStack : Stack, new()
    {
        var stack = new TStack();
        stack.RegisterPropertyOutputs();
        return stack;
    }

    private static TStack Declare<TStack>(IServiceProvider services)
        where TStack : Stack
    {
        var stack = services.GetService(typeof(TStack)) as TStack
            ?? throw new RunException($"The services have no stack of type {typeof(TStack).FullName}; register it with them.");
        stack.RegisterPropertyOutputs();
        return stack;
    }
}
