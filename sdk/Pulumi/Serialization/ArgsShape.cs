using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The inputs that an args class has.</summary>
internal sealed class ArgsShape
{
    private ArgsShape(ImmutableArray<ArgsInput> inputs) => Inputs = inputs;

    public ImmutableArray<ArgsInput> Inputs { get; }

    public static ArgsShape Of(Type type)
    {
        var inputs = ImmutableArray.CreateBuilder<ArgsInput>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var info in Member.AllOf(type))
        {
            if (info.GetCustomAttribute<InputAttribute>() is { } input && names.Add(input.Name))
            {
                var member = info is FieldInfo field ? new Member(field) : new Member((PropertyInfo)info);
                inputs.Add(new ArgsInput(input.Name, input.IsRequired, input.Json, member));
            }
        }

        return new ArgsShape(inputs.ToImmutable());
    }
}

/// <summary>One input of an args class.</summary>
internal sealed record ArgsInput(string Name, bool IsRequired, bool IsJson, Member Member);
