using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CantonInfra.Infra.Components.Access;

/// <summary>GUIDs made from names: the same name gives the same GUID.</summary>
internal static class NameGuid
{
    private const int Version = 8;

    /// <summary>The GUID of a name, a version 8 UUID (RFC 9562) from its SHA-256 digest.</summary>
    public static string Create(string name)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), bytes);
        var version = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)((version & 0x0fff) | (Version << 12)));
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes[..16], bigEndian: true).ToString("D");
    }
}
