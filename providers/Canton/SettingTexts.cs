using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Canton.Provider;

/// <summary>Settings of a provider that are no texts travel as JSON texts: from stack files and from SDKs alike.</summary>
internal static class SettingTexts
{
    private static readonly string[] Typed = ["allowHttp", "retrySeconds", "untouchableUsers"];

    /// <summary>The settings with their values; what is no JSON stays as it is, for the check to refuse.</summary>
    public static MapValue Parse(MapValue settings)
    {
        foreach (var name in Typed)
        {
            if (settings[name] is { } value && value.Unwrapped is StringValue text && Parse(text.Value) is { } parsed)
            {
                settings = settings.With(name, value.IsSecret ? PropertyValue.Secret(parsed) : parsed);
            }
        }

        return settings;
    }

    private static PropertyValue? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return PropertyJsonReader.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
