using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.ProtocolConformance.Tests.Messages;

/// <summary>Messages with a value of its own in every field, so that two fields that trade places are noticed.</summary>
internal static class FilledMessage
{
    private const int Depth = 3;

    /// <summary>As many messages as it takes to fill each field of each oneof once.</summary>
    public static IEnumerable<IMessage> Of(MessageDescriptor type)
    {
        var variants = type.RealOneofCount == 0 ? 1 : type.Oneofs.Take(type.RealOneofCount).Max(oneof => oneof.Fields.Count);
        return Enumerable.Range(0, variants).Select(variant => Fill(type, variant, Depth));
    }

    private static IMessage Fill(MessageDescriptor type, int variant, int depth)
    {
        if (type == Struct.Descriptor)
        {
            return new Struct { Fields = { ["key"] = Value.ForString("text"), ["list"] = Value.ForList(Value.ForNull(), Value.ForNumber(1)) } };
        }

        if (type == Value.Descriptor)
        {
            return Value.ForString("text");
        }

        var message = type.Parser.ParseFrom([]);
        if (type == Any.Descriptor || type == Empty.Descriptor)
        {
            return message;
        }

        foreach (var field in type.Fields.InDeclarationOrder())
        {
            var oneof = field.RealContainingOneof;
            if (oneof is null || oneof.Fields[variant % oneof.Fields.Count] == field)
            {
                Set(message, field, variant, depth);
            }
        }

        return message;
    }

    private static void Set(IMessage message, FieldDescriptor field, int variant, int depth)
    {
        if (field.IsMap)
        {
            var parts = field.MessageType;
            if (One(parts.FindFieldByName("value"), field.FieldNumber, variant, depth) is { } value)
            {
                ((IDictionary)field.Accessor.GetValue(message)).Add(string.Create(CultureInfo.InvariantCulture, $"key {field.FieldNumber}"), value);
            }
        }
        else if (One(field, field.FieldNumber, variant, depth) is { } value)
        {
            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                list.Add(value);
                list.Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }
    }

    private static object? One(FieldDescriptor field, int number, int variant, int depth) => field.FieldType switch
    {
        FieldType.String => string.Create(CultureInfo.InvariantCulture, $"text {number}"),
        FieldType.Bool => true,
        FieldType.Bytes => ByteString.CopyFrom([1, 2, (byte)number]),
        FieldType.Int32 => number + 100,
        FieldType.Int64 => (long)number + 100,
        FieldType.Double => number + 0.5,
        FieldType.Enum => field.EnumType.Values[^1].Number,
        FieldType.Message => depth == 0 ? null : Fill(field.MessageType, variant, depth - 1),
        _ => throw new NotSupportedException($"{field.FullName} is a {field.FieldType}, which no message had so far."),
    };
}
