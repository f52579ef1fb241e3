using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Kind = Google.Protobuf.WellKnownTypes.Value.KindOneofCase;

namespace CantonInfra.Engine.Policies.Configuration;

/// <summary>What of a value does not fit a JSON schema.</summary>
/// <param name="Path">Where, as <c>list[0].name</c>; empty for the value itself.</param>
/// <param name="Message">What it must be. Never the value, which may be a secret.</param>
internal sealed record SchemaMismatch(string Path, string Message);

/// <summary>Holds values against the JSON schemas of policies: the keywords that the official SDK's types have.</summary>
internal static class JsonSchemaCheck
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>All that does not fit.</summary>
    public static IEnumerable<SchemaMismatch> Check(Value value, Struct schema, string path = "")
    {
        var mismatches = new List<SchemaMismatch>();
        foreach (var (keyword, argument) in schema.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (Fault(value, keyword, argument) is { } fault)
            {
                mismatches.Add(new SchemaMismatch(path, fault));
            }
        }

        return mismatches.Concat(Parts(value, schema, path));
    }

    private static string? Fault(Value value, string keyword, Value argument) => keyword switch
    {
        "type" when !Names(argument).Any(type => IsOf(value, type)) => $"must be of the type {string.Join(" or ", Names(argument))}",
        "enum" when !argument.ListValue.Values.Contains(value) => $"must be one of {string.Join(", ", argument.ListValue.Values.Select(Text))}",
        "const" when !argument.Equals(value) => $"must be {Text(argument)}",
        "not" when argument.StructValue is { } schema && !Check(value, schema).Any() => "must not be what the schema excludes",
        "allOf" when Alternatives(argument).Any(schema => Check(value, schema).Any()) => "must fit all parts of the schema",
        "anyOf" when !Alternatives(argument).Any(schema => !Check(value, schema).Any()) => "must fit one of the schema's alternatives",
        "oneOf" when Alternatives(argument).Count(schema => !Check(value, schema).Any()) != 1 => "must fit exactly one of the schema's alternatives",
        _ => value.KindCase switch
        {
            Kind.NumberValue => NumberFault(value.NumberValue, keyword, argument),
            Kind.StringValue => TextFault(value.StringValue, keyword, argument),
            Kind.ListValue => ListFault(value.ListValue, keyword, argument),
            Kind.StructValue => MapFault(value.StructValue, keyword, argument),
            _ => null,
        },
    };

    private static string? NumberFault(double value, string keyword, Value argument)
    {
        // Older schemas mark a bound as exclusive with a flag, which stands beside it.
        if (argument.KindCase != Kind.NumberValue)
        {
            return null;
        }

        var bound = argument.NumberValue;
        return keyword switch
        {
            "minimum" when value < bound => $"must be {Text(argument)} at least",
            "maximum" when value > bound => $"must be {Text(argument)} at most",
            "exclusiveMinimum" when value <= bound => $"must be more than {Text(argument)}",
            "exclusiveMaximum" when value >= bound => $"must be less than {Text(argument)}",
            "multipleOf" when Math.Abs(Math.IEEERemainder(value, bound)) > 1e-9 => $"must be a multiple of {Text(argument)}",
            _ => null,
        };
    }

    private static string? TextFault(string value, string keyword, Value argument)
    {
        var length = new StringInfo(value).LengthInTextElements;
        return keyword switch
        {
            "minLength" when length < argument.NumberValue => $"must have {Text(argument)} characters at least",
            "maxLength" when length > argument.NumberValue => $"must have {Text(argument)} characters at most",
            "pattern" when !IsMatch(value, argument.StringValue) => $"must match {argument.StringValue}",
            _ => null,
        };
    }

    private static string? ListFault(ListValue value, string keyword, Value argument) => keyword switch
    {
        "minItems" when value.Values.Count < argument.NumberValue => $"must have {Text(argument)} items at least",
        "maxItems" when value.Values.Count > argument.NumberValue => $"must have {Text(argument)} items at most",
        "uniqueItems" when argument.BoolValue && value.Values.Distinct().Count() < value.Values.Count => "must not have an item twice",
        "contains" when argument.StructValue is { } schema && value.Values.All(item => Check(item, schema).Any()) =>
            "must have an item that fits the schema",
        _ => null,
    };

    private static string? MapFault(Struct value, string keyword, Value argument) => keyword switch
    {
        "minProperties" when value.Fields.Count < argument.NumberValue => $"must have {Text(argument)} properties at least",
        "maxProperties" when value.Fields.Count > argument.NumberValue => $"must have {Text(argument)} properties at most",
        "required" when Names(argument).Where(name => !value.Fields.ContainsKey(name)).ToList() is { Count: > 0 } missing =>
            $"lacks {string.Join(", ", missing)}",
        _ => null,
    };

    private static IEnumerable<SchemaMismatch> Parts(Value value, Struct schema, string path)
    {
        switch (value.KindCase)
        {
            case Kind.ListValue:
                var items = schema.Fields.GetValueOrDefault("items");
                return value.ListValue.Values.SelectMany((item, index) => items?.KindCase switch
                {
                    Kind.StructValue => Check(item, items.StructValue, Item(path, index)),
                    Kind.ListValue when index < items.ListValue.Values.Count =>
                        Check(item, items.ListValue.Values[index].StructValue, Item(path, index)),
                    _ => [],
                });
            case Kind.StructValue:
                return value.StructValue.Fields.OrderBy(field => field.Key, StringComparer.Ordinal)
                    .SelectMany(field => Property(field.Key, field.Value, schema, path.Length == 0 ? field.Key : $"{path}.{field.Key}"));
            default:
                return [];
        }
    }

    private static IEnumerable<SchemaMismatch> Property(string name, Value value, Struct schema, string path)
    {
        var schemas = schema.Fields.GetValueOrDefault("patternProperties")?.StructValue?.Fields
            .Where(field => IsMatch(name, field.Key)).Select(field => field.Value).ToList() ?? [];
        if (schema.Fields.GetValueOrDefault("properties")?.StructValue?.Fields.GetValueOrDefault(name) is { } own)
        {
            schemas.Add(own);
        }

        if (schemas.Count == 0)
        {
            var rest = schema.Fields.GetValueOrDefault("additionalProperties");
            return rest switch
            {
                { KindCase: Kind.BoolValue, BoolValue: false } => [new SchemaMismatch(path, "is no property of the schema")],
                { KindCase: Kind.StructValue } => Check(value, rest.StructValue, path),
                _ => [],
            };
        }

        return schemas.Where(each => each.StructValue is not null).SelectMany(each => Check(value, each.StructValue, path));
    }

    private static bool IsOf(Value value, string type) => type switch
    {
        "null" => value.KindCase == Kind.NullValue,
        "boolean" => value.KindCase == Kind.BoolValue,
        "number" => value.KindCase == Kind.NumberValue,
        "integer" => value.KindCase == Kind.NumberValue && Math.Floor(value.NumberValue) == value.NumberValue,
        "string" => value.KindCase == Kind.StringValue,
        "array" => value.KindCase == Kind.ListValue,
        "object" => value.KindCase == Kind.StructValue,
        _ => false,
    };

    private static bool IsMatch(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static ImmutableArray<string> Names(Value value) => value.KindCase == Kind.ListValue
        ? [.. value.ListValue.Values.Select(item => item.StringValue)]
        : [value.StringValue];

    private static IEnumerable<Struct> Alternatives(Value value) =>
        value.ListValue?.Values.Select(item => item.StructValue).OfType<Struct>() ?? [];

    private static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    private static string Text(Value value) => value.KindCase == Kind.StringValue ? value.StringValue : value.ToString();
}
