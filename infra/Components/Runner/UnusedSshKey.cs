using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CantonInfra.Infra.Components.Runner;

/// <summary>
/// A public key that nobody has the other half of. Azure asks for one wherever passwords are off, also where nobody is to
/// sign in by SSH at all.
/// </summary>
internal static class UnusedSshKey
{
    private const string Algorithm = "ssh-ed25519";

    /// <summary>The key as an SSH public key. It is a digest, so nobody ever had a private key for it.</summary>
    public static string Text { get; } = $"{Algorithm} {Convert.ToBase64String(
        [.. Field(Encoding.ASCII.GetBytes(Algorithm)), .. Field(SHA256.HashData("canton-infra: nobody signs in"u8))])}";

    // Each field of an SSH key is preceded by its length (RFC 4253, section 6.6; RFC 8709, section 4).
    private static byte[] Field(byte[] value)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [.. length, .. value];
    }
}
