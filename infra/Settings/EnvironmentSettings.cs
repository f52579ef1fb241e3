using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>What differs between environments. A stack file says it; nothing else does.</summary>
/// <remarks>
/// Defaults are those of an environment that holds money and do not depend on the environment: a stack file that says less
/// gets more security, not less (docs/decisions/0020).
/// </remarks>
/// <param name="Name">The environment's name in resource names and tags: the stack's.</param>
/// <param name="Environment"><c>canton-infra:environment</c>: the Canton network: devnet, testnet or mainnet.</param>
/// <param name="Owner"><c>canton-infra:owner</c>: who answers for it; a tag.</param>
/// <param name="CostCenter"><c>canton-infra:costCenter</c>: who pays; a tag.</param>
/// <param name="DeletionProtection">
/// <c>canton-infra:deletionProtection</c>: whether what holds data, keys or evidence refuses to be deleted by a deployment; true.
/// </param>
/// <param name="Locks">
/// <c>canton-infra:locks</c>: what Azure refuses to delete, whoever asks: none, stateful (vaults, databases, log storage, the
/// egress address) or all (these, and all else in the resource groups of keys, data and logs); all.
/// </param>
/// <param name="MaintenanceDay"><c>canton-infra:maintenanceDay</c>: the weekday for what interrupts; sunday.</param>
/// <param name="Azure">Where in Azure it is.</param>
/// <param name="Network">The network.</param>
/// <param name="Runner">Where deployments run.</param>
/// <param name="Data">The databases.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Keys">The vaults and keys.</param>
/// <param name="Identity">The identity provider.</param>
/// <param name="Ingress">What is reached from outside.</param>
/// <param name="Mesh">The service mesh.</param>
/// <param name="Services">The services.</param>
/// <param name="Observability">The logs.</param>
/// <param name="Alerts">Who is told when something is wrong.</param>
/// <param name="Ledger">The validators.</param>
/// <param name="LedgerUsers">The services' Canton users.</param>
/// <param name="Access">The groups of people.</param>
/// <param name="Enforcement">
/// <c>canton-infra:enforcement</c>: what Azure does about what is against the policies of the stack, audit or deny. Regions, purge
/// protection and what else is cheap to keep are denied in any case; deny.
/// </param>
internal sealed partial record EnvironmentSettings(
    string Name,
    CantonEnvironment Environment,
    string Owner,
    string CostCenter,
    bool DeletionProtection,
    LockExtent Locks,
    DayOfWeek MaintenanceDay,
    AzureSettings Azure,
    NetworkSettings Network,
    RunnerSettings Runner,
    DataSettings Data,
    ClusterSettings Cluster,
    KeySettings Keys,
    IdentitySettings Identity,
    IngressSettings Ingress,
    MeshSettings Mesh,
    ServiceSettings Services,
    ObservabilitySettings Observability,
    AlertSettings Alerts,
    LedgerSettings Ledger,
    LedgerUserSettings LedgerUsers,
    AccessSettings Access,
    Enforcement Enforcement)
{
    private static readonly ImmutableSortedDictionary<string, DayOfWeek> Days =
        Enum.GetValues<DayOfWeek>().ToImmutableSortedDictionary(
            day => day.ToString().ToLowerInvariant(), day => day, StringComparer.Ordinal);

    /// <summary>Reads the settings of a stack.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="stack">The stack's name.</param>
    public static EnvironmentSettings Read(SettingsReader reader, string stack)
    {
        CheckStackName(reader, stack);
        var azure = AzureSettings.Read(reader);
        if (RegionsWithoutZones.Refusal(azure.Location) is { } refusal)
        {
            reader.Add(AzureSettings.LocationKey, azure.Location, refusal);
        }

        var environment = reader.Key("environment").OneOf("the Canton network of the environment", CantonEnvironments.ByName);
        var network = NetworkSettings.Read(reader);
        var ledger = LedgerSettings.Read(reader, environment, ["default", "keycloak", "ingress", "cert-manager", "istio-system", "istio-cni", .. CantonService.All.Select(service => service.Name)]);

        // An empty list was refused; what follows needs a name to go on with.
        var validators = ledger.Validators
            .Select(validator => validator.Name).DefaultIfEmpty(ValidatorSettings.DefaultName).ToImmutableArray();
        var data = DataSettings.Read(reader, azure.Location, network, ledger);
        var services = ServiceSettings.Read(
            reader, validators, [.. new[] { network.AddressSpace, data.Replica?.AddressSpace ?? "" }.Where(space => space.Length > 0)]);
        var identity = IdentitySettings.Read(reader, stack, validators, services);
        if (!identity.Provider.IsManaged)
        {
            ledger.RefuseGenerations(reader);
        }

        return new EnvironmentSettings(
            stack,
            environment,
            reader.Key("owner").Text("who answers for the environment"),
            reader.Key("costCenter").Text("who pays for the environment"),
            reader.Key("deletionProtection").Boolean(fallback: true),
            LockSettings.Read(reader),
            reader.Key("maintenanceDay").OneOf("the weekday for what interrupts", Days, DayOfWeek.Sunday),
            azure,
            network,
            RunnerSettings.Read(reader, network),
            data,
            ClusterSettings.Read(reader, ledger.Validators),
            KeySettings.Read(reader),
            identity,
            IngressSettings.Read(reader, validators),
            MeshSettings.Read(reader, environment, azure.Location, identity.Host),
            services,
            ObservabilitySettings.Read(reader, environment),
            AlertSettings.Read(reader),
            ledger,
            LedgerUserSettings.Read(reader, services),
            AccessSettings.Read(reader),
            reader.Key("enforcement").OneOf(
                "what Azure does about public addresses", SubscriptionSettings.Enforcements, Enforcement.Deny));
    }

    /// <summary>Notes a stack's name that cannot be a part of names in Azure.</summary>
    internal static void CheckStackName(SettingsReader reader, string stack)
    {
        if (stack.Length > ResourceNames.LongestEnvironment || !StackName().IsMatch(stack))
        {
            reader.Add("stack", null, $"'{stack}' cannot be the name of an environment, since it is a part of names in Azure;"
                + $" allowed are 2 to {ResourceNames.LongestEnvironment} lowercase letters, digits and single hyphens,"
                + " a letter first.");
        }
    }

    /// <summary>The form of an environment's name.</summary>
    [GeneratedRegex("^[a-z](-?[a-z0-9])+$")]
    internal static partial Regex StackName();
}
