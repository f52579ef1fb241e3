// Resource options.
const pulumi = require("@pulumi/pulumi");
const { Probe, Other, Group } = require("./probe");

const retype = (args) => ({
  props: { ...args.props, text: "from a transformation" },
  opts: pulumi.mergeOptions(args.opts, { ignoreChanges: ["text"] }),
});

module.exports = {
  protect: () => {
    new Probe("a", {}, { protect: true });
    new Probe("b", {}, { protect: false });
    new Group("g", { protect: true }, (g) => {
      new Probe("inherits", {}, { parent: g });
      new Probe("differs", {}, { parent: g, protect: false });
      new Group("inner", { parent: g }, (h) => {
        new Probe("deep", {}, { parent: h });
      });
    });
  },
  "ignore-changes": () => {
    new Probe("a", { text: "x" }, { ignoreChanges: ["text", "map.key", "list[0]"] });
  },
  "replace-on-changes": () => {
    new Probe("a", { text: "x" }, { replaceOnChanges: ["text", "*"], deleteBeforeReplace: true });
    new Probe("b", { text: "x" }, { deleteBeforeReplace: false });
  },
  "deleted-with": () => {
    const a = new Probe("a");
    new Probe("b", {}, { deletedWith: a });
    new Group("g", {}, (g) => {
      const c = new Probe("c", {}, { parent: g });
      new Probe("d", {}, { parent: c, deletedWith: c });
    });
  },
  "replace-with": () => {
    const a = new Probe("a");
    const b = new Probe("b");
    new Probe("c", {}, { replaceWith: [a, b] });
  },
  "hide-diffs": () => {
    new Probe("a", { text: "x" }, { hideDiffs: ["text", "map.key"] });
  },
  "alias-by-name": () => {
    new Probe("a", {}, { aliases: [{ name: "old-a" }] });
    new Group("g", { aliases: [{ name: "old-g" }] }, (g) => {
      new Probe("g-child", {}, { parent: g });
      new Probe("other-child", {}, { parent: g });
    });
  },
  "alias-by-type": () => {
    new Probe("a", {}, { aliases: [{ type: "test:index:Older" }] });
    new Group("g", { aliases: [{ type: "test:index:OldGroup" }] }, (g) => {
      new Probe("child", {}, { parent: g, aliases: [{ name: "old-child" }] });
    });
  },
  "alias-by-parent": () => {
    const old = new Probe("old-parent");
    new Group("g", {}, (g) => {
      new Probe("a", {}, { parent: g, aliases: [{ parent: old }] });
      new Probe("b", {}, { parent: g, aliases: [{ parent: pulumi.rootStackResource }] });
      new Probe("c", {}, { parent: g, aliases: [{ parent: old.urn }] });
    });
  },
  "alias-by-urn": () => {
    new Probe("a", {}, { aliases: ["urn:pulumi:dev::twins::test:index:Probe::by-urn"] });
  },
  "alias-of-another-stack": () => {
    new Probe("a", {}, { aliases: [{ stack: "prod", project: "older" }] });
  },
  "alias-of-output": () => {
    new Probe("a", {}, { aliases: [pulumi.output({ name: "later" }), { name: pulumi.output("x").apply((x) => `${x}-y`) }] });
  },
  timeouts: () => {
    new Probe("a", {}, { customTimeouts: { create: "10m", update: "1h30m", delete: "45s" } });
    new Probe("b", {}, { customTimeouts: { create: "1500ms" } });
  },
  "retain-on-delete": () => {
    new Probe("a", {}, { retainOnDelete: true });
    new Group("g", { retainOnDelete: true }, (g) => {
      new Probe("child", {}, { parent: g });
    });
  },
  "secret-outputs": () => {
    const a = new Probe("a", { text: "x" }, { additionalSecretOutputs: ["text", "token"] });
    new Probe("b", { text: a.text, map: { token: a.token } });
    return { text: a.text, token: a.token };
  },
  import: () => {
    const a = new Probe("a", { text: "x" }, { import: "existing-id" });
    new Probe("b", { text: a.id });
  },
  version: () => {
    new Probe("a", {}, { version: "1.2.3" });
    new Probe("b", {}, { version: "2.0.0-beta.1" });
    new Other("c", {}, { pluginDownloadURL: "https://example.test/plugins" });
  },
  "transform-resource": () => {
    new Probe("a", { text: "x" }, { transformations: [retype] });
  },
  "transform-component": () => {
    new Group(
      "g",
      {
        transformations: [
          (args) => (args.type === "test:index:Probe" ? retype(args) : undefined),
          (args) => ({ props: args.props, opts: pulumi.mergeOptions(args.opts, { protect: true }) }),
        ],
      },
      (g) => {
        new Probe("a", { text: "x" }, { parent: g, transformations: [() => undefined] });
        new Other("b", { text: "x" }, { parent: g });
      },
    );
  },
  "transform-stack": () => {
    pulumi.runtime.registerStackTransformation((args) =>
      args.type === "test:index:Probe" ? { props: { ...args.props, map: { tagged: "yes" } }, opts: args.opts } : undefined,
    );
    new Probe("a", { text: "x" });
    new Group("g", {}, (g) => {
      new Probe("b", {}, { parent: g });
    });
  },
  "merged-options": () => {
    const a = new Probe("a");
    const b = new Probe("b");
    new Probe(
      "c",
      {},
      pulumi.mergeOptions(
        { dependsOn: [a], ignoreChanges: ["text"], protect: true, aliases: [{ name: "x" }] },
        { dependsOn: [b], ignoreChanges: ["list"], protect: false, aliases: [{ name: "y" }] },
      ),
    );
  },
  everything: () => {
    const a = new Probe("a", { text: "a" });
    new Probe(
      "b",
      { text: a.label, list: [a.text] },
      {
        dependsOn: [a],
        protect: true,
        retainOnDelete: true,
        ignoreChanges: ["text"],
        replaceOnChanges: ["list"],
        additionalSecretOutputs: ["token"],
        aliases: [{ name: "older" }],
        deletedWith: a,
        version: "3.1.4",
        customTimeouts: { create: "5m" },
      },
    );
  },
};
