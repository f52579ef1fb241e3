namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What the user interfaces call the network and its things, <c>spliceInstanceNames</c> of the validator's chart.</summary>
/// <param name="NetworkName">The network.</param>
/// <param name="NetworkFaviconUrl">Its icon.</param>
/// <param name="AmuletName">Its coin.</param>
/// <param name="AmuletNameAcronym">The coin in short.</param>
/// <param name="NameServiceName">Its name service.</param>
/// <param name="NameServiceNameAcronym">The name service in short.</param>
internal sealed record InstanceNames(
    string NetworkName,
    string NetworkFaviconUrl,
    string AmuletName,
    string AmuletNameAcronym,
    string NameServiceName,
    string NameServiceNameAcronym)
{
    /// <summary>Those of the Global Synchronizer, the same on all its networks.</summary>
    public static readonly InstanceNames Canton = new(
        "Canton Network",
        "https://www.canton.network/hubfs/cn-favicon-05%201-1.png",
        "Canton Coin",
        "CC",
        "Canton Name Service",
        "CNS");
}
