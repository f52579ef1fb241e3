using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

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

/// <summary>How an enumeration struct is turned into its value and back.</summary>
internal sealed class EnumShape
{
    private readonly MethodInfo _toValue;
    private readonly ConstructorInfo _constructor;

    private EnumShape(MethodInfo toValue, ConstructorInfo constructor)
    {
        _toValue = toValue;
        _constructor = constructor;
    }

    public bool IsNumber => _toValue.ReturnType == typeof(double);

    public static EnumShape? Of(Type type)
    {
        if (!type.IsValueType || !type.IsDefined(typeof(EnumTypeAttribute), inherit: false))
        {
            return null;
        }

        foreach (var valueType in (Type[])[typeof(string), typeof(double)])
        {
            var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [valueType]);
            var toValue = type.GetMethods(BindingFlags.Static | BindingFlags.Public)
                .FirstOrDefault(method => method.Name == "op_Explicit" && method.ReturnType == valueType);
            if (constructor is not null && toValue is not null)
            {
                return new EnumShape(toValue, constructor);
            }
        }

        throw new RunException(
            $"The enumeration {type.FullName} needs a constructor with one string or double, and an explicit operator to the same.");
    }

    public object? ToValue(object value) => _toValue.Invoke(null, [value]);

    public object FromValue(object value) => _constructor.Invoke([value]);
}

/// <summary>How a structured output is made, and which of its members hold what it was made of.</summary>
internal sealed class OutputTypeShape
{
    private OutputTypeShape(ConstructorInfo constructor, ImmutableArray<OutputTypePart> parts)
    {
        Constructor = constructor;
        Parts = parts;
    }

    public ConstructorInfo Constructor { get; }

    public ImmutableArray<OutputTypePart> Parts { get; }

    public static OutputTypeShape? Of(Type type)
    {
        if (!type.IsDefined(typeof(OutputTypeAttribute), inherit: false))
        {
            return null;
        }

        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SingleOrDefault(candidate => candidate.IsDefined(typeof(OutputConstructorAttribute), inherit: false))
            ?? throw new RunException($"The output type {type.FullName} needs exactly one constructor marked [OutputConstructor].");
        var members = Member.AllOf(type).ToLookup(member => member.Name, StringComparer.OrdinalIgnoreCase);
        var parts = constructor.GetParameters().Select(parameter =>
        {
            var name = parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!;
            var member = members[parameter.Name!].FirstOrDefault() switch
            {
                FieldInfo field => new Member(field),
                PropertyInfo property => new Member(property),
                _ => null,
            };
            return new OutputTypePart(name, parameter.ParameterType, member);
        });
        return new OutputTypeShape(constructor, [.. parts]);
    }
}

/// <summary>One property of a structured output.</summary>
internal sealed record OutputTypePart(string Name, Type Type, Member? Member);
