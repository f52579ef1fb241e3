using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using RpcStatus = CantonInfra.Protocol.Wire.Status;

namespace CantonInfra.Protocol.Grpc;

/// <summary>The headers and trailers of gRPC, and how their values are written.</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string StatusDetails = "grpc-status-details-bin";
    public const string Timeout = "grpc-timeout";

    // grpc-timeout has at most eight digits, so long deadlines are sent in seconds.
    private const long MaxTimeoutDigits = 99_999_999;

    // A timer takes 49 days at most, while the header can say 11,000 years.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    /// <summary>Percent-encodes what a header cannot carry: bytes outside 0x20 to 0x7e, and the percent sign.</summary>
    public static string EncodeMessage(string message)
    {
        if (message.All(character => character is >= ' ' and <= '~' and not '%'))
        {
            return message;
        }

        var result = new StringBuilder(message.Length + 16);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7e and not (byte)'%')
            {
                result.Append((char)value);
            }
            else
            {
                result.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return result.ToString();
    }

    public static string DecodeMessage(string message) =>
        message.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(message) : message;

    public static string EncodeTimeout(TimeSpan timeout)
    {
        var milliseconds = Math.Max(1, (long)Math.Ceiling(timeout.TotalMilliseconds));
        return milliseconds <= MaxTimeoutDigits
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds}m")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Min(MaxTimeoutDigits, milliseconds / 1000)}S");
    }

    /// <summary>The deadline that a caller gave, or null where it gave none that can be read.</summary>
    public static TimeSpan? DecodeTimeout(string? header)
    {
        if (header is not { Length: >= 2 and <= 9 }
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        return header[^1] switch
        {
            'H' => TimeSpan.FromHours(count),
            'M' => TimeSpan.FromMinutes(count),
            'S' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMilliseconds(count),
            'u' => TimeSpan.FromMicroseconds(count),
            'n' => TimeSpan.FromTicks(Math.Max(1, count / 100)),
            _ => null,
        };
    }

    /// <summary>A deadline as far as a timer can keep it.</summary>
    public static TimeSpan Bound(TimeSpan timeout) =>
        timeout > LongestTimer ? LongestTimer : timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout;

    public static string EncodeDetails(StatusCode code, string message, ImmutableArray<Any> details)
    {
        var status = new RpcStatus { Code = (int)code, Message = message };
        status.Details.AddRange(details);
        return Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
    }

    /// <summary>The details of a trailer; padding is optional, and what cannot be read counts as none.</summary>
    public static ImmutableArray<Any> DecodeDetails(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return [];
        }

        try
        {
            var padded = header.PadRight(header.Length + ((4 - (header.Length % 4)) % 4), '=');
            return [.. RpcStatus.Parser.ParseFrom(Convert.FromBase64String(padded)).Details];
        }
        catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
        {
            return [];
        }
    }
}
