using System.Collections.Immutable;
using System.Text;
using Moq;
using Pulumi.Testing;

namespace CantonInfra.Infra.Tests.Support;

/// <summary>Answers as the cloud would, and remembers what it was asked for and in which order it was done.</summary>
internal sealed class CloudMocks
{
    public const string KubeConfig = "apiVersion: v1";
    public const string Secret = "canary-7c1d9e";

    private readonly Lock _lock = new();
    private readonly List<MockResourceArgs> _requested = [];
    private readonly List<string> _log = [];
    private readonly Mock<IMocks> _mock = new();

    public CloudMocks()
    {
        _mock.Setup(mocks => mocks.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns<MockResourceArgs>(Create);
        _mock.Setup(mocks => mocks.CallAsync(It.IsAny<MockCallArgs>())).Returns<MockCallArgs>(_ => Task.FromResult<object>(Credentials()));
        _mock.Setup(mocks => mocks.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>())).Returns(Task.CompletedTask);
    }

    public IMocks Object => _mock.Object;

    /// <summary>The address that a firewall gets in its subnet.</summary>
    public string FirewallAddress { get; set; } = "10.40.3.4";

    /// <summary>Runs components against these mocks.</summary>
    public static async Task<CloudMocks> RunAsync(Action declare, Action<CloudMocks>? arrange = null)
    {
        var mocks = new CloudMocks();
        arrange?.Invoke(mocks);
        await Pulumi.Deployment.TestAsync(
            mocks.Object, new TestOptions { ProjectName = "canton-infra", StackName = "unit", IsPreview = false }, declare);
        return mocks;
    }

    public ImmutableDictionary<string, object> Inputs(string type, string? name = null) => One(type, name).Inputs;

    public MockResourceArgs One(string type, string? name = null) =>
        Assert.Single(All(type), resource => name is null || resource.Name == name);

    public ImmutableArray<MockResourceArgs> All(string type)
    {
        lock (_lock)
        {
            return [.. _requested.Where(resource => resource.Type == type)];
        }
    }

    /// <summary>That one resource was finished before the other was begun; each as its type's last word and its name.</summary>
    public void AssertBefore(string first, string then)
    {
        lock (_lock)
        {
            var finished = _log.IndexOf($"finished {first}");
            var begun = _log.IndexOf($"begun {then}");
            Assert.True(finished >= 0 && begun > finished, $"{first}: {finished}, {then}: {begun}");
        }
    }

    private static string Label(MockResourceArgs args) => $"{args.Type!.Split(':')[^1]} {args.Name}";

    private static ImmutableDictionary<string, object> Credentials() => ImmutableDictionary<string, object>.Empty.Add(
        "kubeconfigs",
        ImmutableArray.Create<object>(ImmutableDictionary<string, object>.Empty
            .Add("name", "clusterUser")
            .Add("value", Convert.ToBase64String(Encoding.UTF8.GetBytes(KubeConfig)))));

    private async Task<(string? Id, object State)> Create(MockResourceArgs args)
    {
        lock (_lock)
        {
            _requested.Add(args);
            _log.Add($"begun {Label(args)}");
        }

        // Long enough that whoever does not wait for it has begun in the meantime.
        await Task.Delay(10);
        var state = Outputs(args).Aggregate(args.Inputs, (all, output) => all.SetItem(output.Key, output.Value));
        lock (_lock)
        {
            _log.Add($"finished {Label(args)}");
        }

        return ($"/{args.Type}/{args.Name}", state);
    }

    private Dictionary<string, object> Outputs(MockResourceArgs args) => args.Type switch
    {
        "azure-native:resources:ResourceGroup" => new() { ["name"] = args.Inputs["resourceGroupName"] },
        "azure-native:managedidentity:UserAssignedIdentity" => new()
        {
            ["principalId"] = $"principal of {args.Name}",
            ["clientId"] = $"client of {args.Name}",
        },
        "azure-native:keyvault:Key" => new()
        {
            ["keyUri"] = $"https://vault/keys/{args.Name}",
            ["keyUriWithVersion"] = $"https://vault/keys/{args.Name}/1",
        },
        "azure-native:dbforpostgresql:Server" => new()
        {
            ["name"] = args.Inputs["serverName"],
            ["fullyQualifiedDomainName"] = $"{args.Inputs["serverName"]}.postgres.database.azure.com",
        },
        "azure-native:containerservice:ManagedCluster" => new() { ["name"] = args.Inputs["resourceName"] },
        "azure-native:network:AzureFirewall" => new()
        {
            ["ipConfigurations"] = ImmutableArray.Create<object>(
                ImmutableDictionary<string, object>.Empty.Add("privateIPAddress", FirewallAddress)),
        },
        "azure-native:operationalinsights:Workspace" => new()
        {
            ["name"] = args.Inputs["workspaceName"],
            ["customerId"] = $"customer of {args.Name}",
        },
        "azure-native:network:PublicIPAddress" => new() { ["ipAddress"] = "203.0.113.7" },
        "random:index/randomPassword:RandomPassword" => new() { ["result"] = $"{Secret} {args.Name}" },
        "keycloak:openid/client:Client" => new() { ["serviceAccountUserId"] = $"subject of {args.Name}" },
        _ => new() { ["name"] = args.Inputs.GetValueOrDefault("name", args.Name!) },
    };
}
