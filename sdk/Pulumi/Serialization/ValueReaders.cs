using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>Chooses how values of a type are read.</summary>
internal static class ValueReaders
{
    public static ValueReader Create(Type type, TypeShapes shapes)
    {
        if (type == typeof(string))
        {
            return new ScalarReader<string>("a string", ReadString);
        }

        if (type == typeof(bool))
        {
            return new ScalarReader<bool>("a boolean", value => value is BoolValue boolean ? boolean.Value : null);
        }

        if (type == typeof(int))
        {
            return new ScalarReader<int>("a number", value => value is NumberValue number ? (int)number.Value : null);
        }

        if (type == typeof(double))
        {
            return new ScalarReader<double>("a number", value => value is NumberValue number ? number.Value : null);
        }

        if (type == typeof(object))
        {
            return new AnyReader();
        }

        if (type == typeof(JsonElement))
        {
            return new JsonElementReader();
        }

        if (typeof(AssetOrArchive).IsAssignableFrom(type))
        {
            return new AssetReader(type);
        }

        if (typeof(Resource).IsAssignableFrom(type))
        {
            return new ResourceReader(type);
        }

        if (type.IsEnum && Enum.GetUnderlyingType(type) == typeof(int))
        {
            return new EnumReader(type);
        }

        return CreateGeneric(type) ?? CreateDeclared(type, shapes) ?? throw new RunException(
            $"The type {type} cannot be that of an output. Outputs are bool, int, double, string, object, JsonElement, assets, "
            + "resources, [EnumType] structs, [OutputType] classes, and Nullable, Union, ImmutableArray or "
            + "ImmutableDictionary<string, …> of these.");
    }

    private static string? ReadString(PropertyValue value) => value switch
    {
        StringValue text => text.Value,
        ResourceReferenceValue { Id: not "" } reference => reference.Id ?? reference.Urn,
        _ => null,
    };

    private static ValueReader? CreateGeneric(Type type)
    {
        if (!type.IsConstructedGenericType)
        {
            return null;
        }

        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GenericTypeArguments;
        if (definition == typeof(Nullable<>))
        {
            return new NullableReader(arguments[0]);
        }

        if (definition == typeof(ImmutableDictionary<,>))
        {
            return arguments[0] == typeof(string) ? Make(typeof(MapReader<>), arguments[1]) : null;
        }

        return definition == typeof(ImmutableArray<>) ? Make(typeof(ListReader<>), arguments)
            : definition == typeof(Union<,>) ? Make(typeof(UnionReader<,>), arguments)
            : definition == typeof(Output<>) ? Make(typeof(OutputReader<>), arguments)
            : null;
    }

    private static ValueReader? CreateDeclared(Type type, TypeShapes shapes)
    {
        if (shapes.Enum(type) is { } enumeration)
        {
            return new EnumStructReader(type, enumeration);
        }

        if (shapes.OutputType(type) is { } outputType)
        {
            return new OutputTypeReader(outputType);
        }

        return type.GetCustomAttribute<DiscriminatedUnionDiscriminatorAttribute>() is { } discriminator
            ? new DiscriminatedReader(
                discriminator.PropertyName,
                type.GetCustomAttributes<DiscriminatedUnionCaseAttribute>().ToImmutableDictionary(one => one.Tag, one => one.Type))
            : null;
    }

    private static ValueReader Make(Type reader, params Type[] arguments) =>
        (ValueReader)Activator.CreateInstance(reader.MakeGenericType(arguments))!;
}
