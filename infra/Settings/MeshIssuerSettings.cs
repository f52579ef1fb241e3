using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary>The issuer that signs the mesh's authority, <c>canton-infra:mesh.issuer</c> (C2).</summary>
/// <param name="Name"><c>.name</c>: its name.</param>
/// <param name="Kind"><c>.kind</c>: ClusterIssuer, Issuer of the namespace istio-system, or the kind of another group; ClusterIssuer.</param>
/// <param name="Group"><c>.group</c>: the group of its kind; cert-manager.io.</param>
internal sealed partial record MeshIssuerSettings(string Name, string Kind, string Group)
{
    /// <summary>Reads it; null where there is none.</summary>
    /// <param name="node">The setting.</param>
    public static MeshIssuerSettings? Read(SettingNode node)
    {
        var name = node.Member("name");
        var kind = node.Member("kind");
        var group = node.Member("group");
        return node.IsMissing
            ? null
            : new MeshIssuerSettings(
                name.Text("the name of the issuer", ObjectName(), "a name of lowercase letters, digits, dots and hyphens"),
                kind.Text("the kind of the issuer", KindName(), "a kind in letters, such as ClusterIssuer", "ClusterIssuer"),
                group.HostName("the group of the issuer's kind", "cert-manager.io"));
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex ObjectName();

    [GeneratedRegex("^[A-Z][A-Za-z]{1,62}$")]
    private static partial Regex KindName();
}
