namespace CantonInfra.Infra.Settings;

/// <summary>What the ids of a provider's clients look like.</summary>
/// <param name="Read">Reads one; the text says what it is.</param>
/// <param name="IsSubject">Whether tokens of machines carry the client's id as <c>sub</c>, unless told otherwise.</param>
internal sealed record ClientIdForm(Func<SettingNode, string, string> Read, bool IsSubject)
{
    /// <summary>GUIDs, as Entra's; tokens carry another one.</summary>
    public static readonly ClientIdForm Guid = new((node, meaning) => node.Guid(meaning), IsSubject: false);

    /// <summary>Any text; tokens carry it.</summary>
    public static readonly ClientIdForm TextAndSubject = new((node, meaning) => node.Text(meaning), IsSubject: true);

    /// <summary>Any text; what tokens carry, only a token can tell.</summary>
    public static readonly ClientIdForm Text = new((node, meaning) => node.Text(meaning), IsSubject: false);
}
