using CantonInfra.PolicySdk;
using CantonInfra.Policy.Limits;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>The types of PostgreSQL flexible servers and their parts.</summary>
internal static class PostgreSqlTypes
{
    /// <summary>The server.</summary>
    public const string Server = "azure-native:dbforpostgresql:Server";

    /// <summary>The server in the classic provider.</summary>
    public const string ClassicServer = "azure:postgresql/flexibleServer:FlexibleServer";

    /// <summary>A parameter of a server.</summary>
    public const string Parameter = "azure-native:dbforpostgresql:Configuration";

    /// <summary>A parameter in the classic provider.</summary>
    public const string ClassicParameter = "azure:postgresql/flexibleServerConfiguration:FlexibleServerConfiguration";

    /// <summary>Why a rule for what holds money has nothing to say; null where it has.</summary>
    /// <param name="server">The server.</param>
    /// <param name="limit">How strict its stack is at least.</param>
    public static PolicyVerdict? Exemption(ResourceView server, ModeLimit limit) => Exemption(limit)
        ?? (IsReplica(server) ? PolicyVerdict.NotApplicable("A replica has no standby and no backups of its own.") : null);

    /// <summary>Why a rule for what holds money has nothing to say of a stack, replicas or not; null where it has.</summary>
    /// <param name="limit">How strict the stack is at least.</param>
    public static PolicyVerdict? Exemption(ModeLimit limit) => limit.Least == PolicyMode.Deny
        ? null
        : PolicyVerdict.NotApplicable("The limits allow the stack to be in audit mode: it holds nothing of worth.");

    /// <summary>Whether a server follows another one.</summary>
    public static bool IsReplica(ResourceView server) =>
        server.Read("createMode").TryGetText(out var mode) && mode.Equals("Replica", StringComparison.OrdinalIgnoreCase);
}
