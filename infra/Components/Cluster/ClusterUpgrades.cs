using System.Collections.Immutable;
using Pulumi;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>Which upgrades a cluster gets by itself, and when.</summary>
internal static class ClusterUpgrades
{
    private const string MaintenanceStart = "02:00";
    private const int MaintenanceInHours = 4;

    // The names by which AKS knows which upgrades a schedule is for.
    private static readonly ImmutableArray<(string Name, string Schedule)> Schedules =
        [("upgrades", "aksManagedAutoUpgradeSchedule"), ("node-upgrades", "aksManagedNodeOSUpgradeSchedule")];

    /// <summary>The channels.</summary>
    public static ManagedClusterAutoUpgradeProfileArgs Profile() => new()
    {
        UpgradeChannel = UpgradeChannel.Patch,
        NodeOSUpgradeChannel = NodeOSUpgradeChannel.NodeImage,
    };

    /// <summary>Declares the maintenance windows, without which the channels restart nodes at any hour.</summary>
    public static void Schedule(string name, AksClusterArgs args, ManagedCluster cluster, Resource parent)
    {
        foreach (var (purpose, schedule) in Schedules)
        {
            _ = new MaintenanceConfiguration(
                $"{name}-{purpose}",
                new MaintenanceConfigurationArgs
                {
                    ConfigName = schedule,
                    ResourceName = cluster.Name,
                    ResourceGroupName = args.ResourceGroupName,
                    MaintenanceWindow = new MaintenanceWindowArgs
                    {
                        Schedule = new ScheduleArgs
                        {
                            Weekly = new WeeklyScheduleArgs { DayOfWeek = args.MaintenanceDay.ToString(), IntervalWeeks = 1 },
                        },
                        StartTime = MaintenanceStart,
                        DurationHours = MaintenanceInHours,
                        UtcOffset = "+00:00",
                    },
                },
                new CustomResourceOptions { Parent = parent });
        }
    }
}
