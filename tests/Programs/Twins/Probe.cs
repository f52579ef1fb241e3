using System.Collections.Immutable;
using Pulumi;

namespace Twins;

/// <summary>A resource with inputs of every kind, and two outputs that only a provider could tell.</summary>
internal sealed class Probe(string name, ProbeArgs? args = null, CustomResourceOptions? options = null)
    : CustomResource("test:index:Probe", name, args ?? new ProbeArgs(), options)
{
    [Output("text")]
    public Output<string> Text { get; private set; } = null!;

    [Output("list")]
    public Output<ImmutableArray<string>> List { get; private set; } = null!;

    [Output("map")]
    public Output<ImmutableDictionary<string, string>> Map { get; private set; } = null!;

    [Output("label")]
    public Output<string> Label { get; private set; } = null!;

    [Output("token")]
    public Output<string> Token { get; private set; } = null!;

    public static Probe Get(string name, Input<string> id, CustomResourceOptions? options = null) =>
        new(name, null, CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = id }));
}

internal sealed class ProbeArgs : ResourceArgs
{
    [Input("list")]
    private InputList<string>? _list;

    [Input("map")]
    private InputMap<string>? _map;

    [Input("items")]
    private InputList<NestedArgs>? _items;

    [Input("text")]
    public Input<string>? Text { get; set; }

    [Input("number")]
    public Input<double>? Number { get; set; }

    [Input("count")]
    public Input<int>? Count { get; set; }

    [Input("flag")]
    public Input<bool>? Flag { get; set; }

    public InputList<string> List
    {
        get => _list ??= [];
        set => _list = value;
    }

    public InputMap<string> Map
    {
        get => _map ??= [];
        set => _map = value;
    }

    public InputList<NestedArgs> Items
    {
        get => _items ??= [];
        set => _items = value;
    }

    [Input("nested")]
    public Input<NestedArgs>? Nested { get; set; }

    [Input("any")]
    public Input<object>? Any { get; set; }

    [Input("source")]
    public Input<AssetOrArchive>? Source { get; set; }

    [Input("resource")]
    public Input<Resource>? Resource { get; set; }

    [Input("union")]
    public InputUnion<int, string>? Union { get; set; }

    [Input("size")]
    public InputUnion<string, Size>? Size { get; set; }

    [Input("json")]
    public InputJson? Json { get; set; }

    [Input("jsonText", json: true)]
    public Input<NestedArgs>? JsonText { get; set; }
}

internal sealed class NestedArgs : ResourceArgs
{
    [Input("list")]
    private InputList<string>? _list;

    [Input("text")]
    public Input<string>? Text { get; set; }

    [Input("inner")]
    public Input<NestedArgs>? Inner { get; set; }

    public InputList<string> List
    {
        get => _list ??= [];
        set => _list = value;
    }
}

/// <summary>An enum as the code generator writes them.</summary>
[EnumType]
internal readonly struct Size : IEquatable<Size>
{
    private readonly string _value;

    private Size(string value) => _value = value;

    public static Size Small { get; } = new("Standard_B2s");

    public static Size Large { get; } = new("Standard_B4ms");

    public static explicit operator string(Size value) => value._value;

    public bool Equals(Size other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Size other && Equals(other);

    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}
