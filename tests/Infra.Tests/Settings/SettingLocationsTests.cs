using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Tests.Settings;

public sealed class SettingLocationsTests
{
    private const string File =
        """
        # a comment
        encryptionsalt: v1:x:y
        config:
          canton-infra:owner: team
          short: 1
          canton-infra:data:
            servers:
              - name: keycloak
                sku: Standard_B2s

              - name: ledger
            "quoted": [a,
              b]
          canton-infra:token:
            secure: v1:abc
        environment: [e]
        """;

    private static readonly SettingLocations Locations = SettingLocations.Parse(new StringReader(File), "Pulumi.dev.yaml", "canton-infra");

    [Theory]
    [InlineData("canton-infra:owner", 4)]
    [InlineData("canton-infra:short", 5)]
    [InlineData("canton-infra:data", 6)]
    [InlineData("canton-infra:data.servers", 7)]
    [InlineData("canton-infra:data.servers[0]", 8)]
    [InlineData("canton-infra:data.servers[0].sku", 9)]
    [InlineData("canton-infra:data.servers[1].name", 11)]
    [InlineData("canton-infra:data.quoted[1]", 13)]
    public void Each_path_has_its_line(string path, int line) => Assert.Equal(line, Locations.Find(path)?.Line);

    [Fact]
    public void Only_keys_of_the_configuration_are_keys() => Assert.Equal(
        ["canton-infra:data", "canton-infra:owner", "canton-infra:short", "canton-infra:token"], Locations.Keys);

    [Fact]
    public void Encrypted_values_are_marked()
    {
        Assert.True(Locations.Find("canton-infra:token")!.IsSecure);
        Assert.False(Locations.Find("canton-infra:owner")!.IsSecure);
        Assert.Equal(3, Locations.ConfigLine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("config:\n")]
    [InlineData("- a\n- b\n")]
    [InlineData("text")]
    public void A_file_without_settings_has_no_locations(string text) =>
        Assert.Empty(SettingLocations.Parse(new StringReader(text), "Pulumi.dev.yaml", "canton-infra").Keys);
}
