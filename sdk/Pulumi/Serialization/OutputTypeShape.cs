using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

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
