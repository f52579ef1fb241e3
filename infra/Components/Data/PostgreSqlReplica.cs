using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.DBforPostgreSQL;
using Pulumi.AzureNative.DBforPostgreSQL.Inputs;

namespace CantonInfra.Infra.Components.Data;

/// <summary>What <see cref="PostgreSqlReplica"/> needs.</summary>
internal sealed record PostgreSqlReplicaArgs
{
    /// <summary>The server that it follows.</summary>
    public required PostgreSqlServer Source { get; init; }

    /// <summary>What the server is for, a part of names in Azure.</summary>
    public required string Purpose { get; init; }

    /// <summary>The resource group's name.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The network in its region.</summary>
    public required ReplicaNetwork Network { get; init; }

    /// <summary>The subnet that it has for itself.</summary>
    public required GuardedSubnet Subnet { get; init; }

    /// <summary>What encrypts it in its region.</summary>
    public required EncryptionRegion Encryption { get; init; }

    /// <summary>The size; to take over, it has to be that of the source.</summary>
    public required DatabaseSku Sku { get; init; }

    /// <summary>The storage, in GB; not less than the source's.</summary>
    public required int StorageInGB { get; init; }

    /// <summary>The parameters; a replica gets the source's when it is made and none of their changes afterwards.</summary>
    public required ServerParameters Parameters { get; init; }
}

/// <summary>A copy of a PostgreSQL server in another region that can take over (A12), and the name that then leads to it.</summary>
internal sealed class PostgreSqlReplica : ComponentResource
{
    private readonly string _name;
    private readonly string _location;

    /// <summary>Declares the replica.</summary>
    public PostgreSqlReplica(string name, PostgreSqlReplicaArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:data:PostgreSqlReplica", name, options)
    {
        _name = name;
        var azure = args.Encryption.Azure;
        _location = azure.Location;
        var encryption = new ServerEncryption(name, args.Encryption, backups: null, this);
        args.Subnet.Admit(new InboundFlow(
            "servers", [args.Subnet.AddressPrefix, args.Source.AddressPrefix], [PostgreSqlServer.Port], "The server and its replica."));
        args.Source.AdmitReplica(args.Subnet);
        var server = new Server(
            name,
            new ServerArgs
            {
                ServerName = azure.Names.PostgreSqlServer($"{args.Purpose}-replica"),
                ResourceGroupName = args.ResourceGroupName,
                Location = _location,
                CreateMode = CreateMode.Replica,
                SourceServerResourceId = args.Source.Id,
                Sku = new Pulumi.AzureNative.DBforPostgreSQL.Inputs.SkuArgs
                {
                    Name = args.Sku.Name,
                    Tier = args.Sku.Tier
                        ?? throw new InvalidOperationException($"'{args.Sku.Name}' is no size of PostgreSQL servers."),
                },
                Storage = new StorageArgs
                {
                    StorageSizeGB = args.StorageInGB,
                    AutoGrow = StorageAutoGrow.Enabled,
                    Type = StorageType.Premium_LRS,
                },
                AuthConfig = new AuthConfigArgs
                {
                    ActiveDirectoryAuth = MicrosoftEntraAuth.Enabled,
                    PasswordAuth = PasswordBasedAuth.Enabled,
                    TenantId = azure.TenantId,
                },
                DataEncryption = encryption.Data,
                Identity = encryption.Identity,
                Network = new NetworkArgs
                {
                    DelegatedSubnetResourceId = args.Subnet.Id,
                    PrivateDnsZoneArmResourceId = args.Network.ZoneId,
                    PublicNetworkAccess = ServerPublicNetworkAccessState.Disabled,
                },
                Tags = azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,
                DependsOn = [.. encryption.Grants, .. args.Network.Peerings, .. args.Subnet.Rules, args.Source.LastParameter],
                Protect = azure.IsProtected,

                // After a failover it is the source and follows nobody; a deployment must not undo that.
                IgnoreChanges = { "createMode", "sourceServerResourceId", "replicationRole", "availabilityZone" },
            });
        var parameters = args.Parameters.Set(name, server, args.ResourceGroupName, this);
        var endpoint = azure.Names.PostgreSqlEndpoint(args.Purpose);
        _ = new VirtualEndpoint(
            $"{name}-endpoint",
            new VirtualEndpointArgs
            {
                VirtualEndpointName = endpoint,
                ServerName = args.Source.AzureName,
                ResourceGroupName = args.Source.ResourceGroupName,
                EndpointType = VirtualEndpointType.ReadWrite,
                Members = { server.Name },
            },
            new CustomResourceOptions
            {
                Parent = this,
                DependsOn = { parameters[^1] },

                // A failover exchanges the two.
                IgnoreChanges = { "members" },
            });
        Id = server.Id;
        IsRestartPending = ServerParameters.IsRestartPending(parameters);
        WriterHost = Output.Create($"{endpoint}.writer.postgres.database.azure.com");
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>Whether a parameter waits for a restart, which no deployment can do.</summary>
    [Output("isRestartPending")]
    public Output<bool> IsRestartPending { get; private set; }

    /// <summary>The host name that leads to whichever of the two servers can be written to.</summary>
    [Output("writerHost")]
    public Output<string> WriterHost { get; private set; }

    /// <summary>Logs sign-ins, audit lines and metrics (A24).</summary>
    public void LogTo(LogAnalytics logs) =>
        logs.Receive($"{_name}-logs", Id, LogCategories.PostgreSqlServer, this, _location);

    /// <summary>Tells when the replica is down, full or behind (A12).</summary>
    public void AlertTo(Alerting alerts) => alerts.Watch(AlertTarget.PostgreSqlReplica, _name, Id, this);
}
