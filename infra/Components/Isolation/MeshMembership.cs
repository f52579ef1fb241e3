using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>A mesh that namespaces and pods join (A9, C2).</summary>
/// <param name="TrustDomain">What the identities of its pods begin with.</param>
/// <param name="Version">What it runs, such as <c>istio-1.30.3</c>: another one is another generation of pods.</param>
/// <param name="ControlPlane">Where its pods get certificates, and are told who may connect.</param>
/// <param name="Needs">What must be there before the first pod that joins.</param>
internal sealed record MeshMembership(
    string TrustDomain, string Version, WorkloadPort ControlPlane, ImmutableArray<Resource> Needs)
{
    /// <summary>The label of namespaces whose pods all join, and its value.</summary>
    public static readonly KeyValuePair<string, string> NamespaceLabel = new("istio-injection", "enabled");

    private const string VersionAnnotation = "canton-infra/mesh";

    /// <summary>
    /// Annotations of pods that join: a sidecar is put in when a pod is made, so that pods are made anew when the mesh comes, goes or is
    /// upgraded.
    /// </summary>
    public ImmutableSortedDictionary<string, string> PodAnnotations =>
        ImmutableSortedDictionary<string, string>.Empty.Add(VersionAnnotation, Version);

    /// <summary>The identity of a service account, as policies have it: a SPIFFE id without its scheme.</summary>
    /// <param name="inNamespace">The account's namespace.</param>
    /// <param name="serviceAccount">The account.</param>
    public string PrincipalOf(string inNamespace, string serviceAccount) => $"{TrustDomain}/ns/{inNamespace}/sa/{serviceAccount}";
}
