using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The outputs that a resource class has.</summary>
internal sealed class ResourceShape
{
    private ResourceShape(ImmutableArray<ResourceOutput> outputs) => Outputs = outputs;

    public ImmutableArray<ResourceOutput> Outputs { get; }

    public static ResourceShape Of(Type type, TypeShapes shapes)
    {
        var outputs = ImmutableArray.CreateBuilder<ResourceOutput>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var info in Member.AllOf(type))
        {
            if (info is not PropertyInfo property || property.GetCustomAttribute<OutputAttribute>() is not { } attribute)
            {
                continue;
            }

            var name = string.IsNullOrEmpty(attribute.Name) ? property.Name : attribute.Name;
            if (names.Add(name))
            {
                outputs.Add(new ResourceOutput(name, $"{type.FullName}.{property.Name}", new Member(property), shapes));
            }
        }

        return new ResourceShape(outputs.ToImmutable());
    }

    /// <summary>Gives every output property a value that is still to come.</summary>
    public Dictionary<string, OutputSource> Attach(Resource resource)
    {
        var sources = new Dictionary<string, OutputSource>(Outputs.Length, StringComparer.Ordinal);
        foreach (var output in Outputs)
        {
            sources.Add(output.Name, output.Attach(resource));
        }

        return sources;
    }
}

/// <summary>One output of a resource class.</summary>
internal sealed class ResourceOutput(string name, string fullName, Member member, TypeShapes shapes)
{
    private readonly Func<OutputSource>? _create = shapes.OutputSourceFactory(member.Type);

    public string Name => name;

    public Member Member => member;

    public OutputSource Attach(Resource resource)
    {
        if (_create is null)
        {
            throw new RunException($"The property {fullName} is marked [Output] and must therefore be an Output<T>; it is a {member.Type}.");
        }

        if (!member.HasSetter)
        {
            throw new RunException($"The property {fullName} is marked [Output] and must therefore have a setter; a private one is enough.");
        }

        var source = _create();
        member.Set(resource, source.Output);
        return source;
    }
}
