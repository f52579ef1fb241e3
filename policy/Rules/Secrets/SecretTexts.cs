using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>Tells by its form that a text is, or holds, a secret.</summary>
internal static partial class SecretTexts
{
    private const int ShortestEncoded = 24;
    private const int ShortestForm = 16;

    // One of these is in all texts of the forms below: most texts are told by that to have none.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "PRIVATE KEY", "eyJ", "AccountKey=", "SharedAccessKey=", "sig=", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-",
            "xox", "k_live_", "SG.", "pul-", "npm_", "hvs.", "://",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>What a text holds, as a noun; null where nothing is found. Looks into Base64 too.</summary>
    public static string? Find(string text) =>
        OfForm(text) ?? Assigned(text) ?? (Decoded(text) is { } decoded ? OfForm(decoded) ?? Assigned(decoded) : null);

    // The forms that tokens and keys are known by.
    private static string? OfForm(string text) =>
        text.Length < ShortestForm || !MayHaveForm(text) ? null
        : PrivateKey().IsMatch(text) ? "a private key"
        : WebToken().IsMatch(text) ? "a signed token (JWT)"
        : StorageKey().IsMatch(text) ? "the key of an account (AccountKey or SharedAccessKey)"
        : SharedSignature().IsMatch(text) ? "a shared access signature"
        : AccessKeyId().IsMatch(text) ? "an access key of AWS"
        : GitToken().IsMatch(text) ? "a token of a source host"
        : ServiceToken().IsMatch(text) ? "a token of a service"
        : Credentials().IsMatch(text) ? "an address with a password"
        : null;

    // Forms without regard to case take some letters beyond ASCII for one of it.
    private static bool MayHaveForm(string text) => text.AsSpan().ContainsAny(Signs) || !Ascii.IsValid(text);

    // Lines of a script or configuration, such as 'password: hunter2' or 'Password=hunter2;'.
    private static string? Assigned(string text)
    {
        if (!SecretNames.MayBeIn(text))
        {
            return null;
        }

        foreach (var match in Assignment().Matches(text).Concat(Option().Matches(text)))
        {
            if (SecretNames.Is(match.Groups["name"].Value) && SecretNames.IsLiteral(match.Groups["value"].Value, match.Groups["name"].Value))
            {
                return $"a value for '{match.Groups["name"].Value}'";
            }
        }

        return null;
    }

    private static string? Decoded(string text)
    {
        if (text.Length < ShortestEncoded || text.Length % 4 != 0 || !Base64().IsMatch(text))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) && Array.TrueForAll(bytes[..count], IsText)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : null;
    }

    private static bool IsText(byte value) => value is >= 32 and not 127 or 9 or 10 or 13;

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}")]
    private static partial Regex WebToken();

    [GeneratedRegex("(AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{16,}={0,2}", RegexOptions.IgnoreCase)]
    private static partial Regex StorageKey();

    [GeneratedRegex(@"\bsv=\d{4}-\d{2}-\d{2}&[^\s]*\bsig=|\bsig=[A-Za-z0-9%+/]{20,}[^\s]*&sv=\d{4}-\d{2}-\d{2}", RegexOptions.IgnoreCase)]
    private static partial Regex SharedSignature();

    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b")]
    private static partial Regex AccessKeyId();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{40,}|glpat-[A-Za-z0-9_-]{20,})")]
    private static partial Regex GitToken();

    // Slack, Stripe, SendGrid, Pulumi, npm, Vault.
    [GeneratedRegex(@"\b(xox[abprs]-[A-Za-z0-9-]{20,}|[sr]k_live_[A-Za-z0-9]{20,}|SG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}|pul-[0-9a-f]{40}|npm_[A-Za-z0-9]{36}|hvs\.[A-Za-z0-9_-]{24,})")]
    private static partial Regex ServiceToken();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://[^/\s:@]+:(?![$%{<*]|x{3,})[^/\s:@]{3,}@[^\s/]", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    [GeneratedRegex(@"(?<![\w.-])(--?)?[""']?(?<name>[A-Za-z][\w.-]{2,40})[""']?[ \t]*(=|:[ \t])[ \t]*[""']?(?<value>[^\s""',;}\]]{4,})", RegexOptions.None)]
    private static partial Regex Assignment();

    // An option of a command: '--password hunter2'.
    [GeneratedRegex(@"(?<![\w.-])--(?<name>[A-Za-z][\w.-]{2,40})[ \t]+[""']?(?<value>[^\s""',;}\]-][^\s""',;}\]]{3,})")]
    private static partial Regex Option();

    [GeneratedRegex("^[A-Za-z0-9+/]+={0,2}$")]
    private static partial Regex Base64();
}
