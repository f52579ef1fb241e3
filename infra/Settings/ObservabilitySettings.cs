namespace CantonInfra.Infra.Settings;

/// <summary>The logs of an environment, <c>canton-infra:observability</c>.</summary>
/// <param name="DailyCapGB">
/// <c>.dailyCapGB</c>: the most that a day's logs may take, 1 to 1000; no bound. Where there is one, whoever floods the logs
/// goes unlogged for the rest of the day.
/// </param>
internal sealed record ObservabilitySettings(int? DailyCapGB)
{
    /// <summary>Reads them.</summary>
    public static ObservabilitySettings Read(SettingsReader reader)
    {
        var cap = reader.Structure("observability").Member("dailyCapGB");
        return new ObservabilitySettings(cap.IsMissing ? null : cap.Integer(1, 1000, 1));
    }
}
