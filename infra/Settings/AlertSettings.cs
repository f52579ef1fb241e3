using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary>Who is told when something is wrong, <c>canton-infra:alerts</c> (A12, A24).</summary>
/// <param name="Email"><c>.email</c>: the address that every alert goes to; a list that somebody reads at night.</param>
internal sealed partial record AlertSettings(string Email)
{
    /// <summary>Reads them.</summary>
    public static AlertSettings Read(SettingsReader reader) => new(
        reader.Structure("alerts").Member("email").Text(
            "the address that alerts go to", Address(), "an e-mail address, such as operators@example.com"));

    // What Azure takes is checked by Azure; this finds what is no address at all.
    [GeneratedRegex(@"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+$")]
    private static partial Regex Address();
}
