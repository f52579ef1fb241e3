using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CantonInfra.Infra.Components.Ingress;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:ingress.peers[]</c>: one machine that calls from outside (A8).</summary>
/// <remarks>
/// <c>.name</c>: the DNS name in its certificate. No default.
/// <c>.validator</c>: the validator that it calls, by its name; the first.
/// <c>.authority</c>: who issues its certificate: certificates in PEM. No default.
/// </remarks>
internal static class PeerSettings
{
    /// <summary>Reads one.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="validators">The names of the environment's validators.</param>
    public static MachinePeer Read(SettingNode node, ImmutableArray<string> validators)
    {
        var validatorNode = node.Member("validator");
        var validator = validatorNode.Text("the validator that the machine calls", validators[0]);
        if (!validators.Contains(validator, StringComparer.Ordinal))
        {
            validatorNode.Refuse(
                $"'{validator}' is not one of: {string.Join(", ", validators)}.{NearestName.Hint(validator, validators)}");
        }

        var authorityNode = node.Member("authority");
        var authority = authorityNode.Text("who issues the machine's certificate");
        if (!authorityNode.IsMissing && !IsAuthority(authority))
        {
            authorityNode.Refuse("must be one or more certificates in PEM, each of them of a certificate authority.");
        }

        return new MachinePeer(node.Member("name").HostName("the DNS name in the machine's certificate"), validator, authority);
    }

    // A certificate that cannot issue others would let in nobody.
    private static bool IsAuthority(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
            return certificates.Count > 0 && certificates.All(certificate =>
                certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority));
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
