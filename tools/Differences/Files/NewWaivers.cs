using CantonInfra.Tools.Differences.Dangers;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>What waivers.yaml permits that it did not, and what it permits for longer.</summary>
internal static class NewWaivers
{
    /// <summary>The dangers of a change.</summary>
    /// <param name="former">The file as it was; null where there was none.</param>
    /// <param name="present">The file as it is; null where there is none.</param>
    public static IEnumerable<Danger> Find(string? former, string? present)
    {
        if (former == present || present is null)
        {
            yield break;
        }

        if (YamlText.Parse(present) is not YamlMappingNode after)
        {
            yield return Waived("the waivers cannot be compared; read their difference", "");
            yield break;
        }

        var before = YamlText.Parse(former).At("waivers").Items().GroupBy(Subject, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (var waiver in after.At("waivers").Items())
        {
            var detail = $"{waiver.At("rule").Scalar()} on {waiver.At("resource").Canonical()}, until {waiver.At("expires").Scalar()}, "
                + $"owner {waiver.At("owner").Scalar()}, {waiver.At("ticket").Scalar()}";
            if (!before.TryGetValue(Subject(waiver), out var earlier))
            {
                yield return Waived("a violation is permitted", detail);
            }
            else if (string.CompareOrdinal(waiver.At("expires").Scalar(), earlier.At("expires").Scalar()) > 0)
            {
                yield return Waived("a violation is permitted for longer", detail);
            }
        }
    }

    private static string Subject(YamlNode waiver) => $"{waiver.At("rule").Scalar()}|{waiver.At("resource").Canonical()}";

    private static Danger Waived(string what, string detail) => new(DangerKind.NewWaiver, DangerGrade.Grave, PolicyFiles.WaiversPath, what, detail);
}
