using System.Collections.Immutable;
using System.Globalization;
using Pulumi;
using Pulumi.AzureNative.Consumption;
using Pulumi.AzureNative.Consumption.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="SpendingBudget"/> needs.</summary>
internal sealed record SpendingBudgetArgs
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The amount for a month, in the currency of the bill.</summary>
    public required int Amount { get; init; }

    /// <summary>The first day that counts, the first of a month.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>The addresses of those who are told.</summary>
    public required ImmutableArray<string> ContactEmails { get; init; }

    /// <summary>The parts of the amount, in percent, at which they are told that it is spent.</summary>
    public required ImmutableArray<int> Thresholds { get; init; }
}

/// <summary>What a subscription may cost in a month, and who is told when it costs more; nothing is stopped by it.</summary>
internal sealed class SpendingBudget : ComponentResource
{
    private const int Everything = 100;

    /// <summary>Declares the budget.</summary>
    public SpendingBudget(string name, SpendingBudgetArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:SpendingBudget", name, options)
    {
        var notifications = new InputMap<NotificationArgs>
        {
            // While there is time to do something about it.
            [$"forecasted-{Everything}"] = Notification(args, ThresholdType.Forecasted, Everything),
        };
        foreach (var threshold in args.Thresholds)
        {
            notifications.Add(
                string.Create(CultureInfo.InvariantCulture, $"actual-{threshold}"), Notification(args, ThresholdType.Actual, threshold));
        }

        _ = new Budget(
            "budget",
            new BudgetArgs
            {
                BudgetName = "canton-monthly",
                Scope = $"/subscriptions/{args.SubscriptionId}",
                Category = CategoryType.Cost,
                TimeGrain = TimeGrainType.Monthly,
                Amount = args.Amount,
                TimePeriod = new BudgetTimePeriodArgs
                {
                    StartDate = args.StartDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z",
                },
                Notifications = notifications,
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    private static NotificationArgs Notification(SpendingBudgetArgs args, ThresholdType type, int threshold) => new()
    {
        Enabled = true,
        Operator = OperatorType.GreaterThanOrEqualTo,
        ThresholdType = type,
        Threshold = threshold,
        ContactEmails = args.ContactEmails,
    };
}
