using System.Text;

namespace CantonInfra.PolicySdk.Tests;

/// <summary>A secret that must not be seen anywhere, in the forms in which secrets get out.</summary>
internal static class Canary
{
    public const string Text = "Canary/5ecret+value &42";

    public static IEnumerable<string> Forms =>
    [
        Text,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Text)).TrimEnd('='),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Text)),
        Uri.EscapeDataString(Text),
        System.Net.WebUtility.UrlEncode(Text),
        Text.Replace(" ", "", StringComparison.Ordinal),
    ];

    public static void AssertAbsent(string output)
    {
        foreach (var form in Forms)
        {
            Assert.DoesNotContain(form, output, StringComparison.OrdinalIgnoreCase);
        }
    }
}
