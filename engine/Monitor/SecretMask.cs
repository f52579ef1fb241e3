using System.Collections.Immutable;
using System.Text;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Monitor;

/// <summary>
/// Takes the secrets that a run has met out of texts which it does not control: what the program prints and logs, what
/// policies say. Also in base64, hexadecimal and URL-encoded form.
/// </summary>
internal sealed class SecretMask
{
    // Shorter texts, such as 'true' or a port, would mask what is no secret.
    private const int MinLength = 6;

    private readonly Lock _lock = new();
    private ImmutableSortedSet<string> _forms = ImmutableSortedSet.Create<string>(LongestFirst.Instance);

    /// <summary>Learns the secrets of a stack's configuration.</summary>
    public void Learn(StackConfiguration configuration)
    {
        foreach (var entry in configuration.Entries.Values.Where(entry => entry.IsSecret && entry.Text is not null))
        {
            Learn(entry.Text!);
        }
    }

    /// <summary>Learns the secrets within a value.</summary>
    public void Learn(PropertyValue value)
    {
        if (value.ContainsSecrets)
        {
            Visit(value, isSecret: false);
        }
    }

    /// <summary>The text with every known secret replaced.</summary>
    public string Apply(string text)
    {
        ImmutableSortedSet<string> forms;
        lock (_lock)
        {
            forms = _forms;
        }

        foreach (var form in forms)
        {
            text = text.Replace(form, PropertyJson.SecretMark, StringComparison.Ordinal);
        }

        return text;
    }

    private void Visit(PropertyValue value, bool isSecret)
    {
        switch (value)
        {
            case SecretValue secret:
                Visit(secret.Element, isSecret: true);
                break;
            case OutputValue { Element: { } element } output:
                Visit(element, isSecret || output.IsSecretOutput);
                break;
            case StringValue text when isSecret:
                Learn(text.Value);
                break;
            case AssetValue { Source: AssetSource.Text } asset when isSecret:
                Learn(asset.Content);
                break;
            case ListValue list:
                foreach (var item in list.Items)
                {
                    Visit(item, isSecret);
                }

                break;
            case MapValue map:
                foreach (var item in map.Entries.Values)
                {
                    Visit(item, isSecret);
                }

                break;
        }
    }

    private void Learn(string secret)
    {
        if (secret.Length < MinLength || Signatures.IsUnknown(secret))
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] forms =
        [
            secret,
            Convert.ToBase64String(bytes),
            Convert.ToBase64String(bytes).TrimEnd('='),
            Convert.ToHexStringLower(bytes),
            Convert.ToHexString(bytes),
            Uri.EscapeDataString(secret),
            PropertyJson.ToText(PropertyValue.Of(secret)).Trim('"'),
        ];
        lock (_lock)
        {
            _forms = _forms.Union(forms);
        }
    }

    // A secret that holds another must go first, or its rest would stay readable.
    private sealed class LongestFirst : IComparer<string>
    {
        public static LongestFirst Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            var byLength = y!.Length.CompareTo(x!.Length);
            return byLength != 0 ? byLength : string.CompareOrdinal(x, y);
        }
    }
}
