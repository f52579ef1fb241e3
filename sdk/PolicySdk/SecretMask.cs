using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>
/// The second line of defence: takes the secrets of a resource and its stack out of what a rule wrote, in the forms in
/// which values usually travel. The first line is that readings and property values print masked.
/// </summary>
internal sealed class SecretMask
{
    // Shorter values are words and numbers of everyday text; masking them would make messages unreadable.
    private const int MinLength = 5;

    private readonly ImmutableArray<string> _forms;

    private SecretMask(ImmutableArray<string> forms) => _forms = forms;

    public static SecretMask Of(ResourceView resource, StackContext stack)
    {
        var texts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Collect(resource.Properties, secret: false, texts);
        Collect(stack.Config, secret: false, texts);
        if (resource.Provider is { } provider)
        {
            Collect(provider.Properties, secret: false, texts);
        }

        // Longest first, so that no rest of a longer secret stays when a shorter one is a part of it.
        var forms = texts.SelectMany(FormsOf).Where(form => form.Length >= MinLength).Distinct(StringComparer.OrdinalIgnoreCase);
        return new([.. forms.OrderByDescending(form => form.Length).ThenBy(form => form, StringComparer.Ordinal)]);
    }

    public string Apply(string text)
    {
        foreach (var form in _forms)
        {
            text = text.Replace(form, PropertyJson.SecretMark, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    public PropertyPath Apply(PropertyPath path)
    {
        var masked = Apply(path.ToString());
        return masked == path.ToString() ? path : new([
            .. path.Elements.Select(element => element.Key is { } key ? PropertyPathElement.Of(Apply(key)) : element)]);
    }

    private static IEnumerable<string> FormsOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var base64 = Convert.ToBase64String(bytes).TrimEnd('=');
        return
        [
            text,
            text.Trim(),
            string.Concat(text.Where(character => !char.IsWhiteSpace(character))),
            base64,
            base64.Replace('+', '-').Replace('/', '_'),
            Convert.ToHexString(bytes),
            Uri.EscapeDataString(text),
            WebUtility.UrlEncode(text),
            WebUtility.HtmlEncode(text),
            JavaScriptEncoder.Default.Encode(text),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
        ];
    }

    private static void Collect(PropertyValue value, bool secret, HashSet<string> texts)
    {
        if (!secret && !value.ContainsSecrets)
        {
            return;
        }

        secret |= value.IsSecret;
        switch (value.Unwrapped)
        {
            case StringValue text when secret && text.Value.Length >= MinLength:
                texts.Add(text.Value);
                break;
            case NumberValue number when secret:
                texts.Add(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case ListValue list:
                foreach (var item in list.Items)
                {
                    Collect(item, secret, texts);
                }

                break;
            case MapValue map:
                foreach (var item in map.Entries.Values)
                {
                    Collect(item, secret, texts);
                }

                break;
            case AssetValue asset when secret:
                texts.Add(asset.Content);
                break;
            default:
                break;
        }
    }
}
