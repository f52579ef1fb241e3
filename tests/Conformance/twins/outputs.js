// Values: what programs do with outputs, secrets and unknowns.
const pulumi = require("@pulumi/pulumi");
const { Probe } = require("./probe");

const dependency = () => new Probe("a", { text: "a" });

module.exports = {
  "apply-known": () => {
    const a = dependency();
    new Probe("b", { text: a.text.apply((text) => `${text}!`), number: a.text.apply((text) => text.length) });
  },
  "apply-unknown": () => {
    const a = dependency();
    new Probe("b", { text: a.label.apply((label) => `${label}!`), list: a.id.apply((id) => [id]) });
  },
  "apply-chain": () => {
    const a = dependency();
    const b = new Probe("b", { text: a.label.apply((label) => label.length).apply((length) => `${length}`) });
    new Probe("c", { text: b.text.apply((text) => text), map: { both: pulumi.all([a.label, b.label]).apply(([x, y]) => x + y) } });
  },
  "apply-to-output": () => {
    const a = dependency();
    const b = new Probe("b", { text: "b" });
    new Probe("c", { text: a.text.apply(() => b.text) });
  },
  "apply-to-promise": () => {
    new Probe("a", { text: pulumi.output(1).apply(async (number) => `n${number}`) });
  },
  all: () => {
    const a = dependency();
    const b = new Probe("b", { text: "b" });
    new Probe("c", { list: pulumi.all([a.text, b.text, "plain"]) });
    new Probe("d", { list: pulumi.all([a.label, b.text]) });
  },
  tuple: () => {
    const a = dependency();
    new Probe("b", {
      text: pulumi.all([a.text, pulumi.output(2), true]).apply(([text, number, flag]) => `${text} ${number} ${flag ? "yes" : "no"}`),
    });
  },
  format: () => {
    const a = dependency();
    new Probe("b", { text: pulumi.interpolate`${a.text}-${1}-${"x"}`, list: [pulumi.interpolate`${a.id}/x`] });
  },
  "format-secret": () => {
    const a = dependency();
    new Probe("b", { text: pulumi.interpolate`user:${pulumi.secret("pw")}@${a.text}` });
  },
  "outputs-in-collections": () => {
    const a = dependency();
    new Probe("b", {
      list: ["x", a.text, a.label],
      map: { plain: "x", known: a.text, unknown: a.label },
      nested: { text: a.text, inner: { text: a.label, list: [a.id, "y"] } },
      items: [{ text: a.text }, { inner: { text: a.label } }],
    });
  },
  "output-of-collection": () => {
    const a = dependency();
    new Probe("b", {
      list: a.text.apply((text) => [text, "z"]),
      map: a.text.apply((text) => ({ key: text })),
      nested: a.text.apply((text) => ({ text, inner: { text: a.label } })),
    });
  },
  "output-of-outputs": () => {
    const a = dependency();
    new Probe("b", { any: pulumi.output({ list: [a.text, { deep: a.text }] }) });
  },
  "empty-collections": () => {
    new Probe("a", { list: [], map: {}, nested: {}, items: [], text: "" });
  },
  nulls: () => {
    new Probe("a", { text: pulumi.output(null), any: { gone: null, kept: "x", list: [null, 1] } });
  },
  numbers: () => {
    new Probe("a", { number: 0, count: -7, any: [1.5, 1e21, 0.1, 9007199254740991, 2147483647] });
  },
  texts: () => {
    new Probe("a", { text: "Zürich 🚀 \u0000\t\"quoted\" \\ <&>", map: { "a.b[c]": "1", "ключ": "2", __private: "3" } });
  },
  secret: () => {
    const a = new Probe("a", { text: pulumi.secret("pw"), number: pulumi.secret(5), list: ["x", pulumi.secret("y")] });
    new Probe("b", { text: a.text });
  },
  "secret-through-apply": () => {
    const secret = pulumi.secret("pw");
    const a = new Probe("a", { text: secret.apply((text) => text.toUpperCase()) });
    new Probe("b", { text: pulumi.all([a.text, "x"]).apply(([x, y]) => x + y) });
  },
  "secret-in-map": () => {
    new Probe("a", { map: { open: "x", closed: pulumi.secret("pw") }, nested: { inner: { text: pulumi.secret("pw") } } });
  },
  "secret-whole-map": () => {
    new Probe("a", { map: pulumi.secret({ user: "u", password: "pw" }), nested: pulumi.secret({ text: "t" }) });
  },
  "secret-null": () => {
    new Probe("a", { text: pulumi.secret(null), map: { gone: pulumi.secret(null) } });
  },
  "secret-unknown": () => {
    const a = dependency();
    new Probe("b", { text: pulumi.secret(a.label), map: { x: pulumi.secret(a.label), y: "y" } });
  },
  "secret-within-secret": () => {
    new Probe("a", { map: pulumi.secret({ inner: pulumi.secret("pw") }) });
  },
  "secret-passed-on": () => {
    const a = new Probe("a", { map: { open: "x", closed: pulumi.secret("pw") } });
    new Probe("b", { text: a.map.apply((map) => map.open), map: a.map });
  },
  unsecret: () => {
    const a = new Probe("a", { text: pulumi.secret("pw") });
    new Probe("b", { text: pulumi.unsecret(a.text) });
  },
  "is-secret": () => {
    const a = new Probe("a", { text: pulumi.secret("pw") });
    new Probe("b", {
      flag: pulumi.output(pulumi.isSecret(a.text)),
      map: { open: pulumi.output(pulumi.isSecret(pulumi.output("x"))).apply((is) => (is ? "yes" : "no")) },
    });
  },
  "json-serialize": () => {
    const a = dependency();
    new Probe("b", {
      text: pulumi.jsonStringify({ Name: a.text, Number: 1, List: ["x", a.text] }),
      list: [pulumi.jsonStringify({ Id: a.id })],
      map: { secret: pulumi.jsonStringify({ Password: pulumi.secret("pw") }) },
    });
  },
  "json-deserialize": () => {
    const a = new Probe("a", { text: '{"key":"value"}' });
    new Probe("b", {
      text: pulumi.jsonParse(a.text).apply((value) => value.key),
      map: pulumi.jsonParse(pulumi.secret('{"key":"hidden"}')),
    });
  },
  deferred: () => {
    const [later, resolve] = pulumi.deferredOutput();
    new Probe("b", { text: later });
    resolve(new Probe("a", { text: "a" }).text);
  },
  "merged-map": () => {
    const a = dependency();
    new Probe("b", { map: pulumi.all([{ x: "1", y: "1" }, a.text.apply((text) => ({ y: text }))]).apply(([x, y]) => ({ ...x, ...y })) });
  },
  "concatenated-lists": () => {
    const a = dependency();
    new Probe("b", { list: pulumi.all([["x"], a.text.apply((text) => [text, "y"])]).apply(([x, y]) => [...x, ...y]) });
  },
  "first-and-length": () => {
    const a = new Probe("a", { list: ["x", "y"] });
    new Probe("b", { text: a.list.apply((list) => list[0]), count: a.list.apply((list) => list.length), list: [a.list.apply((list) => list[1])] });
  },
  unions: () => {
    const a = dependency();
    new Probe("b", { union: 5 });
    new Probe("c", { union: "five" });
    new Probe("d", { union: a.text });
    new Probe("e", { union: a.label });
  },
  enums: () => {
    new Probe("a", { size: "Standard_B2s", any: ["Standard_B4ms"], map: { size: "Standard_B2s" } });
  },
  "json-inputs": () => {
    const a = dependency();
    new Probe("b", { json: { name: "x", list: [1, true, "y"], deep: { k: "v" } } });
    new Probe("c", { jsonText: JSON.stringify({ inner: { text: "x" } }), map: { unknown: a.label } });
  },
  "partly-unknown": () => {
    const a = dependency();
    const b = new Probe("b", { map: { known: "x", unknown: a.label } });
    new Probe("c", { map: b.map.apply((map) => map), list: b.map.apply((map) => [map.known]) });
  },
  "stack-outputs": () => {
    const a = dependency();
    return {
      text: "x",
      number: 1.5,
      flag: true,
      list: ["x", a.text],
      map: { known: a.text, unknown: a.label },
      secret: pulumi.secret("pw"),
      unknownSecret: pulumi.secret(a.label),
      nested: { deep: { secret: pulumi.secret("pw"), list: [1, 2] } },
      known: a.text,
      unknown: a.label,
      id: a.id,
      urn: a.urn,
    };
  },
};
