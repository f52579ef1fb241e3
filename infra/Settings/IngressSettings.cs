using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ingress;

namespace CantonInfra.Infra.Settings;

/// <summary>What is reached from outside, <c>canton-infra:ingress</c> (A8).</summary>
/// <param name="AcmeServer">
/// <c>.acmeServer</c>: the directory of the certificate authority, which speaks ACME;
/// https://acme-v02.api.letsencrypt.org/directory.
/// </param>
/// <param name="CertificateAuthority">
/// <c>.certificateAuthority</c>: the domain name of that authority, the only one that the zone lets issue certificates;
/// letsencrypt.org.
/// </param>
/// <param name="RequestsPerSecond">
/// <c>.requestsPerSecond</c>: how many requests a client may make in a second, of each route and each of the gateway's two pods. By
/// a firewall clients cannot be told apart, and the number is that of all together; 100.
/// </param>
/// <param name="Peers">
/// <c>.peers</c>: machines that call a validator's API at api.&lt;validator&gt;.&lt;host&gt; with a certificate of their own; none.
/// </param>
/// <param name="Images">
/// <c>.imageDigests.{envoyGateway,envoyProxy,certManager,certManagerWebhook,certManagerCaInjector,certManagerStartupApiCheck}</c>: the digest
/// of that image, so that a tag that is moved changes nothing; none.
/// </param>
internal sealed record IngressSettings(
    string AcmeServer, string CertificateAuthority, int RequestsPerSecond, ImmutableArray<MachinePeer> Peers, IngressImages Images)
{
    private const int MostRequests = 100_000;
    private const int DefaultRequests = 100;
    private const string DefaultServer = "https://acme-v02.api.letsencrypt.org/directory";

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="validators">The names of the environment's validators.</param>
    public static IngressSettings Read(SettingsReader reader, ImmutableArray<string> validators)
    {
        var node = reader.Structure("ingress");
        var images = node.Member("imageDigests");
        return new IngressSettings(
            node.Member("acmeServer").HttpsAddress("the directory of the certificate authority", DefaultServer),
            node.Member("certificateAuthority").HostName("the domain name of the certificate authority", "letsencrypt.org"),
            node.Member("requestsPerSecond").Integer(1, MostRequests, DefaultRequests),
            [.. node.Member("peers").Items().Select(peer => PeerSettings.Read(peer, validators))],
            new IngressImages(
                Digest("envoyGateway"),
                Digest("envoyProxy"),
                Digest("certManager"),
                Digest("certManagerWebhook"),
                Digest("certManagerCaInjector"),
                Digest("certManagerStartupApiCheck")));

        string? Digest(string image) => ImageReference.ReadDigest(images.Member(image));
    }
}
