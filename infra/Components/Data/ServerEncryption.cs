using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.AzureNative.DBforPostgreSQL;
using Pulumi.AzureNative.DBforPostgreSQL.Inputs;

namespace CantonInfra.Infra.Components.Data;

/// <summary>What encrypts a server's data in one region.</summary>
/// <param name="Key">The key, in a vault of that region.</param>
/// <param name="Azure">The environment, with that region as its location.</param>
/// <param name="ResourceGroupName">The name of the resource group for the identity that uses the key.</param>
internal sealed record EncryptionRegion(EncryptionKey Key, AzureEnvironment Azure, Input<string> ResourceGroupName);

/// <summary>How a PostgreSQL server is encrypted: its keys, and the identities that use them.</summary>
internal sealed class ServerEncryption
{
    /// <summary>Makes the identities and gives them their roles.</summary>
    /// <param name="name">The logical name of the server.</param>
    /// <param name="region">The server's own region.</param>
    /// <param name="backups">The region that has a copy of the backups; null where there is none.</param>
    /// <param name="parent">The component of the server.</param>
    public ServerEncryption(string name, EncryptionRegion region, EncryptionRegion? backups, Resource parent)
    {
        var identity = Identify(name, region);
        var grants = ImmutableArray.Create(region.Key.GrantWrapping(identity));
        var ids = identity.Id.Apply(id => ImmutableArray.Create(id));
        Data = new DataEncryptionArgs
        {
            Type = DataEncryptionType.AzureKeyVault,

            // Without a version: the server follows rotations of the key by itself.
            PrimaryKeyURI = region.Key.Uri,
            PrimaryUserAssignedIdentityId = identity.Id,
        };
        if (backups is not null)
        {
            // The copy outlives the region, so nothing that reads it may be in there.
            var reader = Identify($"{name}-geo", backups);
            grants = grants.Add(backups.Key.GrantWrapping(reader));
            ids = Output.Tuple(identity.Id, reader.Id).Apply(both => ImmutableArray.Create(both.Item1, both.Item2));
            Data.GeoBackupKeyURI = backups.Key.Uri;
            Data.GeoBackupUserAssignedIdentityId = reader.Id;
        }

        Identity = new Pulumi.AzureNative.DBforPostgreSQL.Inputs.UserAssignedIdentityArgs
        {
            Type = IdentityType.UserAssigned,

            // A map with the ids as keys here, unlike with other services.
            UserAssignedIdentities = ids.Apply(all => all.ToImmutableDictionary(id => id, _ => new UserIdentityArgs())),
        };
        Grants = grants;

        ManagedIdentity Identify(string purpose, EncryptionRegion where) =>
            new($"{purpose}-identity", purpose, where.Azure, where.ResourceGroupName, parent);
    }

    /// <summary>The keys.</summary>
    public DataEncryptionArgs Data { get; }

    /// <summary>The identities.</summary>
    public Pulumi.AzureNative.DBforPostgreSQL.Inputs.UserAssignedIdentityArgs Identity { get; }

    /// <summary>The roles that must be in place before the server is made.</summary>
    public ImmutableArray<Resource> Grants { get; }
}
