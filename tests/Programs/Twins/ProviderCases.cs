using System.Collections.Immutable;
using System.Text;
using Pulumi;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.Resources;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Twins;

/// <summary>Explicit, inherited and default providers, and functions of providers.</summary>
internal static class ProviderCases
{
    public static IReadOnlyDictionary<string, Declare> All { get; } = new Dictionary<string, Declare>
    {
        ["explicit-provider"] = Case.Of(() =>
        {
            var provider = new TestProvider("p", new() { Region = "west" });
            var a = new Probe("a", new() { Text = "a" }, new() { Provider = provider });
            _ = new Probe("b", new() { Text = a.Label }, new() { Provider = provider });
            _ = new Other("c", null, new() { Provider = provider });
            _ = new Probe("d");
        }),
        ["provider-of-component"] = Case.Of(() =>
        {
            var provider = new TestProvider("p");
            _ = new Group("g", new() { Provider = provider }, g =>
            {
                _ = new Probe("a", null, new() { Parent = g });
                _ = new Foreign("b", new() { Parent = g });
                _ = new Group("inner", new() { Parent = g }, h => { _ = new Other("c", null, new() { Parent = h }); });
            });
        }),
        ["providers-of-component"] = Case.Of(() =>
        {
            var test = new TestProvider("p");
            var foreign = new ForeignProvider("q");
            var third = new TestProvider("r");
            _ = new Group("g", new() { Providers = { test, foreign } }, g =>
            {
                _ = new Probe("a", null, new() { Parent = g });
                _ = new Foreign("b", new() { Parent = g });
                _ = new Probe("c", null, new() { Parent = g, Provider = third });
                _ = new Group("inner", new() { Parent = g, Providers = { third } }, h =>
                {
                    _ = new Probe("d", null, new() { Parent = h });
                    _ = new Foreign("e", new() { Parent = h });
                });
            });
        }),
        ["provider-of-parent"] = Case.Of(() =>
        {
            var provider = new TestProvider("p");
            var a = new Probe("a", null, new() { Provider = provider });
            _ = new Probe("b", null, new() { Parent = a });
            _ = new Foreign("c", new() { Parent = a });
        }),
        ["provider-within-component"] = Case.Of(() => _ = new Group("g", null, g =>
        {
            var provider = new TestProvider("p", new() { Region = "west" }, new() { Parent = g });
            _ = new Probe("a", null, new() { Parent = g, Provider = provider });
        })),
        ["provider-inputs"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = "a" });
            var provider = new TestProvider("p", new()
            {
                Address = a.Label,
                Token = Output.CreateSecret("pw"),
                Options = ImmutableDictionary<string, int>.Empty.Add("retries", 3),
            });
            _ = new Foreign("depends", new() { DependsOn = { provider } });
            _ = new Probe("b", null, new() { Provider = provider });
        }),
        ["provider-version"] = Case.Of(() =>
        {
            var provider = new TestProvider("p", null, new() { Version = "4.5.6" });
            _ = new Probe("a", null, new() { Provider = provider });
            _ = new Probe("b", null, new() { Provider = provider, Version = "1.0.0" });
        }),
        ["read-with-provider"] = Case.Of(() =>
        {
            var provider = new TestProvider("p");
            _ = Probe.Get("a", "id-1", new() { Provider = provider });
            _ = new Group("g", new() { Providers = { provider } }, g => { _ = Probe.Get("b", "id-2", new() { Parent = g }); });
        }),
        ["azure-provider"] = Case.Of(() =>
        {
            var provider = new Pulumi.AzureNative.Provider("azure", new()
            {
                SubscriptionId = "00000000-0000-0000-0000-000000000001",
                Location = "germanywestcentral",
                UseOidc = true,
                AuxiliaryTenantIds = { "t1", "t2" },
                ClientSecret = "hidden",
            });
            _ = new ResourceGroup("group", null, new() { Provider = provider });
        }),
        ["kubernetes-provider"] = Case.Of(() =>
        {
            var group = new ResourceGroup("group", new() { Location = "germanywestcentral" });
            var aks = new ManagedCluster("cluster", new() { ResourceGroupName = group.Name, Location = "germanywestcentral" });
            var credentials = ListManagedClusterUserCredentials.Invoke(new()
            {
                ResourceGroupName = group.Name,
                ResourceName = aks.Name,
            });
            var kubeconfig = Output.CreateSecret(
                credentials.Apply(result => Encoding.UTF8.GetString(Convert.FromBase64String(result.Kubeconfigs[0].Value))));
            var provider = new Pulumi.Kubernetes.Provider("k8s", new() { KubeConfig = kubeconfig, EnableServerSideApply = true, Namespace = "apps" });
            _ = new Namespace(
                "apps", new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = "apps" } }, new() { Provider = provider, Parent = aks });
        }),
        ["invoke-with-plain-arguments"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = Credentials("group").Apply(result => result.Kubeconfigs[0].Name),
        })),
        ["invoke-after"] = Case.Of(() =>
        {
            var a = new Probe("a");
            var credentials = ListManagedClusterUserCredentials.Invoke(
                new() { ResourceGroupName = "group", ResourceName = "cluster" }, new InvokeOutputOptions { DependsOn = { a } });
            _ = new Probe("b", new() { Text = credentials.Apply(result => result.Kubeconfigs[0].Name) });
        }),
        ["invoke-with-secret"] = Case.Of(() => _ = new Probe("a", new()
        {
            Text = Credentials(Output.CreateSecret("group")).Apply(result => result.Kubeconfigs[0].Name),
        })),
    };

    private static Output<ListManagedClusterUserCredentialsResult> Credentials(Input<string> group) =>
        ListManagedClusterUserCredentials.Invoke(new() { ResourceGroupName = group, ResourceName = "cluster" });
}
