using System.Buffers;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>Tells by its name that a property or variable holds a secret, and by its value that the value is one.</summary>
internal static partial class SecretNames
{
    private const int Shortest = 4;

    private static readonly ImmutableHashSet<string> Last = ImmutableHashSet.Create(
        StringComparer.Ordinal, "password", "passwd", "pwd", "passphrase", "pgpassword", "apikey", "accesskey", "privatekey", "secretkey", "connectionstring", "clientsecret");

    // Words that say which secret or token; without one, 'secret' is mostly the name of an object and 'token' the name of a thing.
    private static readonly ImmutableHashSet<string> Kinds = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "access", "admin", "api", "app", "auth", "bearer", "bootstrap", "bot", "client", "cookie", "encryption", "github", "hmac", "jwt", "master",
        "oauth", "refresh", "registration", "root", "sas", "session", "shared", "signing", "webhook");

    private static readonly ImmutableHashSet<string> Pairs = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "access key", "account key", "api key", "client key", "connection string", "encryption key", "license key", "master key", "private key",
        "secret key", "shared key", "signing key", "storage key", "workspace key", "instrumentation key", "sas token", "sas url");

    private static readonly ImmutableHashSet<string> NotValues = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "true", "false", "none", "null", "enabled", "disabled", "required", "optional", "auto", "default", "password");

    // What the last word of each of these names ends with: most names are told by that to be none.
    private static readonly ImmutableArray<string> Ends =
        ["password", "passwd", "pwd", "passphrase", "key", "string", "secret", "token", "url"];

    private static readonly SearchValues<string> Mentions = SearchValues.Create(Ends.AsSpan(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether there may be such a name in a text; false where there is none for certain.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(Mentions);

    /// <summary>Whether a name is that of a secret: <c>clientSecret</c>, <c>DB_PASSWORD</c>, <c>spring.datasource.password</c>.</summary>
    public static bool Is(string name)
    {
        if (!MayBe(name))
        {
            return false;
        }

        var words = Words().Matches(name).Select(match => match.Value.ToLowerInvariant()).ToList();
        if (words.Count == 0)
        {
            return false;
        }

        var last = words[^1];
        var before = words.Count > 1 ? words[^2] : "";
        return Last.Contains(last)
            || Pairs.Contains($"{before} {last}")
            || (last is "secret" or "token" && (words.Count == 1 || Kinds.Contains(before)));
    }

    // The words of a name are of ASCII letters and digits; what stands behind the last one is none.
    private static bool MayBe(ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty && !char.IsAsciiLetterOrDigit(name[^1]))
        {
            name = name[..^1];
        }

        foreach (var end in Ends)
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value is a secret itself, and not where one is, or how one is called.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The name that it is under.</param>
    public static bool IsLiteral(string value, string name) =>
        value.Trim() is { Length: >= Shortest } text
        && !NotValues.Contains(text)
        && !Reference().IsMatch(text)
        && !Masked().IsMatch(text)
        && !text.Equals(name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex Words();

    // Templates, variables, paths, addresses, references to vaults and files, and images of them.
    [GeneratedRegex(@"^(\$|%|\{\{|<|/|\./|@|https?://|file:|env:|vault:|ref[+:]|secret:|op://|arn:|projects/|\[)|\$\{|\{\{|\$\(")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[*xX.•-]+$")]
    private static partial Regex Masked();
}
