import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { applyOverrides } from "../lib/overrides.mjs";
import { readClass, readFunctionToken, readNestedDefaults } from "../lib/runtime.mjs";
import { tokenNamer } from "../lib/tokens.mjs";
import { convert } from "../lib/types.mjs";
import { differences, render } from "../lib/write.mjs";

const source = (text, name = "sample.js") => ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
const refs = (side, dotted) => `p:${side}:${dotted}`;
const typeOf = (text) => convert(source(`type T = ${text};`, "t.ts").statements[0].type, refs);

test("types are converted", () => {
  const cases = [
    ["pulumi.Input<string>", { type: "string" }],
    ["pulumi.Output<number | undefined>", { type: "integer" }],
    ["pulumi.Input<pulumi.Input<boolean>[] | undefined>", { type: "array", items: { type: "boolean" } }],
    ["pulumi.Input<{ [key: string]: pulumi.Input<string>; }>", { type: "object", additionalProperties: { type: "string" } }],
    ['pulumi.Input<"v1" | undefined>', { type: "string", const: "v1" }],
    ["any", { $ref: "pulumi.json#/Any" }],
    ["pulumi.Input<pulumi.asset.Asset | pulumi.asset.Archive>", { $ref: "pulumi.json#/Asset" }],
    ["pulumi.Input<pulumi.asset.Archive>", { $ref: "pulumi.json#/Archive" }],
    ["pulumi.Input<inputs.a.B | undefined>", { $ref: "#/types/p:input:a.B" }],
    ["pulumi.Input<string | enums.a.E>", { oneOf: [{ type: "string" }, { $ref: "#/types/p:enum:a.E" }] }],
  ];
  for (const [text, expected] of cases) assert.deepEqual(typeOf(text).type, expected, text);
});

test("optional and plain are told apart", () => {
  assert.equal(typeOf("pulumi.Input<string | undefined>").optional, true);
  assert.equal(typeOf("pulumi.Input<string>").optional, false);
  assert.equal(typeOf("string").plain, true);
  assert.equal(typeOf("pulumi.Input<string>").plain, false);
  assert.equal(typeOf("any").plain, false);
});

test("what cannot be expressed is an error", () => {
  assert.throws(() => typeOf("Map<string, string>"), /cannot express the type 'Map'/);
  assert.throws(() => typeOf("() => void"), /cannot express/);
});

test("facts are read from a constructor", () => {
  const facts = readClass(
    source(`class R { static __pulumiType = 'p:m:R';
      constructor(name, args, opts) {
        if (args?.must === undefined && !opts.urn) { throw new Error("Missing required property 'must'"); }
        resourceInputs["kind"] = "R";
        resourceInputs["must"] = args?.must;
        resourceInputs["hidden"] = args?.hidden ? pulumi.secret(args.hidden) : undefined;
        resourceInputs["size"] = (args?.size) ?? -5;
        resourceInputs["wait"] = pulumi.output((args?.wait) ?? (utilities.getEnvNumber("A", "B") || 180)).apply(JSON.stringify);
        resourceInputs["out"] = undefined /*out*/;
        resourceInputs["must"] = state?.must;
        const secretOpts = { additionalSecretOutputs: ["hidden"] };
        const aliasOpts = { aliases: [{ type: "p:m:Old" }] };
      } }`),
    "R",
  );
  assert.equal(facts.token, "p:m:R");
  assert.deepEqual([...facts.required], ["must"]);
  assert.deepEqual(Object.fromEntries(facts.inputs), {
    kind: { const: "R" },
    must: {},
    hidden: { secret: true },
    size: { default: -5 },
    wait: { environment: ["A", "B"], default: 180 },
  });
  assert.deepEqual(facts.secretOutputs, ["hidden"]);
  assert.deepEqual(facts.aliases, [{ type: "p:m:Old" }]);
});

test("an argument that goes to another wire name is an error", () => {
  const code = `class R { static __pulumiType = 'p:m:R'; constructor(name, args) { resourceInputs["a"] = args?.b; } }`;
  assert.throws(() => readClass(source(code), "R"), /'a' is not set from the argument of that name/);
});

test("tokens of functions and defaults of nested types are read", () => {
  assert.equal(readFunctionToken(source(`function f() { return pulumi.runtime.invoke("p:m:f", {}); }`)), "p:m:f");
  const defaults = readNestedDefaults(
    source(`var m;(function (m) { function thingProvideDefaults(val) { return { ...val, on: (val.on) ?? true }; } })(m || (m = {}));`),
  );
  assert.deepEqual(Object.fromEntries(defaults.get("m.thing")), { on: { default: true } });
});

test("tokens follow the family of the package", () => {
  const name = (compatibility, modules) => tokenNamer({ compatibility, modules, schema: { name: "p" } });
  assert.equal(name("plain")("input", "keyvault.SkuArgs"), "p:keyvault:Sku");
  assert.equal(name("plain")("output", "keyvault.SkuResponse"), "p:keyvault:SkuResponse");
  assert.equal(name("kubernetes20", { "rbac/v1": "rbac.k8s.io/v1" })("input", "rbac.v1.Rule"), "p:rbac.k8s.io/v1:Rule");
  assert.equal(name("tfbridge20")("input", "Policy"), "p:index/Policy:Policy");
  assert.throws(() => name("else"), /'else' is none of/);
});

test("overrides need a source and must change something", () => {
  const schema = () => ({ types: { t: { properties: { n: { type: "integer" }, s: { type: "string" } } } }, resources: {} });
  const number = (property) => applyOverrides(schema(), { numbers: [{ type: "t", property, source: "x" }] });
  number("n");
  assert.throws(() => number("s"), /no integer t s/);
  assert.throws(() => applyOverrides(schema(), { numbers: [{ type: "t", property: "n" }] }), /has no source/);
  assert.throws(() => applyOverrides(schema(), { createOnly: [{ resources: "*", properties: ["x"], source: "y" }] }), /no resource has/);
  assert.throws(
    () => applyOverrides(schema(), { set: [{ path: ["types", "t", "properties", "s", "type"], value: "string", source: "y" }] }),
    /has that value already/,
  );
});

test("text does not depend on the order of keys", () => {
  assert.equal(render({ types: { b: { x: 1 }, a: {} }, name: "p" }), render({ name: "p", types: { a: {}, b: { x: 1 } } }));
  assert.equal(render({ required: ["b", "a"] }), '{ "required": ["a", "b"] }\n');
});

test("differences name their paths", () => {
  assert.deepEqual(differences({ a: { b: 1 }, c: 1 }, { a: { b: 2 }, c: 1 }), ["/a/b: committed 1, typings 2"]);
  assert.deepEqual(differences({ a: 1, b: 1 }, {}, 1), ["/a: committed 1, typings nothing", "… and 1 more"]);
});
