using CantonInfra.Infra.Components.Isolation;

namespace CantonInfra.Infra.Stacks;

/// <summary>The workloads of a validator, as ends of connections.</summary>
/// <param name="Participant">The participant: <c>lg-api</c>, <c>lg-adm-api</c>, <c>json-api</c>, <c>metrics</c>.</param>
/// <param name="App">The validator app: <c>val-http</c>, <c>metrics</c>.</param>
/// <param name="Backup">The job that keeps what it is known by; nobody connects to it.</param>
/// <param name="WalletUi">The wallet: <c>http</c>.</param>
/// <param name="NameServiceUi">The name service: <c>http</c>.</param>
internal sealed record ValidatorWorkloads(Workload Participant, Workload App, Workload Backup, Workload WalletUi, Workload NameServiceUi);
