using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>What reflection has found out about the program's classes; each is looked at once in a run.</summary>
internal sealed class TypeShapes
{
    private readonly ConcurrentDictionary<Type, ArgsShape> _args = new();
    private readonly ConcurrentDictionary<Type, ResourceShape> _resources = new();
    private readonly ConcurrentDictionary<Type, Func<OutputSource>?> _sources = new();
    private readonly ConcurrentDictionary<Type, ValueReader> _readers = new();
    private readonly ConcurrentDictionary<Type, EnumShape?> _enums = new();
    private readonly ConcurrentDictionary<Type, OutputTypeShape?> _outputTypes = new();

    public ArgsShape Args(Type type) => _args.GetOrAdd(type, ArgsShape.Of);

    public ResourceShape Resource(Type type) => _resources.GetOrAdd(type, ResourceShape.Of, this);

    public EnumShape? Enum(Type type) => _enums.GetOrAdd(type, EnumShape.Of);

    public OutputTypeShape? OutputType(Type type) => _outputTypes.GetOrAdd(type, OutputTypeShape.Of);

    public ValueReader Reader(Type type) => _readers.GetOrAdd(type, ValueReaders.Create, this);

    /// <summary>Makes sources of an <see cref="Output{T}"/>; null for any other type.</summary>
    public Func<OutputSource>? OutputSourceFactory(Type type) => _sources.GetOrAdd(type, static type =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Output<>)
            ? ((SourceFactory)Activator.CreateInstance(typeof(SourceFactory<>).MakeGenericType(type.GenericTypeArguments))!).Create
            : null);

    /// <summary>The properties of a component that are marked as outputs, by name.</summary>
    public IDictionary<string, object?> ReadOutputs(Resource resource)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var output in Resource(resource.GetType()).Outputs)
        {
            if (output.Member.Info.DeclaringType is { } owner && owner != typeof(Resource) && owner != typeof(CustomResource))
            {
                result[output.Name] = output.Member.Get(resource);
            }
        }

        return result;
    }

    /// <summary>The outputs of a stack class, all of which its constructor must have set.</summary>
    public IDictionary<string, object?> ReadStackOutputs(Stack stack)
    {
        var outputs = ReadOutputs(stack);
        var missing = outputs
            .Where(output => output.Value is null || stack.InitialOutputs.Contains(output.Value))
            .Select(output => output.Key)
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        return missing.IsEmpty
            ? outputs
            : throw new RunException(
                $"The stack class {stack.GetType().FullName} does not set its output(s) '{string.Join("', '", missing)}'. "
                + "Its constructor must set every property that is marked [Output].");
    }

    private abstract class SourceFactory
    {
        public abstract OutputSource Create();
    }

    private sealed class SourceFactory<T> : SourceFactory
    {
        public override OutputSource Create() => new OutputSource<T>();
    }
}
