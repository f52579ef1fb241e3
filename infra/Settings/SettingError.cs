using System.Globalization;

namespace CantonInfra.Infra.Settings;

/// <summary>A mistake in a stack's settings.</summary>
/// <param name="File">The stack file; null where it is not known.</param>
/// <param name="Line">The line; null where it is not known.</param>
/// <param name="Path">The setting.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
internal sealed record SettingError(string? File, int? Line, string Path, string Message)
{
    /// <summary>As compilers write it, so that editors find the place.</summary>
    public override string ToString()
    {
        var place = (File, Line) switch
        {
            (null, _) => "",
            (_, null) => $"{File}: ",
            _ => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: "),
        };
        return $"{place}{Path}: {Message}";
    }
}
