using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The outputs of another stack.</summary>
public sealed class StackReference : CustomResource
{
    /// <summary>Refers to a stack.</summary>
    /// <param name="name">The resource's name, and the stack's full name where the args give none.</param>
    /// <param name="args">The stack's full name.</param>
    /// <param name="options">How the reference is to be treated.</param>
    public StackReference(string name, StackReferenceArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "pulumi:pulumi:StackReference",
            name,
            new StackReferenceArgs { Name = args?.Name ?? name },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = args?.Name ?? name }))
    {
    }

    /// <summary>The stack's full name.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>All outputs of the stack.</summary>
    [Output("outputs")]
    public Output<ImmutableDictionary<string, object>> Outputs { get; private set; } = null!;

    /// <summary>Which of the outputs are secret.</summary>
    [Output("secretOutputNames")]
    public Output<ImmutableArray<string>> SecretOutputNames { get; private set; } = null!;

    /// <summary>The output of that name; null where the stack has none.</summary>
    public Output<object?> GetOutput(Input<string> name) => Select(name, (outputs, key) => outputs?.GetValueOrDefault(key));

    /// <summary>The output of that name; an error where the stack has none.</summary>
    public Output<object> RequireOutput(Input<string> name) => Select(
        name,
        (outputs, key) => outputs is not null && outputs.TryGetValue(key, out var value)
            ? value
            : throw new KeyNotFoundException($"The stack of the reference '{GetResourceName()}' has no output '{key}'."));

    /// <summary>The output of that name, secret or not; neither where it is not there or not known.</summary>
    public async Task<StackReferenceOutputDetails> GetOutputDetailsAsync(string name)
    {
        var data = await GetOutput(name).DataTask.ConfigureAwait(false);
        var value = data.IsKnown ? data.Value : null;
        return data.IsSecret
            ? new StackReferenceOutputDetails { SecretValue = value }
            : new StackReferenceOutputDetails { Value = value };
    }

    /// <summary>The value of that output; null where the stack has none.</summary>
    /// <exception cref="InvalidOperationException">The output is secret.</exception>
    public Task<object?> GetValueAsync(Input<string> name) => ValueAsync(GetOutput(name));

    /// <summary>The value of that output.</summary>
    /// <exception cref="KeyNotFoundException">The stack has none of that name.</exception>
    /// <exception cref="InvalidOperationException">The output is secret.</exception>
    public async Task<object> RequireValueAsync(Input<string> name) => (await ValueAsync(RequireOutput(name)).ConfigureAwait(false))!;

    private async Task<TValue> ValueAsync<TValue>(Output<TValue> output)
    {
        var data = await output.DataTask.ConfigureAwait(false);
        return data.IsSecret
            ? throw new InvalidOperationException(
                $"The output of the stack reference '{GetResourceName()}' is secret; use GetOutput or RequireOutput, which keep it so.")
            : data.Value;
    }

    private Output<TValue> Select<TValue>(Input<string> name, Func<ImmutableDictionary<string, object>?, string, TValue> select)
    {
        return new Output<TValue>(SelectAsync());

        async Task<OutputData<TValue>> SelectAsync()
        {
            var key = await name.ToOutput().DataTask.ConfigureAwait(false);
            var outputs = await Outputs.DataTask.ConfigureAwait(false);
            var secrets = await SecretOutputNames.DataTask.ConfigureAwait(false);
            var isKnown = key.IsKnown && outputs.IsKnown;
            var isSecret = key.IsKnown && secrets is { IsKnown: true, Value.IsDefault: false }
                ? secrets.Value.Contains(key.Value)
                : outputs.IsSecret;
            return new OutputData<TValue>(
                OutputData.Union(key.Resources, outputs.Resources),
                isKnown ? select(outputs.Value, key.Value) : default!,
                isKnown,
                isSecret || key.IsSecret);
        }
    }
}

/// <summary>Which stack to refer to.</summary>
public sealed class StackReferenceArgs : ResourceArgs
{
    /// <summary>The stack's full name: organisation, project and stack.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}

/// <summary>The value of a stack's output, as the secret or the plain one.</summary>
public sealed class StackReferenceOutputDetails
{
    /// <summary>The value, if it is not secret.</summary>
    public object? Value { get; set; }

    /// <summary>The value, if it is secret.</summary>
    public object? SecretValue { get; set; }
}
