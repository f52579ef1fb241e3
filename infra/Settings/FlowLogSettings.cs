namespace CantonInfra.Infra.Settings;

/// <summary>The flow logs of an environment's network (A24), <c>canton-infra:network</c>, member <c>.flowLogs</c>.</summary>
/// <param name="RetentionDays"><c>.flowLogs.retentionDays</c>: for how long they are kept, 1 to 365; 90.</param>
/// <param name="AnalyticsIntervalMinutes"><c>.flowLogs.analyticsIntervalMinutes</c>: how often they are analyzed, 10 or 60; 10.</param>
internal sealed record FlowLogSettings(int RetentionDays, int AnalyticsIntervalMinutes)
{
    private const int Often = 10;
    private const int Seldom = 60;

    /// <summary>Reads them.</summary>
    /// <param name="network">The setting of the network.</param>
    public static FlowLogSettings Read(SettingNode network)
    {
        var node = network.Member("flowLogs");
        var interval = node.Member("analyticsIntervalMinutes");
        var minutes = interval.Integer(Often, Seldom, Often);
        if (minutes is not (Often or Seldom))
        {
            interval.Refuse($"'{minutes}' is not one of: {Often}, {Seldom}.");
        }

        return new FlowLogSettings(node.Member("retentionDays").Integer(1, 365, 90), minutes);
    }
}
