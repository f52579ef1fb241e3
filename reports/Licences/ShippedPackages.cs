using System.Collections.Immutable;
using System.Text.Json;

namespace CantonInfra.Reports.Licences;

/// <summary>What of others is shipped, from the bill of materials beside this file (A15).</summary>
internal static class ShippedPackages
{
    private const string Programs = "canton-infra:programs";

    /// <summary>All packages by name.</summary>
    public static ImmutableArray<ShippedPackage> All { get; } = Read();

    private static ImmutableArray<ShippedPackage> Read()
    {
        using var stream = typeof(ShippedPackages).Assembly.GetManifestResourceStream("sbom.cdx.json")
            ?? throw new InvalidOperationException("sbom.cdx.json is missing.");
        using var bill = JsonDocument.Parse(stream);
        return
        [
            .. bill.RootElement.GetProperty("components").EnumerateArray().Select(component => new ShippedPackage(
                component.GetProperty("name").GetString()!,
                component.GetProperty("version").GetString()!,
                component.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString()!,
                component.GetProperty("copyright").GetString()!,
                component.GetProperty("hashes")[0].GetProperty("content").GetString()!,
                component.GetProperty("properties").EnumerateArray().First(property => property.GetProperty("name").GetString() == Programs)
                    .GetProperty("value").GetString()!)),
        ];
    }
}
