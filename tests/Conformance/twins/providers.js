// Explicit, inherited and default providers, and functions of providers.
const pulumi = require("@pulumi/pulumi");
const azure = require("@pulumi/azure-native");
const kubernetes = require("@pulumi/kubernetes");
const { Probe, Other, Foreign, Group, TestProvider, ForeignProvider } = require("./probe");

const cluster = (group) =>
  new azure.containerservice.ManagedCluster("cluster", { resourceGroupName: group.name, location: "germanywestcentral" });

module.exports = {
  "explicit-provider": () => {
    const provider = new TestProvider("p", { region: "west" });
    const a = new Probe("a", { text: "a" }, { provider });
    new Probe("b", { text: a.label }, { provider });
    new Other("c", {}, { provider });
    new Probe("d");
  },
  "provider-of-component": () => {
    const provider = new TestProvider("p");
    new Group("g", { provider }, (g) => {
      new Probe("a", {}, { parent: g });
      new Foreign("b", {}, { parent: g });
      new Group("inner", { parent: g }, (h) => {
        new Other("c", {}, { parent: h });
      });
    });
  },
  "providers-of-component": () => {
    const test = new TestProvider("p");
    const foreign = new ForeignProvider("q");
    const third = new TestProvider("r");
    new Group("g", { providers: [test, foreign] }, (g) => {
      new Probe("a", {}, { parent: g });
      new Foreign("b", {}, { parent: g });
      new Probe("c", {}, { parent: g, provider: third });
      new Group("inner", { parent: g, providers: [third] }, (h) => {
        new Probe("d", {}, { parent: h });
        new Foreign("e", {}, { parent: h });
      });
    });
  },
  "provider-of-parent": () => {
    const provider = new TestProvider("p");
    const a = new Probe("a", {}, { provider });
    new Probe("b", {}, { parent: a });
    new Foreign("c", {}, { parent: a });
  },
  "provider-within-component": () => {
    new Group("g", {}, (g) => {
      const provider = new TestProvider("p", { region: "west" }, { parent: g });
      new Probe("a", {}, { parent: g, provider });
    });
  },
  "provider-inputs": () => {
    const a = new Probe("a", { text: "a" });
    const provider = new TestProvider("p", {
      address: a.label,
      token: pulumi.secret("pw"),
      options: pulumi.jsonStringify({ retries: 3 }),
    });
    new Foreign("depends", {}, { dependsOn: [provider] });
    new Probe("b", {}, { provider });
  },
  "provider-version": () => {
    const provider = new TestProvider("p", {}, { version: "4.5.6" });
    new Probe("a", {}, { provider });
    new Probe("b", {}, { provider, version: "1.0.0" });
  },
  "read-with-provider": () => {
    const provider = new TestProvider("p");
    Probe.get("a", "id-1", { provider });
    new Group("g", { providers: [provider] }, (g) => {
      Probe.get("b", "id-2", { parent: g });
    });
  },
  "azure-provider": () => {
    const provider = new azure.Provider("azure", {
      subscriptionId: "00000000-0000-0000-0000-000000000001",
      location: "germanywestcentral",
      useOidc: true,
      auxiliaryTenantIds: ["t1", "t2"],
      clientSecret: "hidden",
    });
    new azure.resources.ResourceGroup("group", {}, { provider });
  },
  "kubernetes-provider": () => {
    const group = new azure.resources.ResourceGroup("group", { location: "germanywestcentral" });
    const aks = cluster(group);
    const credentials = azure.containerservice.listManagedClusterUserCredentialsOutput({
      resourceGroupName: group.name,
      resourceName: aks.name,
    });
    const kubeconfig = pulumi.secret(
      credentials.apply((result) => Buffer.from(result.kubeconfigs[0].value, "base64").toString("utf8")),
    );
    const provider = new kubernetes.Provider("k8s", { kubeconfig, enableServerSideApply: true, namespace: "apps" });
    new kubernetes.core.v1.Namespace("apps", { metadata: { name: "apps" } }, { provider, parent: aks });
  },
  "invoke-with-plain-arguments": () => {
    const credentials = azure.containerservice.listManagedClusterUserCredentialsOutput({
      resourceGroupName: "group",
      resourceName: "cluster",
    });
    new Probe("a", { text: credentials.apply((result) => result.kubeconfigs[0].name) });
  },
  "invoke-after": () => {
    const a = new Probe("a");
    const credentials = azure.containerservice.listManagedClusterUserCredentialsOutput(
      { resourceGroupName: "group", resourceName: "cluster" },
      { dependsOn: [a] },
    );
    new Probe("b", { text: credentials.apply((result) => result.kubeconfigs[0].name) });
  },
  "invoke-with-secret": () => {
    const credentials = azure.containerservice.listManagedClusterUserCredentialsOutput({
      resourceGroupName: pulumi.secret("group"),
      resourceName: "cluster",
    });
    new Probe("a", { text: credentials.apply((result) => result.kubeconfigs[0].name) });
  },
};
