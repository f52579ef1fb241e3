using System.Collections.Immutable;
using System.Globalization;
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
    [
        ("maintenance", "default"),
        ("upgrades", "aksManagedAutoUpgradeSchedule"),
        ("node-upgrades", "aksManagedNodeOSUpgradeSchedule"),
    ];

    private static readonly ImmutableDictionary<KubernetesUpgrades, UpgradeChannel> Channels =
        new Dictionary<KubernetesUpgrades, UpgradeChannel>
        {
            [KubernetesUpgrades.NodeImage] = UpgradeChannel.Node_image,
            [KubernetesUpgrades.Patch] = UpgradeChannel.Patch,
            [KubernetesUpgrades.Rapid] = UpgradeChannel.Rapid,
            [KubernetesUpgrades.Stable] = UpgradeChannel.Stable,
        }.ToImmutableDictionary();

    /// <summary>The channels.</summary>
    public static ManagedClusterAutoUpgradeProfileArgs Profile(AksClusterArgs args) => new()
    {
        UpgradeChannel = Channels[args.Upgrades],
        NodeOSUpgradeChannel = args.NodeUpgrades == NodeImageUpgrades.SecurityPatch
            ? NodeOSUpgradeChannel.SecurityPatch
            : NodeOSUpgradeChannel.NodeImage,
    };

    /// <summary>What the autoscaler and the channels change of a cluster on their own, and a deployment must not change back.</summary>
    public static ImmutableArray<string> ChangedByAzure(AksClusterArgs args)
    {
        ImmutableArray<string> always = ["agentPoolProfiles[*].count", "agentPoolProfiles[*].orchestratorVersion"];

        // These two channels move on to other minor versions than the one in the settings.
        return args.Upgrades is KubernetesUpgrades.Stable or KubernetesUpgrades.Rapid ? always.Add("kubernetesVersion") : always;
    }

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
                        NotAllowedDates = args.NotAllowedDates
                            .Select(range => new DateSpanArgs { Start = Day(range.Start), End = Day(range.End) })
                            .ToArray(),
                    },
                },
                new CustomResourceOptions { Parent = parent });
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
