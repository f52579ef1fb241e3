namespace CantonInfra.Infra.Components.Governance;

/// <summary>Policies that are audited or denied together.</summary>
internal enum GuardrailGroup
{
    /// <summary>Regions.</summary>
    Locations,

    /// <summary>Addresses and networks.</summary>
    Network,

    /// <summary>AKS clusters, as Azure sees them.</summary>
    Kubernetes,

    /// <summary>What runs in a cluster.</summary>
    Workloads,

    /// <summary>Disks and machines.</summary>
    Disks,

    /// <summary>PostgreSQL servers.</summary>
    Postgresql,

    /// <summary>Vaults and hardware modules.</summary>
    KeyVault,

    /// <summary>Storage accounts.</summary>
    Storage,

    /// <summary>Log Analytics workspaces.</summary>
    Monitoring,

    /// <summary>Container registries.</summary>
    Registry,
}

/// <summary>The names of the groups.</summary>
internal static class GuardrailGroups
{
    /// <summary>A group's name.</summary>
    public static string Name(this GuardrailGroup group)
    {
        var name = group.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The name of the initiative's parameter that says whether a group is audited or denied.</summary>
    public static string EffectParameter(this GuardrailGroup group) => $"{group.Name()}Effect";
}
