using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace CantonInfra.Reachability.Addresses;

/// <summary>Addresses in a row, of one family.</summary>
/// <param name="IsV6">Whether they are IPv6.</param>
/// <param name="First">The first, as a number.</param>
/// <param name="Last">The last.</param>
public readonly record struct AddressSpan(bool IsV6, UInt128 First, UInt128 Last)
{
    private const int BitsOfV4 = 32;
    private const int BitsOfV6 = 128;

    /// <summary>All IPv4 addresses.</summary>
    public static AddressSpan AllV4 { get; } = new(false, 0, uint.MaxValue);

    /// <summary>All IPv6 addresses.</summary>
    public static AddressSpan AllV6 { get; } = new(true, 0, UInt128.MaxValue);

    /// <summary>The addresses of a network such as <c>10.0.0.0/8</c>; bits beyond the prefix do not count.</summary>
    /// <exception cref="FormatException">It is no network.</exception>
    public static AddressSpan Parse(string text) =>
        TryParse(text, out var span) ? span : throw new FormatException($"'{text}' is no network such as 10.0.0.0/8.");

    /// <summary>The addresses of a network such as <c>10.0.0.0/8</c>; bits beyond the prefix do not count.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AddressSpan span)
    {
        span = default;
        var parts = (text ?? "").Split('/');
        if (parts.Length != 2
            || !IPAddress.TryParse(parts[0], out var address)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            return false;
        }

        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var bits = isV6 ? BitsOfV6 : BitsOfV4;
        if (prefix > bits)
        {
            return false;
        }

        var size = bits - prefix;
        var rest = size == BitsOfV6 ? UInt128.MaxValue : (UInt128.One << size) - 1;
        var number = Number(address);
        span = new AddressSpan(isV6, number & ~rest, (number & ~rest) | rest);
        return true;
    }

    /// <summary>Whether all of the other are among these.</summary>
    public bool Contains(AddressSpan other) => IsV6 == other.IsV6 && First <= other.First && other.Last <= Last;

    /// <summary>Whether any of the other is among these.</summary>
    public bool Overlaps(AddressSpan other) => IsV6 == other.IsV6 && First <= other.Last && other.First <= Last;

    /// <summary>A network where they are one, else the first and the last.</summary>
    public override string ToString()
    {
        var length = Last - First;
        var size = length == UInt128.MaxValue ? BitsOfV6 : (int)UInt128.Log2(length + 1);
        var isNetwork = length == UInt128.MaxValue || (BitOperations.PopCount((ulong)(length + 1)) + BitOperations.PopCount((ulong)((length + 1) >> 64)) == 1
            && (First & length) == 0);
        var bits = IsV6 ? BitsOfV6 : BitsOfV4;
        return isNetwork
            ? string.Create(CultureInfo.InvariantCulture, $"{Address(First)}/{bits - size}")
            : $"{Address(First)}-{Address(Last)}";
    }

    private static UInt128 Number(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private IPAddress Address(UInt128 number)
    {
        var bytes = new byte[IsV6 ? BitsOfV6 / 8 : BitsOfV4 / 8];
        if (IsV6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        }

        return new IPAddress(bytes);
    }
}
