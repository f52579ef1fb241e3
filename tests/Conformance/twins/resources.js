// Resources: components, parents, dependencies, references, assets, reads.
const pulumi = require("@pulumi/pulumi");
const { Probe, Other, Foreign, Group } = require("./probe");

module.exports = {
  plain: () => {
    new Probe("a", { text: "x", number: 1.25, count: 3, flag: true, list: ["1", "2"], map: { k: "v" }, nested: { text: "t" } });
  },
  "no-inputs": () => {
    new Probe("a");
  },
  names: () => {
    new Probe("a::b");
    new Probe("with space/and:slash");
    new Other("a::b");
  },
  "implicit-dependency": () => {
    const a = new Probe("a");
    new Probe("b", { text: a.label, map: { id: a.id, urn: a.urn } });
  },
  "explicit-dependency": () => {
    const a = new Probe("a");
    const b = new Probe("b", {}, { dependsOn: a });
    new Probe("c", {}, { dependsOn: [a, b] });
  },
  "dependency-on-outputs": () => {
    const a = new Probe("a");
    const b = new Probe("b");
    new Probe("c", {}, { dependsOn: pulumi.output([a, b]) });
    new Probe("d", {}, { dependsOn: [pulumi.output(a), b] });
  },
  component: () => {
    new Group("g", {}, (g) => {
      const a = new Probe("a", { text: "a" }, { parent: g });
      return { text: a.text, label: a.label };
    });
  },
  "nested-components": () => {
    const outer = new Group("outer", {}, (g) => {
      const inner = new Group("inner", { parent: g }, (h) => {
        new Probe("leaf", { text: "x" }, { parent: h });
        return { depth: 2 };
      });
      new Probe("beside", { text: inner.urn }, { parent: g });
      return { inner: inner.urn };
    });
    return { outer: outer.urn };
  },
  "depends-on-component": () => {
    const group = new Group("g", {}, (g) => {
      new Probe("a", {}, { parent: g });
      new Group("inner", { parent: g }, (h) => {
        const b = new Probe("b", {}, { parent: h });
        new Probe("under-b", {}, { parent: b });
      });
    });
    new Probe("after", {}, { dependsOn: group });
    new Probe("after-list", {}, { dependsOn: [group] });
  },
  "component-depends": () => {
    const a = new Probe("a");
    new Group("g", { dependsOn: a }, (g) => {
      new Probe("child", {}, { parent: g });
    });
  },
  "custom-parent": () => {
    const a = new Probe("a", { text: "a" });
    const b = new Probe("b", {}, { parent: a });
    new Probe("c", { text: a.text }, { parent: b });
    new Group("g", { parent: b }, (g) => {
      new Other("d", {}, { parent: g });
    });
  },
  "parent-of-another-package": () => {
    const a = new Foreign("a");
    new Probe("b", {}, { parent: a });
  },
  "component-as-input": () => {
    const group = new Group("g", {}, (g) => {
      new Probe("a", {}, { parent: g });
    });
    new Probe("b", { resource: group });
  },
  "resource-as-input": () => {
    const a = new Probe("a", { text: "a" });
    new Probe("b", { resource: a, list: [a.text] });
    new Probe("c", { any: { inside: [a] } });
  },
  "read-as-input": () => {
    const known = Probe.get("known", "id-1");
    new Probe("b", { resource: known, text: known.id, map: { label: known.label } });
  },
  get: () => {
    const a = Probe.get("a", "id-1");
    new Probe("b", { text: a.id, map: { label: a.label } });
  },
  "get-of-output": () => {
    const id = pulumi.output("id").apply((text) => `${text}-2`);
    const a = Probe.get("a", id);
    new Probe("b", { text: a.id });
  },
  "get-in-component": () => {
    new Group("g", {}, (g) => {
      const a = Probe.get("a", "id-1", { parent: g });
      return { id: a.id };
    });
  },
  "stack-reference": () => {
    const other = new pulumi.StackReference("organization/other/prod");
    new Probe("a", { text: other.getOutput("address"), map: { required: other.requireOutput("vnet") } });
  },
  "stack-reference-named": () => {
    const other = new pulumi.StackReference("network", { name: "organization/network/prod" });
    new Probe("a", { text: other.getOutput("address").apply((address) => `${address}!`) });
    return { name: other.name };
  },
  assets: () => {
    new Probe("a", {
      source: new pulumi.asset.StringAsset("content"),
      any: [new pulumi.asset.FileAsset("package.json"), new pulumi.asset.RemoteAsset("https://example.test/file")],
    });
  },
  archives: () => {
    new Probe("a", { source: new pulumi.asset.FileArchive("twins") });
    new Probe("b", { source: new pulumi.asset.RemoteArchive("https://example.test/archive.zip") });
    new Probe("c", {
      source: new pulumi.asset.AssetArchive({
        "a.txt": new pulumi.asset.StringAsset("a"),
        inner: new pulumi.asset.AssetArchive({ "b.txt": new pulumi.asset.StringAsset("b") }),
        folder: new pulumi.asset.FileArchive("twins"),
      }),
    });
  },
  "asset-of-output": () => {
    const a = new Probe("a", { text: "a" });
    new Probe("b", { source: a.text.apply((text) => new pulumi.asset.StringAsset(text)) });
    new Probe("c", { source: a.label.apply((label) => new pulumi.asset.StringAsset(label)) });
    new Probe("d", { source: pulumi.secret(new pulumi.asset.StringAsset("hidden")) });
  },
  "outputs-of-resources": () => {
    const a = new Probe("a", { text: "a" });
    const group = new Group("g", {}, (g) => ({ from: a.text }));
    return { resource: a, component: group, list: [a], map: { component: group } };
  },
  "component-outputs": () => {
    new Group("g", {}, (g) => {
      const a = new Probe("a", { text: "a" }, { parent: g });
      return { known: a.text, unknown: a.label, secret: pulumi.secret("pw"), list: [a.text, "x"], child: a };
    });
  },
  "chain-of-components": () => {
    const first = new Group("first", {}, (g) => {
      const a = new Probe("first-a", { text: "a" }, { parent: g });
      g.label = a.label;
      return { label: a.label };
    });
    const second = new Group("second", {}, (g) => {
      const b = new Probe("second-b", { text: first.label }, { parent: g, dependsOn: first });
      g.label = b.label;
      return { label: b.label };
    });
    return { end: second.label };
  },
  logs: async () => {
    const a = new Probe("a");
    await pulumi.log.info("an info");
    await pulumi.log.warn("a warning", a);
    await pulumi.log.debug("a detail");
  },
  "names-of-stack": () => ({
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    organization: pulumi.getOrganization(),
    preview: pulumi.runtime.isDryRun(),
  }),
  many: () => {
    let previous;
    for (let index = 0; index < 1000; index++) {
      previous = new Probe(`p${index}`, { count: index, text: index % 10 === 0 ? undefined : previous.label });
    }
  },
};

module.exports["stack-class"] = () => {
  const a = new Probe("a", { text: "a" });
  return { text: a.text, label: a.label, secret: pulumi.secret("pw"), list: pulumi.all([a.text, "x"]), count: 2 };
};
