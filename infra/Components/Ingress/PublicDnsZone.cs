using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Authorization.Inputs;
using Pulumi.AzureNative.Dns;
using Pulumi.AzureNative.Dns.Inputs;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>What <see cref="PublicDnsZone"/> needs.</summary>
internal sealed record PublicDnsZoneArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the network.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The zone's domain name.</summary>
    public required string DomainName { get; init; }

    /// <summary>The certificate authority that may issue certificates for names of the zone, by its domain name.</summary>
    public required string CertificateAuthority { get; init; }
}

/// <summary>
/// The public names of an environment. Somebody has to delegate the zone to the name servers that it gets: until then nobody
/// finds them, and no certificate is issued.
/// </summary>
internal sealed class PublicDnsZone : ComponentResource
{
    private const string Location = "Global";
    private const int TimeToLive = 300;

    // All that an answer to a challenge takes; addresses of names are not among it (A8).
    private static readonly ImmutableArray<string> ChallengeActions =
    [
        "Microsoft.Network/dnsZones/TXT/read",
        "Microsoft.Network/dnsZones/TXT/write",
        "Microsoft.Network/dnsZones/TXT/delete",
    ];

    private readonly string _name;
    private readonly PublicDnsZoneArgs _args;
    private readonly Zone _zone;

    /// <summary>Declares the zone.</summary>
    public PublicDnsZone(string name, PublicDnsZoneArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ingress:PublicDnsZone", name, options)
    {
        _name = name;
        _args = args;
        _zone = new Zone(
            name,
            new ZoneArgs
            {
                ZoneName = args.DomainName,
                ResourceGroupName = args.ResourceGroupName,
                Location = Location,
                ZoneType = ZoneType.Public,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // Another zone has other name servers, and the delegation leads nowhere. No lock, which records would inherit.
                Protect = args.Azure.IsProtected,
            });
        Records("caa", "@", "CAA", records => records.CaaRecords =
        [
            new CaaRecordArgs { Flags = 0, Tag = "issue", Value = args.CertificateAuthority },
            new CaaRecordArgs { Flags = 0, Tag = "issuewild", Value = args.CertificateAuthority },
        ]);
        NameServers = _zone.NameServers;
        RegisterOutputs();
    }

    /// <summary>The zone's domain name.</summary>
    public string DomainName => _args.DomainName;

    /// <summary>The name of its resource group.</summary>
    public string ResourceGroupName => _args.Azure.Names.ResourceGroup(ResourceGroups.NetworkPurpose);

    /// <summary>The name servers to delegate the zone to.</summary>
    [Output("nameServers")]
    public Output<ImmutableArray<string>> NameServers { get; private set; }

    /// <summary>Has a name lead to an address.</summary>
    /// <param name="host">The name, below the zone's.</param>
    /// <param name="ipAddress">The address.</param>
    public void AddAddress(string host, Input<string> ipAddress)
    {
        var relative = host[..^(_args.DomainName.Length + 1)];
        Records(relative, relative, "A", records => records.ARecords = [new ARecordArgs { Ipv4Address = ipAddress }]);
    }

    /// <summary>Lets an identity answer challenges of certificate authorities, and nothing else.</summary>
    /// <param name="identity">The identity.</param>
    /// <returns>The assignment; whatever answers depends on it.</returns>
    public Resource GrantChallenges(ManagedIdentity identity)
    {
        var azure = _args.Azure;
        var group = $"/subscriptions/{azure.SubscriptionId}/resourceGroups/{ResourceGroupName}";
        var role = new AzureRole(
            $"Canton DNS challenges {azure.Names.Environment}", NameGuid.Create($"{group}/{_args.DomainName}/challenges"));
        var definition = new RoleDefinition(
            $"{_name}-challenges",
            new RoleDefinitionArgs
            {
                RoleDefinitionId = role.Id,
                RoleName = role.Name,
                RoleType = "CustomRole",
                Description = "Answers challenges of certificate authorities in DNS zones.",
                Scope = group,
                AssignableScopes = { group },
                Permissions = { new PermissionArgs { Actions = ChallengeActions } },
            },
            new CustomResourceOptions { Parent = this, DependsOn = { _zone } });
        return new RoleAssignment(
            $"{_name}-challenges",
            new RoleAssignmentArgs
            {
                RoleAssignmentName = NameGuid.Create($"{group}/{_args.DomainName}/{role.Id}/{identity.AzureName}"),
                Scope = _zone.Id,
                RoleDefinitionId = role.DefinitionId(azure.SubscriptionId),
                PrincipalId = identity.PrincipalId,
                PrincipalType = PrincipalType.ServicePrincipal,
            },

            // The assignment names its role by a text, which orders nothing.
            new CustomResourceOptions { Parent = this, DependsOn = { definition } });
    }

    private void Records(string name, string relative, string type, Action<RecordSetArgs> fill)
    {
        var args = new RecordSetArgs
        {
            ZoneName = _zone.Name,
            ResourceGroupName = _args.ResourceGroupName,
            RelativeRecordSetName = relative,
            RecordType = type,
            Ttl = TimeToLive,
        };
        fill(args);
        _ = new RecordSet($"{_name}-{name}", args, new CustomResourceOptions { Parent = this });
    }
}
