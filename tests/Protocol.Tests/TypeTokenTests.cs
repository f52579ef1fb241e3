using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Protocol.Tests;

public class TypeTokenTests
{
    private static readonly Gen<string> Word = Gen.Elements("network", "storage", "dbforpostgresql", "keyvault", "v", "version");

    private static readonly Gen<string> Version =
        from day in Gen.Choose(20_140_101, 20_991_231)
        from mark in Gen.Elements("", "preview", "privatepreview", "preview2")
        select $"v{day}{mark}";

    private static readonly Gen<string> KubernetesVersion =
        from major in Gen.Choose(1, 12)
        from mark in Gen.Elements("", "alpha1", "beta2")
        select $"v{major}{mark}";

    [Theory]
    [InlineData("azure-native:network:Subnet", "azure-native:network:Subnet")]
    [InlineData("azure-native:network/v20240501:Subnet", "azure-native:network:Subnet")]
    [InlineData("azure-native_network_v20240501:network:Subnet", "azure-native:network:Subnet")]
    [InlineData("azure-native_network_v20240501:network/v20240501preview:Subnet", "azure-native:network:Subnet")]
    [InlineData("pulumi:providers:azure-native", "pulumi:providers:azure-native")]
    [InlineData("pulumi:providers:azure-native_network_v20240501", "pulumi:providers:azure-native")]
    [InlineData("kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:networking.k8s.io/v1:NetworkPolicy")]
    [InlineData("azure:network/subnet:Subnet", "azure:network/subnet:Subnet")]
    [InlineData("my-azure-native_x:network/v20240501:Subnet", "my-azure-native_x:network/v20240501:Subnet")]
    [InlineData("azure-native", "azure-native")]
    [InlineData("", "")]
    public void A_canonical_token_has_no_version_of_an_Azure_API(string token, string canonical) =>
        Assert.Equal(canonical, TypeToken.Canonical(token));

    [Theory]
    [InlineData("azure-native_network_v20240501:network:Subnet", "azure-native:network:Subnet")]
    [InlineData("azure-native:network/v20240501preview:Subnet", "azure-native:network:Subnet")]
    [InlineData("kubernetes:core/v1:Namespace", "kubernetes:core:Namespace")]
    [InlineData("kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "kubernetes:gateway.envoyproxy.io:SecurityPolicy")]
    [InlineData("keycloak:index/realm:Realm", "keycloak:index/realm:Realm")]
    [InlineData("azure:network/virtualNetwork:VirtualNetwork", "azure:network/virtualNetwork:VirtualNetwork")]
    public void An_unversioned_token_has_no_version(string token, string unversioned) =>
        Assert.Equal(unversioned, TypeToken.Unversioned(token));

    [Fact]
    public void All_ways_to_write_a_version_are_one_type() =>
        Prop.ForAll(
            (from module in Word from name in Word from version in Version select (module, name, version)).ToArbitrary(),
            parts =>
            {
                var (module, name, version) = parts;
                var plain = $"azure-native:{module}:{name}";
                return TypeToken.Canonical(plain) == plain
                    && TypeToken.Canonical($"azure-native:{module}/{version}:{name}") == plain
                    && TypeToken.Canonical($"azure-native_{module}_{version}:{module}:{name}") == plain
                    && TypeToken.Canonical($"pulumi:providers:azure-native_{module}_{version}") == "pulumi:providers:azure-native"
                    && TypeToken.Unversioned($"azure-native_{module}_{version}:{module}/{version}:{name}") == plain;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_not_of_Azure_stays_and_loses_its_version_only_when_asked() =>
        Prop.ForAll(
            (from package in Word from module in Word from name in Word from version in Gen.OneOf(Version, KubernetesVersion) select (package, module, name, version))
                .ToArbitrary(),
            parts =>
            {
                var token = $"{parts.package}:{parts.module}/{parts.version}:{parts.name}";
                return TypeToken.Canonical(token) == token
                    && TypeToken.Unversioned(token) == $"{parts.package}:{parts.module}:{parts.name}"
                    && TypeToken.Unversioned(TypeToken.Unversioned(token)) == TypeToken.Unversioned(token);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_may_be_asked_about() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            TypeToken.Canonical(text.Get) == text.Get && TypeToken.Unversioned(text.Get).Length <= text.Get.Length).QuickCheckThrowOnFailure();
}
