using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings;

public sealed class DataSettingsTests
{
    private static string Mainnet => ProjectFolder.StackFile("mainnet");

    [Fact]
    public void What_a_region_does_not_have_is_told_with_where_it_is()
    {
        var errors = ReadSettings.Errors(Mainnet.Replace("centralus", "eastus2", StringComparison.Ordinal)
            + "  canton-infra:data: { servers: [ { name: ledger, sku: Standard_D8ds_v5 } ] }\n");

        Assert.Equal(2, errors.Length);
        Assert.Contains(
            "canton-infra:data.highAvailability: zoneRedundant is closed to new servers in eastus2; allowed there are: disabled,"
                + " sameZone. Regions that have it: canadacentral, centralus, francecentral,",
            errors[0],
            StringComparison.Ordinal);
        Assert.Contains(
            "canton-infra:data.servers[0].sku: eastus2 has no 'Standard_D8ds_v5'; generations of its kind there: v3, v4."
                + " Regions that have it: canadacentral, centralus, eastus,",
            errors[1],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ servers: [ { name: ledger, sku: Standard_D8ads_v5 } ] }", "data.servers[0].sku: centralus has no 'Standard_D8ads_v5'; generations of its kind there: none. Regions that have it: canadacentral, eastus, uksouth, westus3.")]
    [InlineData("{ servers: [ { name: ledger, sku: Standard_DC4ads_v5 } ] }", "data.servers[0].sku: 'Standard_DC4ads_v5' is no size of PostgreSQL servers;")]
    [InlineData("{ servers: [ { name: ledger, connections: 0 } ] }", "data.servers[0].connections: '0' is not a whole number from 1 to 5000.")]
    [InlineData("{ geoRedundantBackup: often }", "data.geoRedundantBackup: 'often' is not one of: false, true.")]
    [InlineData("{ sslMinProtocolVersion: TLSv1.1 }", "data.sslMinProtocolVersion: 'TLSv1.1' is not one of: TLSv1.2, TLSv1.3. Did you mean")]
    [InlineData("{ passwordGenerations: { cnadmin: 0 } }", "data.passwordGenerations.cnadmin: '0' is not a whole number from 1 to 9999.")]
    [InlineData("{ passwordGenerations: { cnadmn: 2 } }", "data.passwordGenerations.cnadmn: there is no such setting; allowed are: cnadmin, keycloak-pgadmin, keycloakadmin, ledger-pgadmin. Did you mean 'cnadmin'?")]
    [InlineData("{ replica: { location: centralus, addressSpace: 10.43.0.0/20 } }", "data.replica.location: 'centralus' is the region of the environment; a replica there is lost together with its source. Its paired region is eastus2.")]
    [InlineData("{ replica: { location: East US, addressSpace: 10.43.0.0/20 } }", "data.replica.location: 'East US' is not the short name of an Azure region")]
    [InlineData("{ replica: { addressSpace: 10.43.0.0/20 } }", "data.replica.location: missing; it must give the Azure region of the replicas.")]
    [InlineData("{ replica: { location: eastus2 } }", "data.replica.addressSpace: missing; it must give the network of the replicas.")]
    [InlineData("{ replica: { location: eastus2, addressSpace: 10.42.0.0/16 } }", "data.replica.addressSpace: '10.42.0.0/16' overlaps 10.42.0.0/20, which the environment's own subnets use;")]
    [InlineData("{ replica: { location: eastus2, addressSpace: 10.43.0.0/24 } }", "data.replica.addressSpace: '10.43.0.0/24' is too small;")]
    [InlineData("{ replica: { location: eastus2, addressSpace: 10.43.0.0/20 }, servers: [ { name: ledger, sku: Standard_D8ds_v5 } ] }", "data.replica.location: eastus2 has no 'Standard_D8ds_v5', which the replica needs to be able to take over; generations of its kind there: v3, v4. Regions that have it:")]
    [InlineData("{ replica: { location: eastus2, addressSpace: 10.43.0.0/20 }, highAvailability: disabled, servers: [ { name: keycloak, sku: Standard_B2s } ] }", "data.replica: 'Standard_B2s' is burstable and cannot have a replica;")]
    [InlineData("{ servers: [ { name: keycloak, connections: 900 } ] }", "data: the clients of the server 'keycloak' open up to 900 connections, and 'Standard_D2ds_v4' takes 844;")]
    public void A_wrong_value_is_told_with_what_is_allowed(string data, string message)
    {
        var error = Assert.Single(ReadSettings.Errors($"{Mainnet}  canton-infra:data: {data}\n"));

        Assert.Contains($": canton-infra:{message}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("westus3", "westus3 has no copies of backups in another region; set canton-infra:data.geoRedundantBackup to false, or take one of: canadacentral, centralus,")]
    [InlineData("brazilsouth", "it is not known which region is paired with 'brazilsouth'; set canton-infra:data.geoRedundantBackup to false, or take one of:")]
    public void A_copy_of_the_backups_needs_a_paired_region(string location, string message)
    {
        var file = Mainnet.Replace("location: centralus", $"location: {location}", StringComparison.Ordinal);

        Assert.Contains($"canton-infra:data.geoRedundantBackup: {message}", Assert.Single(ReadSettings.Errors(file)), StringComparison.Ordinal);
        Assert.Empty(ReadSettings.Errors($"{file}  canton-infra:data: {{ geoRedundantBackup: false }}\n"));
    }

    [Fact]
    public void Lists_of_validators_are_summed_against_the_servers_connections()
    {
        var error = Assert.Single(ReadSettings.Errors($"{Mainnet}  canton-infra:ledger:\n    validators:\n"
            + "      - { name: validator, migrationId: 1, participantConnections: 1500 }\n"
            + "      - { name: beta, participantConnections: 400, validatorConnections: 40 }\n"));

        // Twice 1500 while the earlier migration is kept, its app, beta's two and the rest.
        Assert.Contains(
            "the clients of the server 'ledger' open up to 3480 connections, and 'Standard_D8ds_v4' takes 3422;",
            error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "ledger.validators: must have an entry for each validator; leave it out for one.")]
    [InlineData("[ { migrationId: 1 } ]", "ledger.validators[0].name: missing; it must give the validator's name.")]
    [InlineData("[ { name: Alpha } ]", "ledger.validators[0].name: 'Alpha' is not the name of a validator: up to 30 lowercase")]
    [InlineData("[ { name: alpha-1 } ]", "ledger.validators[0].name: 'alpha-1' is not the name of a validator")]
    [InlineData("[ { name: keycloak } ]", "ledger.validators[0].name: 'keycloak' is the name of another namespace;")]
    [InlineData("[ { name: gatekeeper-system } ]", "ledger.validators[0].name: 'gatekeeper-system' is the name of another namespace;")]
    [InlineData("[ { name: aks-istio-system } ]", "ledger.validators[0].name: 'aks-istio-system' is the name of another namespace;")]
    [InlineData("[ { name: auth } ]", "ledger.validators[0].name: 'auth' is what something else is called here:")]
    [InlineData("[ { name: custody }, { name: custody-peers } ]", "ledger.validators[1].name: 'custody-peers' is what something else is called here:")]
    [InlineData("[ { name: custody }, { name: custody-backup } ]", "ledger.validators[1].name: 'custody-backup' is what something else is called here:")]
    [InlineData("[ { name: canton-mw-api-server } ]", "ledger.validators[0].name: 'canton-mw-api-server' is the name of another namespace;")]
    [InlineData("[ { name: alpha }, { name: alpha } ]", "ledger.validators[1].name: 'alpha' stands twice;")]
    [InlineData("[ { name: alpha }, { name: validator } ]", "ledger.validators[1].name: 'validator' must be the first entry")]
    [InlineData("[ { name: alpha, migrationId: -1 } ]", "ledger.validators[0].migrationId: '-1' is not a whole number from 0 to 999.")]
    [InlineData("[ { name: alpha, migrationId: 1, oldestMigrationId: 2 } ]", "ledger.validators[0].oldestMigrationId: '2' is more than migrationId, which is 1.")]
    [InlineData("[ { name: alpha, participantConnections: 0 } ]", "ledger.validators[0].participantConnections: '0' is not a whole number")]
    [InlineData("[ { name: alpha, validatorConnections: 0 } ]", "ledger.validators[0].validatorConnections: '0' is not a whole number")]
    public void Validators_are_checked(string validators, string message)
    {
        var error = Assert.Single(ReadSettings.Errors($"{Mainnet}  canton-infra:ledger: {{ validators: {validators} }}\n"));

        Assert.Contains($": canton-infra:{message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_regions_says_what_it_is_from_and_holds_together()
    {
        Assert.All(RegionCapabilities.All, region =>
        {
            Assert.True(!region.HasGeoRedundantBackup || region.Pair is not null, region.Name);
            Assert.True(!region.HasZoneRedundantPostgreSql || region.HasZones, region.Name);
            Assert.True(region.Has(new DatabaseSku("Standard_D4ds_v4")), region.Name);
        });
        Assert.Distinct(RegionCapabilities.All.Select(region => region.Name));
        Assert.Throws<FormatException>(() => RegionCapabilities.Parse("centralus yes"));
        var text = File.ReadAllText(Path.Combine(ProjectFolder.Repository, "infra", "Settings", "regions.txt"));
        Assert.Matches("# as of:  [0-9]{4}-[0-9]{2}-[0-9]{2}\n# source: ", text);
    }
}
