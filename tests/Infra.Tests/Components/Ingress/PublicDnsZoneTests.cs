using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ingress;

public sealed class PublicDnsZoneTests
{
    [Fact]
    public async Task Only_one_authority_may_issue_certificates_for_its_names()
    {
        var mocks = await CloudMocks.RunAsync(() => Zone());

        var records = mocks.Inputs("azure-native:dns:RecordSet", "dns-caa");
        Assert.Equal(("issue", "letsencrypt.org"), (records.At("caaRecords.0.tag"), records.At("caaRecords.0.value")));
        Assert.Equal(("issuewild", "letsencrypt.org"), (records.At("caaRecords.1.tag"), records.At("caaRecords.1.value")));
    }

    [Fact]
    public async Task Names_are_relative_to_the_zone()
    {
        var mocks = await CloudMocks.RunAsync(() => Zone().AddAddress("wallet.validator.canton.example.com", "203.0.113.7"));

        var record = mocks.Inputs("azure-native:dns:RecordSet", "dns-wallet.validator");
        Assert.Equal(("wallet.validator", "A"), (record.At("relativeRecordSetName"), record.At("recordType")));
        Assert.Equal("203.0.113.7", record.At("aRecords.0.ipv4Address"));
    }

    // Whoever answers challenges can get certificates, and must not be able to lead names elsewhere besides.
    [Fact]
    public async Task Who_answers_challenges_changes_nothing_but_TXT_records_of_this_zone()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var zone = Zone();
            zone.GrantChallenges(new ManagedIdentity("solver", "cert-manager", Scenery.Azure, "rg-sec", zone));
        });

        var role = mocks.Inputs("azure-native:authorization:RoleDefinition");
        Assert.All(role.Texts("permissions.0.actions"), action => Assert.StartsWith("Microsoft.Network/dnsZones/TXT/", action, StringComparison.Ordinal));
        Assert.Null(role.At("permissions.0.dataActions"));
        var assignment = mocks.Inputs("azure-native:authorization:RoleAssignment");
        Assert.Equal("/azure-native:dns:Zone/dns", assignment.At("scope"));
        Assert.EndsWith((string)role.At("roleDefinitionId")!, (string)assignment.At("roleDefinitionId")!, StringComparison.Ordinal);
        mocks.AssertBefore("RoleDefinition dns-challenges", "RoleAssignment dns-challenges");
    }

    private static PublicDnsZone Zone() => new("dns", new PublicDnsZoneArgs
    {
        Azure = Scenery.Azure,
        ResourceGroupName = "rg-net",
        DomainName = "canton.example.com",
        CertificateAuthority = "letsencrypt.org",
    });
}
