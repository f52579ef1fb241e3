using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings;

/// <summary>A9, C2: the service mesh as settings say it.</summary>
public sealed class MeshSettingsTests
{
    private static string Mainnet { get; } = ProjectFolder.StackFile("mainnet");

    [Fact]
    public void There_is_none_unless_it_is_asked_for() =>
        Assert.Equal(MeshMode.Off, Assert.IsType<EnvironmentSettings>(ReadSettings.From("mainnet", Mainnet).Value).Mesh.Mode);

    [Fact]
    public void Each_environment_in_each_region_has_identities_of_its_own()
    {
        var mesh = Read("{ mode: istio }");

        Assert.Equal(("centralus.mainnet.canton.example.com", MeshAuthorityKind.CertManager), (mesh.TrustDomain, mesh.Authority));
        Assert.Null(mesh.Issuer);
        Assert.Equal("mesh.example.org", Read("{ mode: istio, trustDomain: mesh.example.org }").TrustDomain);
    }

    [Fact]
    public void Whoever_issues_is_named_with_its_kind()
    {
        Assert.Equal(new MeshIssuerSettings("corporate", "ClusterIssuer", "cert-manager.io"), Read("{ mode: istio, issuer: { name: corporate } }").Issuer);
        Assert.Equal(
            new MeshIssuerSettings("pca", "AwsPcaIssuer", "awspca.cert-manager.io"),
            Read("{ mode: istio, issuer: { name: pca, kind: AwsPcaIssuer, group: awspca.cert-manager.io } }").Issuer);
    }

    [Fact]
    public void A_test_network_may_leave_the_authority_to_the_mesh()
    {
        var devnet = Mainnet.Replace("canton-infra:environment: mainnet", "canton-infra:environment: devnet", StringComparison.Ordinal);

        Assert.Empty(ReadSettings.From("devnet", $"{devnet}\n  canton-infra:mesh: {{ mode: istio, authority: selfGenerated }}\n").Errors);
    }

    [Theory]
    [InlineData("{ mode: linkerd }", "mode: 'linkerd' is not one of: istio, off.")]
    [InlineData("{ mode: istio, authority: selfGenerated }", "authority: 'selfGenerated' is not for mainnet:")]
    [InlineData("{ mode: istio, authority: vault }", "authority: 'vault' is not one of: certManager, selfGenerated.")]
    [InlineData("{ mode: istio, trustDomain: cluster.local }", "trustDomain: 'cluster.local' is what every mesh is called")]
    [InlineData("{ mode: istio, trustDomain: 'spiffe://example.com' }", "trustDomain: 'spiffe://example.com' is not a host name")]
    [InlineData("{ mode: istio, issuer: {} }", "issuer.name: missing; it must give the name of the issuer.")]
    [InlineData("{ mode: istio, issuer: { name: 'A B' } }", "issuer.name: 'A B' is not a name")]
    [InlineData("{ mode: istio, issuer: { name: a, kind: issuer } }", "issuer.kind: 'issuer' is not a kind")]
    [InlineData("{ trustDomain: mesh.example.org }", "trustDomain: is of no use, since canton-infra:mesh.mode is off.")]
    [InlineData("{ issuer: { name: a } }", "issuer: is of no use, since canton-infra:mesh.mode is off.")]
    public void Mistakes_are_told(string mesh, string error) => Assert.Contains(
        $"canton-infra:mesh.{error}", Assert.Single(ReadSettings.Errors($"{Mainnet}\n  canton-infra:mesh: {mesh}\n")), StringComparison.Ordinal);

    [Fact]
    public void An_issuer_is_of_no_use_where_the_mesh_makes_its_authority() => Assert.Contains(
        ReadSettings.Errors($"{Mainnet}\n  canton-infra:mesh: {{ mode: istio, authority: selfGenerated, issuer: {{ name: a }} }}\n"),
        error => error.Contains("canton-infra:mesh.issuer: is of no use, since canton-infra:mesh.authority is selfGenerated.", StringComparison.Ordinal));

    [Theory]
    [InlineData("istio-system")]
    [InlineData("istio-cni")]
    public void Validators_are_called_otherwise(string name) => Assert.Contains(
        ReadSettings.Errors($"{Mainnet}\n  canton-infra:ledger: {{ validators: [ {{ name: {name} }} ] }}\n"),
        error => error.Contains($"'{name}'", StringComparison.Ordinal));

    private static MeshSettings Read(string mesh) =>
        Assert.IsType<EnvironmentSettings>(ReadSettings.From("mainnet", $"{Mainnet}\n  canton-infra:mesh: {mesh}\n").Value).Mesh;
}
