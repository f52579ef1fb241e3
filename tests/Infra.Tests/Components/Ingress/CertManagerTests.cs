using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ingress;

public sealed class CertManagerTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Issuer = "kubernetes:cert-manager.io/v1:ClusterIssuer";
    private const string Certificate = "kubernetes:cert-manager.io/v1:Certificate";
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    // A8: nothing has to be reached from outside for a certificate.
    [Fact]
    public async Task Challenges_are_answered_in_the_zone_as_an_identity_without_a_secret()
    {
        var mocks = await DeclareAsync();

        var acme = mocks.Inputs(Issuer);
        Assert.Equal("https://acme.example.com/directory", acme.At("spec.acme.server"));
        Assert.Equal("operators@example.com", acme.At("spec.acme.email"));
        const string Zone = "spec.acme.solvers.0.dns01.azureDNS";
        Assert.Equal(("canton.example.com", "rg-canton-unit-net", Scenery.Subscription), (acme.At($"{Zone}.hostedZoneName"), acme.At($"{Zone}.resourceGroupName"), acme.At($"{Zone}.subscriptionID")));
        Assert.Equal("client of certificates-identity", acme.At($"{Zone}.managedIdentity.clientID"));
        Assert.Null(acme.At($"{Zone}.clientSecretSecretRef"));
        Assert.Null(acme.At("spec.acme.solvers.0.http01"));
        var credential = mocks.Inputs("azure-native:managedidentity:FederatedIdentityCredential");
        Assert.Equal("system:serviceaccount:cert-manager:cert-manager", credential.At("subject"));
    }

    // Before the role, or before the definitions that the chart brings, an issuer fails.
    [Fact]
    public async Task The_issuer_comes_after_the_release_and_its_role()
    {
        var mocks = await DeclareAsync();

        mocks.AssertBefore("Release certificates", "ClusterIssuer certificates-issuer");
        mocks.AssertBefore("RoleAssignment dns-challenges", "ClusterIssuer certificates-issuer");
        mocks.AssertBefore("ClusterIssuer certificates-issuer", "Certificate ingress-validator-tls");
    }

    [Fact]
    public async Task The_release_stays_in_its_namespace_keeps_its_definitions_and_runs_twice()
    {
        var values = (await DeclareAsync()).Inputs(Release);

        Assert.Equal(CertManager.Contract.Version, values.At("version"));
        Assert.Equal((true, true), (values.At("values.crds.enabled"), values.At("values.crds.keep")));
        Assert.Equal("cert-manager", values.At("values.global.leaderElection.namespace"));
        Assert.Equal((2.0, 2.0), (values.At("values.replicaCount"), values.At("values.webhook.replicaCount")));
        Assert.Equal(true, values.At("values.dns01RecursiveNameserversOnly"));
        Assert.All(
            new[] { "values", "values.webhook", "values.cainjector", "values.startupapicheck" },
            part => Assert.Equal("256Mi", values.At($"{part}.resources.limits.memory")));
    }

    [Fact]
    public async Task A_certificate_is_waited_for_and_gets_a_new_key_each_time()
    {
        var certificate = (await DeclareAsync()).Inputs(Certificate);

        Assert.Equal("condition=Ready", Assert.IsType<System.Collections.Immutable.ImmutableDictionary<string, object>>(certificate.At("metadata.annotations"))["pulumi.com/waitFor"]);
        Assert.Equal(["*.validator.canton.example.com"], certificate.Texts("spec.dnsNames").AsEnumerable());
        Assert.Equal(("ECDSA", 256.0, "Always"), (certificate.At("spec.privateKey.algorithm"), certificate.At("spec.privateKey.size"), certificate.At("spec.privateKey.rotationPolicy")));
        Assert.Equal(("ClusterIssuer", "acme"), (certificate.At("spec.issuerRef.kind"), certificate.At("spec.issuerRef.name")));
        Assert.Equal("validator-tls", certificate.At("spec.secretName"));
    }

    [Fact]
    public async Task When_certificates_expire_is_collected()
    {
        var monitor = (await DeclareAsync()).Inputs("kubernetes:azmonitoring.coreos.com/v1:PodMonitor");

        Assert.Equal("http-metrics", monitor.At("spec.podMetricsEndpoints.0.port"));
        Assert.Equal((63.0, 511.0, 1023.0), (monitor.At("spec.labelLimit"), monitor.At("spec.labelNameLengthLimit"), monitor.At("spec.labelValueLengthLimit")));
    }

    [Fact]
    public async Task Each_image_is_pinned_where_its_digest_is_given()
    {
        var byTag = (await DeclareAsync()).Inputs(Release);
        var pinned = (await DeclareAsync(IngressImages.ByTag with { CertManager = Digest, CertManagerCaInjector = Digest, CertManagerStartupApiCheck = Digest })).Inputs(Release);

        Assert.Null(byTag.At("values.image"));
        Assert.Equal((CertManager.Contract.Version, Digest), (pinned.At("values.image.tag"), pinned.At("values.image.digest")));
        Assert.Equal((Digest, Digest), (pinned.At("values.cainjector.image.digest"), pinned.At("values.startupapicheck.image.digest")));
        Assert.Null(pinned.At("values.webhook.image"));
        Assert.Equal(2.0, pinned.At("values.webhook.replicaCount"));
    }

    private static Task<CloudMocks> DeclareAsync(IngressImages? images = null) => CloudMocks.RunAsync(() =>
    {
        var manager = new CertManager("certificates", new CertManagerArgs
        {
            Azure = Scenery.Azure,
            IdentityResourceGroupName = "rg-sec",
            TokenIssuer = "https://oidc.example.com/",
            Namespace = Scenery.Namespace(CertManager.Name, PodSecurity.Restricted),
            Dns = new PublicDnsZone("dns", new PublicDnsZoneArgs
            {
                Azure = Scenery.Azure,
                ResourceGroupName = "rg-net",
                DomainName = "canton.example.com",
                CertificateAuthority = "letsencrypt.org",
            }),
            AcmeServer = "https://acme.example.com/directory",
            Email = "operators@example.com",
            Images = images ?? IngressImages.ByTag,
        });
        manager.AddCertificate("validator-tls", Gateways.Home(), ["*.validator.canton.example.com"], manager);
    });
}
