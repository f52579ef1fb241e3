using CantonInfra.Policy.Rules.SupplyChain;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class RegistryClosedTests
{
    private const string Registry = "azure-native:containerregistry:Registry";
    private const string Classic = "azure:containerservice/registry:Registry";

    private readonly RuleUnderTest _rule = new(new RegistryClosed());

    [Theory]
    [InlineData(Registry, "{'publicNetworkAccess': 'Disabled'}")]
    [InlineData(Registry, "{'publicNetworkAccess': {'[secret]': 'disabled'}, 'adminUserEnabled': false, 'anonymousPullEnabled': false}")]
    [InlineData(Classic, "{'publicNetworkAccessEnabled': false}")]
    public void A_closed_registry_passes(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Registry, "{}", "publicNetworkAccess")]
    [InlineData(Registry, "{'publicNetworkAccess': 'Disabled', 'adminUserEnabled': true}", "adminUserEnabled")]
    [InlineData(Registry, "{'publicNetworkAccess': 'Disabled', 'anonymousPullEnabled': true}", "anonymousPullEnabled")]
    [InlineData(Classic, "{'publicNetworkAccessEnabled': false, 'adminEnabled': true}", "adminEnabled")]
    [InlineData(Classic, "{}", "publicNetworkAccessEnabled")]
    public void An_open_registry_fails(string type, string properties, string path) => _rule.Fails(type, properties, path);

    [Fact]
    public void What_is_not_known_is_undecided() => _rule.IsUndecided(Registry, "{'publicNetworkAccess': '[unknown]'}", "publicNetworkAccess");

    [Fact]
    public void Other_types_are_not_its_business() => _rule.IsNotApplicable("azure-native:containerregistry:Replication");

    [Fact]
    public void A_secret_is_not_shown() => _rule.KeepsSecret(
        Registry, "{'publicNetworkAccess': 'Disabled', 'adminUserEnabled': true, 'tags': {'[secret]': 'SECRET'}}", "adminUserEnabled");
}
