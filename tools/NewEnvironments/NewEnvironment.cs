namespace CantonInfra.Tools.NewEnvironments;

/// <summary>What a new environment is to be; placeholders that validate where nothing is said.</summary>
internal sealed record NewEnvironment
{
    /// <summary>The stack's name.</summary>
    public required string Name { get; init; }

    /// <summary>The network that its validators are in: devnet, testnet or mainnet.</summary>
    public required string Network { get; init; }

    /// <summary>The region.</summary>
    public required string Location { get; init; }

    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>Who answers for it; a tag.</summary>
    public required string Owner { get; init; }

    /// <summary>Who pays; a tag.</summary>
    public required string CostCenter { get; init; }

    /// <summary>Whose validators they are, as other members of the network see it.</summary>
    public required string Organization { get; init; }

    /// <summary>Its network, which no other environment has.</summary>
    public required string AddressSpace { get; init; }

    /// <summary>The host name that its services are below.</summary>
    public required string Host { get; init; }

    /// <summary>Who is told of alerts.</summary>
    public required string Email { get; init; }

    /// <summary>The group of Entra that administers the cluster and the environment.</summary>
    public required string AdminGroup { get; init; }

    /// <summary>How policies are enforced: mainnet denies, other networks begin with an audit.</summary>
    public string Mode => Network == "mainnet" ? "deny" : "audit";
}
