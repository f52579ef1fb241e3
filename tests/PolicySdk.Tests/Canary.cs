using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace CantonInfra.PolicySdk.Tests;

/// <summary>A secret that must not be seen anywhere, in the forms in which secrets get out.</summary>
internal static class Canary
{
    public const string Text = "Canary/5ecret+value &42";

    public static IEnumerable<string> Forms { get; } =
    [
        Text,
        Text.Replace(" ", "", StringComparison.Ordinal),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Text)),
        Uri.EscapeDataString(Text),
        WebUtility.UrlEncode(Text),
        WebUtility.HtmlEncode(Text),
        JavaScriptEncoder.Default.Encode(Text),
        .. Base64Forms(),
    ];

    public static void AssertAbsent(string output)
    {
        foreach (var form in Forms)
        {
            Assert.DoesNotContain(form, output, StringComparison.OrdinalIgnoreCase);
        }
    }

    // Within a longer text a value starts at one of three places of a group; the digits that its neighbours change are left out.
    private static IEnumerable<string> Base64Forms()
    {
        for (var before = 0; before < 3; before++)
        {
            var bytes = Encoding.UTF8.GetBytes(new string('x', before) + Text);
            var all = Convert.ToBase64String(bytes).TrimEnd('=');
            var whole = all[..(bytes.Length * 8 / 6)];
            var own = whole[(((before * 8) + 5) / 6)..];
            yield return own;
            yield return own.Replace('+', '-').Replace('/', '_');
        }
    }
}
