using System.Collections.Immutable;
using System.Text;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using Pulumi;
using Pulumi.AzureNative.Compute;
using Pulumi.AzureNative.Compute.Inputs;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Runner;

/// <summary>What <see cref="DeploymentRunner"/> needs.</summary>
internal sealed record DeploymentRunnerArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the machine.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the resource group of its identity.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>The network that it is in.</summary>
    public required EnvironmentNetwork Network { get; init; }

    /// <summary>What its disk is encrypted with.</summary>
    public required DiskEncryption Disks { get; init; }

    /// <summary>The size of the machine.</summary>
    public required string VmSize { get; init; }

    /// <summary>The availability zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The SSH public key of whoever maintains it; null where nobody signs in by SSH.</summary>
    public string? SshPublicKey { get; init; }

    /// <summary>The hosts that it reaches besides Azure's and its system's updates, where a firewall asks.</summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];
}

/// <summary>
/// The machine inside the network that deployments run on (A10, P1): no public address, no password, nothing admitted to it.
/// </summary>
internal sealed class DeploymentRunner : ComponentResource
{
    private const string Purpose = "runner";
    private const string AdminUser = "runner";

    private static readonly ImmutableArray<string> AzureHosts =
        ["management.azure.com", "login.microsoftonline.com", "graph.microsoft.com"];

    private static readonly ImmutableArray<string> UpdateHosts =
        ["azure.archive.ubuntu.com", "security.ubuntu.com", "snapshot.ubuntu.com", "changelogs.ubuntu.com"];

    // Nothing secret: whoever can read the machine's metadata reads this.
    private static readonly string CloudInit = Convert.ToBase64String(Encoding.UTF8.GetBytes(
        """
        #cloud-config
        ssh_pwauth: false
        disable_root: true
        package_update: true
        package_upgrade: true
        packages: [git, unattended-upgrades, unzip]

        """));

    private readonly string _name;
    private readonly DeploymentRunnerArgs _args;
    private readonly ManagedIdentity _identity;

