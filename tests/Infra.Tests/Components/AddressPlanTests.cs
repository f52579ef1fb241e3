using System.Net;
using CantonInfra.Infra.Components.Network;
using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Infra.Tests.Components;

public sealed class AddressPlanTests
{
    private static readonly Arbitrary<IPNetwork> Spaces = (
        from prefix in Gen.Choose(8, AddressPlan.LongestPrefix)
        from bits in Gen.Choose(0, int.MaxValue)
        let mask = uint.MaxValue << (32 - prefix)
        let address = (uint)bits & mask
        select new IPNetwork(new IPAddress([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]), prefix))
        .ToArbitrary();

    [Fact]
    public void Subnets_are_within_the_space_and_do_not_overlap() => Prop.ForAll(Spaces, space =>
    {
        var subnets = AddressPlan.Create(space.ToString()).All.Select(text => IPNetwork.Parse(text)).ToList();
        return subnets.All(subnet => space.Contains(subnet.BaseAddress) && subnet.PrefixLength > space.PrefixLength)
            && subnets.SelectMany(_ => subnets, (one, other) => (one, other))
                .All(pair => pair.one == pair.other || !pair.one.Contains(pair.other.BaseAddress));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void All_of_it_fits_into_the_smallest_space()
    {
        var space = IPNetwork.Parse("10.40.0.0/20");

        Assert.All(AddressPlan.Create("10.40.0.0/20").All, subnet => Assert.True(space.Contains(IPNetwork.Parse(subnet).BaseAddress)));
    }

    [Fact]
    public void The_firewall_has_the_first_address_that_Azure_leaves_in_its_subnet() =>
        Assert.Equal(("10.40.3.0/26", "10.40.3.4"), (AddressPlan.Create("10.40.0.0/20").Firewall, AddressPlan.Create("10.40.0.0/20").FirewallAddress));

    // The sizes that Azure's services ask for (facts/azure.md, section 2.2). A subnet that moves is replaced with its contents.
    [Fact]
    public void Places_and_sizes_stay()
    {
        var plan = AddressPlan.Create("10.40.0.0/20");

        Assert.Equal("10.40.0.0/24", plan.SystemNodes);
        Assert.Equal("10.40.1.0/24", plan.UserNodes);
        Assert.Equal("10.40.2.0/24", plan.Ingress);
        Assert.Equal("10.40.3.0/26", plan.Firewall);
        Assert.Equal("10.40.3.64/26", plan.FirewallManagement);
        Assert.Equal("10.40.3.128/26", plan.PrivateEndpoints);
        Assert.Equal("10.40.3.192/27", plan.Runner);
        Assert.Equal("10.40.4.0/27", plan.ApiServer);
        Assert.Equal("10.40.4.32/27", plan.KeycloakDatabase);
        Assert.Equal("10.40.4.64/27", plan.LedgerDatabase);
    }

    [Theory]
    [InlineData("10.40.0.0/21")]
    [InlineData("fd00::/20")]
    [InlineData("ten")]
    public void A_space_that_does_not_do_is_refused(string space) => Assert.Throws<ArgumentException>(() => AddressPlan.Create(space));
}
