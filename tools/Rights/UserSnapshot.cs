using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using CantonInfra.Canton.Ledger;
using CantonInfra.Canton.Rights;

namespace CantonInfra.Tools.Rights;

/// <summary>A user and its rights at one time.</summary>
/// <param name="User">The user.</param>
/// <param name="Rights">Its rights.</param>
internal sealed record UserSnapshot(LedgerUser User, ImmutableSortedSet<LedgerRight> Rights)
{
    /// <summary>A hash of all of it: equal before and after, nobody has touched the user.</summary>
    public string Hash
    {
        get
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartArray();
                writer.WriteStringValue(User.Id);
                writer.WriteStringValue(User.PrimaryParty);
                writer.WriteBooleanValue(User.IsDeactivated);
                writer.WriteStringValue(User.ResourceVersion);
                writer.WriteStringValue(User.IdentityProviderId);
                foreach (var (key, value) in User.Annotations)
                {
                    writer.WriteStringValue($"{key}={value}");
                }

                writer.WriteStartArray();
                foreach (var right in Rights)
                {
                    writer.WriteStringValue(right.ToString());
                }

                writer.WriteEndArray();
                writer.WriteEndArray();
            }

            return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray()))}";
        }
    }

    /// <summary>Reads a user; null where there is none.</summary>
    public static async Task<UserSnapshot?> ReadAsync(LedgerClient client, string id, CancellationToken cancellation) =>
        await client.FindUserAsync(id, "", cancellation) is { } user
            ? new UserSnapshot(user, await client.ListRightsAsync(user.Id, cancellation))
            : null;
}
