using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace CantonInfra.Protocol.Properties;

/// <summary>
/// Takes secrets out of texts that somebody else wrote, in the forms in which values usually travel: plain, base64 (also of a longer text
/// that holds the value), hexadecimal, URL, HTML and JSON. The second line of defence: values print masked by themselves. Immutable.
/// </summary>
public sealed class SecretMask
{
    // Shorter values are words and numbers of everyday text; masking them would make messages unreadable.
    private const int MinLength = 5;

    // The same for what a value is within base64, where fewer digits say less.
    private const int MinDigits = 8;

    private const int BitsInByte = 8;
    private const int BitsInDigit = 6;

    private readonly ImmutableSortedSet<string> _forms;

    // Most texts hold no secret, and one pass shows that, however many secrets there are. Made when first needed.
    private readonly Lazy<SearchValues<string>> _search;

    private SecretMask(ImmutableSortedSet<string> forms)
    {
        _forms = forms;
        _search = new(() => SearchValues.Create([.. _forms], StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Masks nothing.</summary>
    public static SecretMask None { get; } = new(ImmutableSortedSet.Create<string>(LongestFirst.Instance));

    /// <summary>This mask with the secrets within a value.</summary>
    public SecretMask With(PropertyValue value)
    {
        if (!value.ContainsSecrets)
        {
            return this;
        }

        var texts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Collect(value, isSecret: false, texts);
        return With(texts);
    }

    /// <summary>This mask with a secret text.</summary>
    public SecretMask With(string secret) => With([secret]);

    /// <summary>The text with every known secret replaced, in any letter case.</summary>
    public string Apply(string text)
    {
        if (_forms.IsEmpty || !text.AsSpan().ContainsAny(_search.Value))
        {
            return text;
        }

        foreach (var form in _forms)
        {
            text = text.Replace(form, PropertyJson.SecretMark, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private static IEnumerable<string> FormsOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var padded = Convert.ToBase64String(bytes);
        var base64 = padded.TrimEnd('=');
        return
        [
            text,
            text.Trim(),
            string.Concat(text.Where(character => !char.IsWhiteSpace(character))),
            padded,
            base64,
            base64.Replace('+', '-').Replace('/', '_'),
            Convert.ToHexString(bytes),
            Uri.EscapeDataString(text),
            WebUtility.UrlEncode(text),
            WebUtility.HtmlEncode(text),
            JavaScriptEncoder.Default.Encode(text),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
            .. WithinBase64(bytes).SelectMany(digits => new[] { digits, digits.Replace('+', '-').Replace('/', '_') }),
        ];
    }

    // "user:password" in base64 has the password at one of three places of a group; digits that its neighbours change are left out.
    private static IEnumerable<string> WithinBase64(byte[] value)
    {
        for (var before = 0; before < 3; before++)
        {
            var own = ((before * BitsInByte) + BitsInDigit - 1) / BitsInDigit;
            var end = (before + value.Length) * BitsInByte / BitsInDigit;
            if (end - own >= MinDigits)
            {
                yield return Convert.ToBase64String([.. new byte[before], .. value])[own..end];
            }
        }
    }

    private static void Collect(PropertyValue value, bool isSecret, HashSet<string> texts)
    {
        if (!isSecret && !value.ContainsSecrets)
        {
            return;
        }

        isSecret |= value.IsSecret;
        switch (value.Unwrapped)
        {
            case StringValue text when isSecret:
                texts.Add(text.Value);
                break;
            case NumberValue number when isSecret:
                texts.Add(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case ListValue list:
                foreach (var item in list.Items)
                {
                    Collect(item, isSecret, texts);
                }

                break;
            case MapValue map:
                foreach (var item in map.Entries.Values)
                {
                    Collect(item, isSecret, texts);
                }

                break;
            case ArchiveValue archive:
                foreach (var asset in archive.Assets.Values)
                {
                    Collect(asset, isSecret, texts);
                }

                break;
            case AssetValue asset when isSecret:
                texts.Add(asset.Content);
                break;
            default:
                break;
        }
    }

    private SecretMask With(IEnumerable<string> texts)
    {
        var forms = _forms.Union(texts
            .Where(text => text.Length >= MinLength && !Signatures.IsUnknown(text))
            .SelectMany(FormsOf)
            .Where(form => form.Length >= MinLength));
        return ReferenceEquals(forms, _forms) ? this : new SecretMask(forms);
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
