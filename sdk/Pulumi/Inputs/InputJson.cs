using System.Text.Json;

namespace Pulumi;

/// <summary>An input of any JSON.</summary>
public sealed class InputJson : Input<JsonElement>
{
    /// <summary>An input without JSON.</summary>
    public InputJson()
        : this(Output.Create(default(JsonElement)))
    {
    }

    private InputJson(Output<JsonElement> output)
        : base(output)
    {
    }

    /// <summary>An input of the JSON in that text.</summary>
    public static implicit operator InputJson(string json) => json is null ? null! : Output.Create(json);

    /// <summary>An input of that document.</summary>
    public static implicit operator InputJson(JsonDocument document) => document is null ? null! : new(Output.Create(document.RootElement));

    /// <summary>An input of that element.</summary>
    public static implicit operator InputJson(JsonElement element) => new(Output.Create(element));

    /// <summary>An input of the JSON in the output's text.</summary>
    public static implicit operator InputJson(Output<string> json) => json is null ? null! : new(json.Apply(Parse));

    /// <summary>An input of the output's document.</summary>
    public static implicit operator InputJson(Output<JsonDocument> document) =>
        document is null ? null! : new(document.Apply(value => value.RootElement));

    /// <summary>An input of the output's element.</summary>
    public static implicit operator InputJson(Output<JsonElement> element) => element is null ? null! : new(element);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
