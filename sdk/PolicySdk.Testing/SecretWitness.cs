using System.Net;
using System.Text;

namespace CantonInfra.PolicySdk.Testing;

/// <summary>A secret that is recognised in the forms in which secrets get out.</summary>
internal static class SecretWitness
{
    public const string Text = "Witness/5ecret+value &42";

    private static readonly string[] Forms =
    [
        Text,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Text)).TrimEnd('='),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Text)),
        Uri.EscapeDataString(Text),
        WebUtility.UrlEncode(Text),
        Text.Replace(" ", "", StringComparison.Ordinal),
    ];

    public static bool IsIn(string text) => Forms.Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase));
}
