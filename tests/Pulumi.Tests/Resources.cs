using System.Collections.Immutable;
using System.Text.Json;

#pragma warning disable CA1051, IDE0051 // Generated output classes have public fields and constructors that only the SDK calls.

namespace Pulumi.Tests;

/// <summary>A resource class as code generation would write it, with one property for each kind of type.</summary>
[ResourceType("test:index:Thing", null)]
public sealed class Thing : CustomResource
{
    public Thing(string name, ThingArgs? args = null, CustomResourceOptions? options = null)
        : base("test:index:Thing", name, args ?? new ThingArgs(), options)
    {
    }

    [Output("text")]
    public Output<string?> Text { get; private set; } = null!;

    [Output("number")]
    public Output<double?> Number { get; private set; } = null!;

    [Output("count")]
    public Output<int> Count { get; private set; } = null!;

    [Output("flag")]
    public Output<bool> Flag { get; private set; } = null!;

    [Output("list")]
    public Output<ImmutableArray<string>> List { get; private set; } = null!;

    [Output("map")]
    public Output<ImmutableDictionary<string, string>?> Map { get; private set; } = null!;

    [Output("part")]
    public Output<Part?> Part { get; private set; } = null!;

    [Output("parts")]
    public Output<ImmutableArray<Part>> Parts { get; private set; } = null!;

    [Output("colour")]
    public Output<Colour?> Colour { get; private set; } = null!;

    [Output("port")]
    public Output<Union<int, string>> Port { get; private set; } = null!;

    [Output("any")]
    public Output<object?> Any { get; private set; } = null!;

    [Output("json")]
    public Output<JsonElement> Json { get; private set; } = null!;

    [Output("asset")]
    public Output<AssetOrArchive?> Asset { get; private set; } = null!;

    [Output("other")]
    public Output<Thing?> Other { get; private set; } = null!;

    public static Thing Get(string name, Input<string> id, CustomResourceOptions? options = null) =>
        new(name, null, CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = id }));
}

public sealed class ThingArgs : ResourceArgs
{
    [Input("list")]
    private InputList<string>? _list;

    [Input("map")]
    private InputMap<string>? _map;

    [Input("parts")]
    private InputList<PartArgs>? _parts;

    [Input("text")]
    public Input<string>? Text { get; set; }

    [Input("number")]
    public Input<double>? Number { get; set; }

    [Input("count")]
    public Input<int>? Count { get; set; }

    [Input("flag")]
    public Input<bool>? Flag { get; set; }

    [Input("part")]
    public Input<PartArgs>? Part { get; set; }

    [Input("colour")]
    public Input<Colour>? Colour { get; set; }

    [Input("port")]
    public InputUnion<int, string>? Port { get; set; }

    [Input("any")]
    public Input<object>? Any { get; set; }

    [Input("json")]
    public InputJson? Json { get; set; }

    [Input("asset")]
    public Input<AssetOrArchive>? Asset { get; set; }

    [Input("other")]
    public Input<Thing>? Other { get; set; }

    [Input("jsonText", json: true)]
    public InputMap<string>? JsonText { get; set; }

    [Input("jsonFlag", json: true)]
    public Input<bool>? JsonFlag { get; set; }

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

    public InputList<PartArgs> Parts
    {
        get => _parts ??= [];
        set => _parts = value;
    }
}

public sealed class PartArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("size")]
    public Input<int>? Size { get; set; }

    [Input("inner")]
    public Input<PartArgs>? Inner { get; set; }
}

[OutputType]
public sealed class Part
{
    public readonly string Name;
    public readonly int? Size;
    public readonly Part? Inner;

    [OutputConstructor]
    private Part(string name, int? size, Part? inner)
    {
        Name = name;
        Size = size;
        Inner = inner;
    }

    public static Part Create(string name, int? size = null, Part? inner = null) => new(name, size, inner);
}

[EnumType]
public readonly struct Colour : IEquatable<Colour>
{
    private readonly string _value;

    private Colour(string value) => _value = value;

    public static Colour Red { get; } = new("red");

    public static bool operator ==(Colour left, Colour right) => left.Equals(right);

    public static bool operator !=(Colour left, Colour right) => !left.Equals(right);

    public static explicit operator string(Colour value) => value._value;

    public bool Equals(Colour other) => _value == other._value;

    public override bool Equals(object? obj) => obj is Colour other && Equals(other);

    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}

/// <summary>Properties whose names C# or the convention would not give.</summary>
[OutputType]
public sealed class OddNames
{
    public readonly string Default;
    public readonly string DashedName;
    public readonly ImmutableArray<string> Items;

    [OutputConstructor]
    private OddNames(string @default, [OutputConstructorParameter("dashed-name")] string dashedName, ImmutableArray<string> items)
    {
        Default = @default;
        DashedName = dashedName;
        Items = items;
    }
}

[DiscriminatedUnionDiscriminator("kind")]
[DiscriminatedUnionCase("cat", typeof(Cat))]
[DiscriminatedUnionCase("dog", typeof(Dog))]
public interface IAnimal;

[OutputType]
public sealed class Cat : IAnimal
{
    public readonly string Kind;

    [OutputConstructor]
    private Cat(string kind) => Kind = kind;
}

[OutputType]
public sealed class Dog : IAnimal
{
    public readonly string Kind;
    public readonly int Age;

    [OutputConstructor]
    private Dog(string kind, int age)
    {
        Kind = kind;
        Age = age;
    }
}

[EnumType]
public readonly struct Level : IEquatable<Level>
{
    private readonly double _value;

    private Level(double value) => _value = value;

    public static Level High { get; } = new(3);

    public static bool operator ==(Level left, Level right) => left.Equals(right);

    public static bool operator !=(Level left, Level right) => !left.Equals(right);

    public static explicit operator double(Level value) => value._value;

    public bool Equals(Level other) => _value.Equals(other._value);

    public override bool Equals(object? obj) => obj is Level other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();
}

public class Group : ComponentResource
{
    public Group(string name, ComponentResourceOptions? options = null, Action<Group>? declare = null, bool publish = true)
        : base("test:index:Group", name, options)
    {
        declare?.Invoke(this);
        if (publish)
        {
            RegisterOutputs();
        }
    }

    [Output("label")]
    public Output<string> Label { get; set; } = null!;
}

public sealed class TestProvider(string name, string package = "test", CustomResourceOptions? options = null)
    : ProviderResource(package, name, ResourceArgs.Empty, options, null);

public sealed class PlainInvokeArgs : InvokeArgs
{
    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("thing")]
    public Input<Thing>? Thing { get; set; }
}

/// <summary>Setters as code generation writes them for inputs that are secret by their schema.</summary>
public sealed class SecretArgs : ResourceArgs
{
    [Input("text")]
    private Input<string>? _text;

    [Input("list")]
    private InputList<string>? _list;

    [Input("map")]
    private InputMap<string>? _map;

    public Input<string>? Text
    {
        get => _text;
        set
        {
            var emptySecret = Output.CreateSecret(0);
            _text = Output.Tuple<Input<string>?, int>(value, emptySecret).Apply(t => t.Item1);
        }
    }

    public InputList<string> List
    {
        get => _list ??= [];
        set
        {
            var emptySecret = Output.CreateSecret(ImmutableArray.Create<string>());
            _list = Output.All(value, emptySecret).Apply(v => v[0]);
        }
    }

    public InputMap<string> Map
    {
        get => _map ??= [];
        set
        {
            var emptySecret = Output.CreateSecret(ImmutableDictionary.Create<string, string>());
            _map = Output.All(value, emptySecret).Apply(v => v[0]);
        }
    }
}
