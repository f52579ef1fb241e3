using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>What makes an output of the program unknown.</summary>
internal static class Unknowns
{
    /// <summary>
    /// Whether an unknown is anywhere in the value. A reference to a resource does not count: the resource is there, even
    /// where its id is not known yet.
    /// </summary>
    public static bool IsUnknownAnywhere(PropertyValue value) => value.ContainsUnknowns && value switch
    {
        UnknownValue => true,
        SecretValue secret => IsUnknownAnywhere(secret.Element),
        OutputValue output => output.Element is null || IsUnknownAnywhere(output.Element),
        ListValue list => list.Items.Any(IsUnknownAnywhere),
        MapValue map => map.Entries.Values.Any(IsUnknownAnywhere),
        ArchiveValue archive => archive.Assets.Values.Any(IsUnknownAnywhere),
        _ => false,
    };
}
