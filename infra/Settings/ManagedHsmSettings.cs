using System.Collections.Immutable;
using CantonInfra.Infra.Components.Keys;

namespace CantonInfra.Infra.Settings;

/// <summary>A managed HSM, <c>canton-infra:keys.managedHsm</c>; it is there where this is given (A18).</summary>
/// <param name="AdminObjectIds">
/// <c>.adminObjectIds</c>: the object ids in Entra of those who activate the pool, GUIDs; at least one. No default.
/// </param>
/// <param name="Keys">
/// <c>.keys</c>: by the name of a key (cmk-des, cmk-flows, cmk-psql-keycloak, cmk-psql-ledger) the URI of a version of the one in the pool
/// that takes its place; the vault's own key.
/// </param>
internal sealed record ManagedHsmSettings(
    ImmutableArray<string> AdminObjectIds, ImmutableSortedDictionary<string, HsmKeyUri> Keys)
{
    /// <summary>Reads them; null where there is no pool.</summary>
    public static ManagedHsmSettings? Read(SettingNode node)
    {
        if (node.IsMissing)
        {
            return null;
        }

        var admins = node.Member("adminObjectIds");
        var ids = admins.Items().Select(item => item.Guid("a person or group in Entra")).ToImmutableArray();
        if (ids.IsEmpty)
        {
            admins.Refuse("missing; it must give those who activate the pool, a list of at least one GUID.");
        }

        var keys = node.Member("keys");
        return new ManagedHsmSettings(
            ids,
            KeySettings.EncryptionKeys
                .Select(name => (Name: name, Node: keys.Member(name)))
                .Where(key => !key.Node.IsMissing)
                .ToImmutableSortedDictionary(
                    key => key.Name,
                    key => new HsmKeyUri(key.Node.Text(
                        "a key in the pool",
                        HsmKeyUri.Form,
                        "the URI of a version of a key, such as https://pool.managedhsm.azure.net/keys/name/<32 hexadecimal digits>")),
                    StringComparer.Ordinal));
    }
}
