using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary>Settings that are lists of mail addresses.</summary>
internal static partial class EmailAddresses
{
    /// <summary>Reads a list of at least one.</summary>
    /// <param name="node">The setting.</param>
    /// <param name="meaning">Whose addresses they are.</param>
    public static ImmutableArray<string> Read(SettingNode node, string meaning)
    {
        var addresses = node.Items().Select(item => item.Text(meaning, Form(), "an e-mail address")).ToImmutableArray();
        if (node.IsMissing || addresses.IsEmpty)
        {
            node.Refuse($"missing; it must give {meaning}, a list of at least one e-mail address.");
        }

        return addresses;
    }

    [GeneratedRegex(@"^[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+$")]
    private static partial Regex Form();
}
