namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Who makes the authority that the certificates of a mesh's pods come from (C2).</summary>
internal enum MeshAuthorityKind
{
    /// <summary>cert-manager, which renews it with a new key each time.</summary>
    CertManager,

    /// <summary>The mesh's control plane, when it first starts.</summary>
    SelfGenerated,
}
