namespace CantonInfra.Contracts.Tests;

public sealed class ChartContractsTests
{
    [Fact]
    public void A_participant_is_called_as_its_release()
    {
        var contract = ChartContracts.Find("splice-participant", "0.6.11").In("participant-2", "validator");

        var pods = Assert.Single(contract.Workloads);
        Assert.Equal("participant-2", pods.Name);
        Assert.Equal("participant-2", pods.PodLabels["app"]);
        Assert.Equal(5001, Assert.Single(pods.Ports, port => port.Name == "lg-api").Number);
        Assert.Equal("participant-2", Assert.Single(contract.Services).Workload);
        Assert.False(pods.Security.FitsRestricted);
        Assert.Equal(7575, contract.ServicePort("participant-2", "json-api"));
    }

    [Theory]
    [InlineData("participant", "val-http")]
    [InlineData("validator-app", "lg-api")]
    public void A_port_that_no_service_has_names_those_that_there_are(string service, string port) => Assert.Contains(
        "participant:lg-api",
        Assert.Throws<ArgumentException>(() => ChartContracts.Find("splice-participant", "0.6.11").In("participant", "a").ServicePort(service, port)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_chart_is_found_by_its_address_too() => Assert.Equal(
        "splice-participant",
        ChartContracts.Find("oci://ghcr.io/digital-asset/decentralized-canton-sync/helm/splice-participant", "0.6.11").Chart);

    [Fact]
    public void An_unknown_version_names_the_known_ones()
    {
        var error = Assert.Throws<UnknownChartException>(() => ChartContracts.Find("splice-participant", "9.9.9"));

        Assert.Contains("splice-participant 9.9.9", error.Message, StringComparison.Ordinal);
        Assert.Contains("0.6.11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_chart_says_what_to_do() => Assert.Contains(
        "contracts/Charts", Assert.Throws<UnknownChartException>(() => ChartContracts.Find("nginx", "1.0.0")).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_contracts_of_one_version_are_a_mistake()
    {
        var one = ChartContracts.Find("splice-participant", "0.6.11");

        Assert.Throws<ArgumentException>(() => new ChartContracts([one, one with { Source = "elsewhere" }]));
    }

    // What a network policy or a probe goes by has to be there once.
    [Fact]
    public void Contracts_are_whole() => Assert.All(ChartContracts.Known.All, contract =>
    {
        Assert.NotEmpty(contract.Source);

        // The one chart of definitions alone.
        Assert.Equal(contract.Chart == "base", contract.Workloads.IsEmpty);
        Assert.All(contract.Workloads, workload =>
        {
            Assert.NotEmpty(workload.PodLabels);
            Assert.Distinct(workload.Ports.Select(port => port.Name));
            Assert.Distinct(workload.Ports.Select(port => (port.Number, port.Protocol)));
        });
        Assert.All(contract.Services, service =>
        {
            var workload = contract.Workload(service.Workload);
            Assert.All(service.Ports, port => Assert.Contains(workload.Ports, target => target.Number == port.TargetPort));
        });
        Assert.Distinct(contract.Workloads.Select(workload =>
            string.Join(',', workload.PodLabels.Select(label => $"{label.Key}={label.Value}"))));
    });
}
