using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>
/// <c>canton-infra:mode</c>: what a violation does: audit tells of it, deny refuses the deployment; at least the mode in policy/limits.yaml.
/// </summary>
internal enum ViolationMode
{
    /// <summary>It refuses the deployment.</summary>
    Deny,

    /// <summary>It is told.</summary>
    Audit,
}

/// <summary>The modes as settings name them.</summary>
internal static class ViolationModes
{
    private static readonly ImmutableSortedDictionary<string, ViolationMode> ByName = new Dictionary<string, ViolationMode>
    {
        ["audit"] = ViolationMode.Audit,
        ["deny"] = ViolationMode.Deny,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Checks the mode. The policies read it for themselves; here a wrong one is told with all else that is wrong.</summary>
    public static void Check(SettingsReader reader) =>
        reader.Key("mode").OneOf("what a violation does", ByName, ViolationMode.Deny);
}
