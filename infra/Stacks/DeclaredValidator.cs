using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>A validator of an environment, for whatever else has to do with it.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Secrets">Its secrets.</param>
/// <param name="Node">Its node.</param>
/// <param name="Workloads">Its workloads, as ends of connections.</param>
internal sealed record DeclaredValidator(
    ValidatorSettings Settings, TrustZoneNamespace Namespace, ValidatorSecrets Secrets, Validator Node, ValidatorWorkloads Workloads);