    /// <summary>Declares the machine, its identity and its subnet, and lets it reach what deployments reach.</summary>
    public DeploymentRunner(string name, DeploymentRunnerArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:runner:DeploymentRunner", name, options)
    {
        _name = name;
        _args = args;
        var subnet = args.Network.AddRunnerSubnet();
        args.Network.AdmitDeployment(subnet.AddressPrefix);
        var ways = AllowHosts(subnet.AddressPrefix);
        _identity = new ManagedIdentity($"{name}-identity", Purpose, args.Azure, args.IdentityResourceGroupName, this);
        Machine(Interface(subnet), [.. ways, .. subnet.Rules]);
        RegisterOutputs();
    }

    /// <summary>Lets the machine deploy to a cluster: sign in to it, and change all that is in it.</summary>
    public void DeployTo(AksCluster cluster)
    {
        var scope = new AccessScope(_args.Azure.Names.Cluster, cluster.Id, _args.Azure.SubscriptionId);
        scope.Grant($"{_name}-cluster-user", AzureRoles.ClusterUser, _identity, this);
        scope.Grant($"{_name}-cluster-admin", AzureRoles.ClusterRbacClusterAdmin, _identity, this);
    }

    private ImmutableArray<Resource> AllowHosts(string addressPrefix) =>
    [
        .. _args.Network.Allow(new OutboundHosts("runner-azure", [addressPrefix], AzureHosts, "Deployments to Azure.")),
        .. _args.Network.Allow(new OutboundHosts(
            "runner-charts", [addressPrefix], PlatformHosts.GatewayHosts, "Charts of cert-manager and Envoy Gateway.")),
        .. _args.Network.Allow(new OutboundHosts(
            "runner-updates", [addressPrefix], UpdateHosts, "Updates of the runner; packages are signed.", IsPlain: true)),
        .. _args.AllowedHosts.IsEmpty ? [] : _args.Network.Allow(new OutboundHosts(
            "runner-hosts", [addressPrefix], _args.AllowedHosts, "Hosts that the environment's settings name.")),
    ];

    private Pulumi.AzureNative.Network.NetworkInterface Interface(GuardedSubnet subnet) => new(
        _name,
        new Pulumi.AzureNative.Network.NetworkInterfaceArgs
        {
            NetworkInterfaceName = _args.Azure.Names.NetworkInterface(Purpose),
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            EnableIPForwarding = false,
            IpConfigurations =
            {
                new NetworkInterfaceIPConfigurationArgs
                {
                    Name = Purpose,
                    Primary = true,
                    PrivateIPAllocationMethod = IPAllocationMethod.Dynamic,
                    Subnet = new Pulumi.AzureNative.Network.Inputs.SubnetArgs { Id = subnet.Id },
                },
            },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this });

    private void Machine(Pulumi.AzureNative.Network.NetworkInterface nic, ImmutableArray<Resource> needed)
    {
        var machineName = _args.Azure.Names.VirtualMachine(Purpose);
        _ = new VirtualMachine(
            _name,
            new VirtualMachineArgs
            {
                VmName = machineName,
                ResourceGroupName = _args.ResourceGroupName,
                Location = _args.Azure.Location,
                Zones = { _args.Zone },
                Identity = new VirtualMachineIdentityArgs
                {
                    Type = Pulumi.AzureNative.Compute.ResourceIdentityType.UserAssigned,
                    UserAssignedIdentities = { _identity.Id },
                },
                HardwareProfile = new HardwareProfileArgs { VmSize = _args.VmSize },
                SecurityProfile = new SecurityProfileArgs
                {
                    SecurityType = SecurityTypes.TrustedLaunch,
                    EncryptionAtHost = true,
                    UefiSettings = new UefiSettingsArgs { SecureBootEnabled = true, VTpmEnabled = true },
                },
                StorageProfile = Storage(machineName),
                OsProfile = System(machineName),
                NetworkProfile = new NetworkProfileArgs
                {
                    NetworkInterfaces =
                    {
                        new NetworkInterfaceReferenceArgs { Id = nic.Id, Primary = true, DeleteOption = Pulumi.AzureNative.Compute.DeleteOptions.Detach },
                    },
                },
                DiagnosticsProfile = new DiagnosticsProfileArgs { BootDiagnostics = new BootDiagnosticsArgs { Enabled = true } },
                Tags = _args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // At its first start it installs packages, and never again.
                DependsOn = [.. needed],

                // Azure reads it once, when the machine is made, and refuses changes.
                IgnoreChanges = { "osProfile.customData" },
            });
    }

    private StorageProfileArgs Storage(string machineName) => new()
    {
        ImageReference = new ImageReferenceArgs
        {
            Publisher = "Canonical",
            Offer = "ubuntu-24_04-lts",
            Sku = "server",
            Version = "latest",
        },
        OsDisk = new OSDiskArgs
        {
            Name = $"{machineName}-os",
            CreateOption = DiskCreateOptionTypes.FromImage,
            DeleteOption = DiskDeleteOptionTypes.Delete,
            Caching = CachingTypes.ReadWrite,
            ManagedDisk = new ManagedDiskParametersArgs
            {
                StorageAccountType = StorageAccountTypes.Premium_LRS,
                DiskEncryptionSet = new DiskEncryptionSetParametersArgs { Id = _args.Disks.Id },
            },
        },
    };

    private OSProfileArgs System(string machineName) => new()
    {
        ComputerName = machineName,
        AdminUsername = AdminUser,
        CustomData = CloudInit,
        LinuxConfiguration = new LinuxConfigurationArgs
        {
            DisablePasswordAuthentication = true,
            ProvisionVMAgent = true,
            Ssh = new SshConfigurationArgs
            {
                PublicKeys =
                {
                    new Pulumi.AzureNative.Compute.Inputs.SshPublicKeyArgs
                    {
                        Path = $"/home/{AdminUser}/.ssh/authorized_keys",
                        KeyData = _args.SshPublicKey ?? UnusedSshKey.Text,
                    },
                },
            },
            PatchSettings = new LinuxPatchSettingsArgs
            {
                PatchMode = LinuxVMGuestPatchMode.AutomaticByPlatform,
                AssessmentMode = LinuxPatchAssessmentMode.AutomaticByPlatform,
            },
        },
    };
}
