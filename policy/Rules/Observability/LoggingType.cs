using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>How a type of diagnostic setting says whose logs go where.</summary>
/// <param name="Type">The type.</param>
/// <param name="Resource">The property that has the id of the resource.</param>
/// <param name="Workspace">The property that has the id of the workspace.</param>
/// <param name="Logs">Whether each of its logs is on; null where being listed is being on.</param>
internal sealed record LoggingType(ResourceTypePattern Type, string Resource, string Workspace, PropertyPath? Logs)
{
    /// <summary>Today's type.</summary>
    public static LoggingType Native { get; } = new(
        "azure-native:monitor:DiagnosticSetting", "resourceUri", "workspaceId", PropertyPath.Parse("logs[*].enabled"));

    /// <summary>The type of versions 1 and 2, in the module that Azure's namespace is called by.</summary>
    public static LoggingType Insights { get; } = Native with { Type = "azure-native:insights:DiagnosticSetting" };

    /// <summary>The classic provider's.</summary>
    public static LoggingType Classic { get; } = new(
        "azure:monitoring/diagnosticSetting:DiagnosticSetting", "targetResourceId", "logAnalyticsWorkspaceId", null);
}
