using System.Collections.Immutable;
using CantonInfra.Infra.Components.Isolation;

namespace CantonInfra.Infra.Settings;

/// <summary>The service mesh, <c>canton-infra:mesh</c> (A9, C2).</summary>
/// <param name="Mode">
/// <c>.mode</c>: whether pods connect to each other through a mesh, with certificates of their own: off or istio; off.
/// </param>
/// <param name="TrustDomain">
/// <c>.trustDomain</c>: what the identities of pods begin with, one for each region and environment;
/// the region and identity.host, such as centralus.mainnet.canton.example.com.
/// </param>
/// <param name="Authority">
/// <c>.authority</c>: who makes the authority that pods' certificates come from: certManager, which also renews it, or selfGenerated, where
/// the mesh does so itself and which mainnet refuses; certManager.
/// </param>
/// <param name="Issuer">
/// <c>.issuer</c>: the issuer of cert-manager that signs the authority; without it a root that cert-manager makes in the cluster.
/// </param>
internal sealed record MeshSettings(MeshMode Mode, string TrustDomain, MeshAuthorityKind Authority, MeshIssuerSettings? Issuer)
{
    // Every mesh of the world has it that was not told another one.
    private const string Nobodys = "cluster.local";

    private static readonly ImmutableSortedDictionary<string, MeshMode> Modes = new Dictionary<string, MeshMode>
    {
        ["off"] = MeshMode.Off,
        ["istio"] = MeshMode.Istio,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, MeshAuthorityKind> Authorities = new Dictionary<string, MeshAuthorityKind>
    {
        ["certManager"] = MeshAuthorityKind.CertManager,
        ["selfGenerated"] = MeshAuthorityKind.SelfGenerated,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="environment">The network.</param>
    /// <param name="location">The region.</param>
    /// <param name="host">What the environment's addresses are below.</param>
    public static MeshSettings Read(SettingsReader reader, CantonEnvironment environment, string location, string host)
    {
        var mesh = reader.Structure("mesh");
        var mode = mesh.Member("mode").OneOf("whether there is a mesh", Modes, MeshMode.Off);
        var domain = mesh.Member("trustDomain");
        var trustDomain = domain.IsMissing
            ? $"{location}.{host}"
            : domain.HostName("what the identities of pods begin with");
        if (trustDomain == Nobodys)
        {
            domain.Refuse($"'{Nobodys}' is what every mesh is called that has no name; take one that is this environment's alone.");
        }

        var kind = mesh.Member("authority");
        var authority = kind.OneOf("who makes the authority of pods' certificates", Authorities, MeshAuthorityKind.CertManager);
        var issuer = MeshIssuerSettings.Read(mesh.Member("issuer"));
        if (mode == MeshMode.Off)
        {
            foreach (var node in new[] { domain, kind, mesh.Member("issuer") }.Where(node => !node.IsMissing))
            {
                node.Refuse("is of no use, since canton-infra:mesh.mode is off.");
            }
        }
        else if (authority == MeshAuthorityKind.SelfGenerated)
        {
            if (environment == CantonEnvironment.Mainnet)
            {
                kind.Refuse(
                    "'selfGenerated' is not for mainnet: nobody would renew the authority, and its key would never have been anywhere but in the"
                    + " mesh; must be certManager.");
            }

            if (issuer is not null)
            {
                mesh.Member("issuer").Refuse("is of no use, since canton-infra:mesh.authority is selfGenerated.");
            }
        }

        return new MeshSettings(mode, trustDomain, authority, issuer);
    }
}
