using System.Text.Json;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>Reads what a stack's settings say of its network.</summary>
internal static class StackNetwork
{
    private const string Key = Guardrails.ConfigNamespace + ":environment";

    /// <summary>The network that a stack is for; null where its settings do not say.</summary>
    public static string? NameOf(StackContext stack) => stack.ReadConfig(Key).TryGetText(out var name) ? name : null;

    /// <summary>Reads a setting that is an object or a list, which travels as a text; null where it is none.</summary>
    public static PropertyValue? Parse(PropertyReading setting)
    {
        if (!setting.TryGetText(out var text))
        {
            return null;
        }

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
