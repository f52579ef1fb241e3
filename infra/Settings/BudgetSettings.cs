using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>What a subscription may cost, <c>canton-infra:budget</c> (P1).</summary>
/// <param name="Amount"><c>.amount</c>: for a month, in the currency of the bill, a whole number. No default.</param>
/// <param name="StartDate">
/// <c>.startDate</c>: the first day that counts, the first of the month in which the budget is made. No default.
/// </param>
/// <param name="ContactEmails"><c>.contactEmails</c>: the addresses of those who are told, at least one. No default.</param>
/// <param name="Thresholds">
/// <c>.thresholds</c>: the parts of the amount, in percent, at which they are told that it is spent, up to four; 50, 80, 100.
/// That all of it will be spent is told in any case.
/// </param>
internal sealed record BudgetSettings(
    int Amount, DateOnly StartDate, ImmutableArray<string> ContactEmails, ImmutableArray<int> Thresholds)
{
    // Azure takes five notifications, and one is the forecast.
    private const int MostThresholds = 4;

    /// <summary>Reads them.</summary>
    public static BudgetSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("budget");
        return new BudgetSettings(
            node.Member("amount").Integer("what the subscription may cost in a month", 1, 100_000_000),
            Start(node.Member("startDate")),
            EmailAddresses.Read(node.Member("contactEmails"), "who is told of costs"),
            ReadThresholds(node.Member("thresholds")));
    }

    private static DateOnly Start(SettingNode node)
    {
        var day = node.Date("the first day that counts");
        if (day.Day != 1)
        {
            node.Refuse("is not the first day of a month.");
        }

        return day;
    }

    private static ImmutableArray<int> ReadThresholds(SettingNode node)
    {
        if (node.IsMissing)
        {
            return [50, 80, 100];
        }

        var thresholds = node.Items().Select(item => item.Integer(1, 1000, 1)).ToImmutableArray();
        if (thresholds.Length is 0 or > MostThresholds || thresholds.Distinct().Count() != thresholds.Length)
        {
            node.Refuse($"must give one to {MostThresholds} different parts in percent, such as [50, 80, 100].");
        }

        return thresholds;
    }
}
