using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings;

/// <summary>What services connect to besides the ledger.</summary>
public sealed class ServiceSettingsTests
{
    // A service's own line replaces the one of the stack file.
    private static readonly string Mainnet = ProjectFolder.StackFile("mainnet")
        .Replace("      partyHint: canton-bridge\n", "", StringComparison.Ordinal)
        .Replace("    relayer:\n", "    relayer: RELAYER\n", StringComparison.Ordinal);

    [Fact]
    public void Databases_and_nodes_are_named_by_address_and_host()
    {
        var result = ReadSettings.From("mainnet", With("hosts: [rpc.example.com], addresses: [{ name: database, addressPrefix: 10.60.1.0/28, port: 5432 }]"));

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        var reach = Assert.IsType<EnvironmentSettings>(result.Value).Services.Relayer.Reach;
        Assert.Equal(["rpc.example.com"], reach.Hosts.AsEnumerable());
        Assert.Equal(new ServiceAddressSettings("database", "10.60.1.0/28", 5432), Assert.Single(reach.Addresses));
    }

    // Within the environment the program alone decides who reaches whom: a setting must not open the ledger's own database.
    [Theory]
    [InlineData("addresses: [{ name: a, addressPrefix: 10.42.4.64/27, port: 5432 }]", "addresses[0].addressPrefix: '10.42.4.64/27' overlaps 10.42.0.0/20, which the environment's own subnets")]
    [InlineData("addresses: [{ name: a, addressPrefix: 0.0.0.0/0, port: 443 }]", "addresses[0].addressPrefix: '0.0.0.0/0' overlaps")]
    [InlineData("addresses: [{ name: a, addressPrefix: 10.60.1.1/28, port: 443 }]", "addresses[0].addressPrefix: '10.60.1.1/28' is not an IPv4 network whose address is its first")]
    [InlineData("addresses: [{ name: a, addressPrefix: 10.60.1.0/28 }]", "addresses[0].port: missing;")]
    [InlineData("addresses: [{ name: A, addressPrefix: 10.60.1.0/28, port: 1 }]", "addresses[0].name: 'A' is not a name of lowercase letters")]
    [InlineData("addresses: [{ name: a, addressPrefix: 10.60.1.0/28, port: 1 }, { name: a, addressPrefix: 10.60.2.0/28, port: 1 }]", "addresses: a name stands twice;")]
    [InlineData("hosts: ['*']", "hosts[0]: '*' is not a host name in lower case")]
    public void What_is_wrong_is_told(string reach, string message) => Assert.Contains(
        ReadSettings.Errors(With(reach)),
        error => error.Contains($"canton-infra:services.relayer.{message}", StringComparison.Ordinal));

    private static string With(string reach) =>
        Mainnet.Replace("RELAYER", $"{{ partyHint: bridge, {reach} }}", StringComparison.Ordinal);
}
