// Assembles one package's schema.json from its list of types.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { applyOverrides } from "./overrides.mjs";
import { readClass, readFunctionToken, readNestedDefaults } from "./runtime.mjs";
import { tokenNamer } from "./tokens.mjs";
import { convert } from "./types.mjs";
import { declarationFile, EnumIndex, findClass, findInterface, indexInterfaces, isDeprecated, parse, propertiesOf } from "./typings.mjs";

const deprecation = "Deprecated by the provider.";

export function buildSchema(list, overrides, packageDirectory) {
  return new Builder(list, packageDirectory).build(overrides);
}

class Builder {
  #list;
  #directory;
  #version;
  #tokenOf;
  #inputs;
  #outputs;
  #enums;
  #defaults;
  #pending = new Map();
  #types = {};

  constructor(list, packageDirectory) {
    this.#list = list;
    this.#directory = packageDirectory;
    this.#version = JSON.parse(readFileSync(path.join(packageDirectory, "package.json"), "utf8")).version;
    this.#tokenOf = tokenNamer(list);
    this.#inputs = indexInterfaces(path.join(packageDirectory, "types", "input.d.ts"));
    this.#outputs = indexInterfaces(path.join(packageDirectory, "types", "output.d.ts"));
    this.#enums = new EnumIndex(packageDirectory);
    const defaults = path.join(packageDirectory, "types", "input.js");
    this.#defaults = existsSync(defaults) ? readNestedDefaults(parse(defaults)) : new Map();
  }

  build(overrides) {
    const schema = {
      name: this.#list.schema.name,
      version: this.#version,
      ...this.#list.schema,
      config: this.#config(),
      provider: {},
      resources: {},
      functions: {},
      types: this.#types,
    };
    schema.provider = this.#resource("Provider", this.#list.provider).body;
    for (const [member, description] of Object.entries(this.#list.resources ?? {})) {
      const { token, body } = this.#resource(member, description);
      schema.resources[token] = body;
    }
    for (const [member, description] of Object.entries(this.#list.functions ?? {})) {
      const { token, body } = this.#function(member, description);
      schema.functions[token] = body;
    }
    this.#drain();
    applyOverrides(schema, overrides);
    return schema;
  }

  #ref = (side, dotted) => {
    const token = this.#tokenOf(side, dotted);
    const sides = this.#pending.get(token) ?? {};
    sides[side] = dotted;
    this.#pending.set(token, sides);
    return token;
  };

  #config() {
    const file = path.join(this.#directory, "config", "vars.d.ts");
    if (!existsSync(file)) return undefined;
    const variables = {};
    for (const statement of parse(file).statements) {
      for (const declaration of statement.declarationList?.declarations ?? []) {
        const { type } = convert(declaration.type, this.#ref);
        variables[declaration.name.text] = type;
      }
    }
    return { variables };
  }

  #resource(member, description) {
    const { name, dts, js } = declarationFile(this.#directory, member);
    const declaration = findClass(dts, name);
    const facts = readClass(js, name);
    const body = { description };
    if (isDeprecated(declaration)) body.deprecationMessage = deprecation;

    const outputs = this.#object(propertiesOf(declaration));
    for (const output of facts.secretOutputs) if (outputs.properties[output]) outputs.properties[output].secret = true;
    for (const changed of facts.replaceOnChanges) {
      if (outputs.properties[changed]) outputs.properties[changed].replaceOnChanges = true;
    }
    const inputs = this.#object(propertiesOf(findInterface(dts, `${name}Args`)), { inputs: true });
    for (const [wire, fact] of facts.inputs) this.#applyInput(member, inputs, wire, fact);
    this.#checkRequired(member, inputs, facts);

    Object.assign(body, outputs, { inputProperties: inputs.properties, requiredInputs: inputs.required });
    const state = findInterface(dts, `${name}State`);
    if (state) {
      const { properties } = this.#object(propertiesOf(state), { inputs: true });
      for (const output of facts.secretOutputs) if (properties[output]) properties[output].secret = true;
      body.stateInputs = { properties };
    }
    if (facts.aliases.length > 0) body.aliases = facts.aliases;
    return { token: facts.token, body };
  }

  #applyInput(member, inputs, wire, fact) {
    const property = inputs.properties[wire];
    if (!property) throw new Error(`${member}: the code sets '${wire}', which the typings do not have`);
    applyFact(property, fact);
  }

  // The code checks for what the typings require, save for constants and defaults, which it sets itself.
  #checkRequired(member, inputs, facts) {
    for (const wire of facts.required) {
      if (!inputs.required.includes(wire)) throw new Error(`${member}: '${wire}' is checked for but optional in the typings`);
    }
  }

  #function(member, description) {
    const { name, dts, js } = declarationFile(this.#directory, member);
    const pascal = name.charAt(0).toUpperCase() + name.slice(1);
    const body = { description };
    const plain = findInterface(dts, `${pascal}Args`);
    if (plain) body.inputs = this.#object(propertiesOf(plain));
    const result = findInterface(dts, `${pascal}Result`);
    if (!result) throw new Error(`${member}: no ${pascal}Result in the typings`);
    body.outputs = this.#object(propertiesOf(result));
    return { token: readFunctionToken(js), body };
  }

  #object(properties, { inputs = false } = {}) {
    const result = { properties: {}, required: [] };
    for (const { name, optional, type, deprecated } of properties) {
      const converted = convert(type, this.#ref);
      const property = converted.type;
      if (inputs && converted.plain) property.plain = true;
      if (deprecated) property.deprecationMessage = deprecation;
      result.properties[name] = property;
      if (!optional && !converted.optional) result.required.push(name);
    }
    return result;
  }

  // A reference found while a type is built is queued, so loop until nothing new turns up.
  #drain() {
    const done = new Map();
    for (let again = true; again; ) {
      again = false;
      for (const [token, sides] of this.#pending) {
        const key = Object.keys(sides).sort().join();
        if (done.get(token) === key) continue;
        done.set(token, key);
        again = true;
        this.#types[token] = this.#type(token, sides);
      }
    }
  }

  #type(token, sides) {
    if (sides.enum) {
      const values = this.#enums.find(sides.enum);
      return { type: typeof values[0].value === "string" ? "string" : "number", enum: values };
    }
    const input = sides.input && this.#inputs.get(sides.input);
    const output = sides.output && this.#outputs.get(sides.output);
    if (sides.input && !input) throw new Error(`${token}: no input type ${sides.input} in the typings`);
    if (sides.output && !output) throw new Error(`${token}: no output type ${sides.output} in the typings`);
    // Where both sides exist, outputs that a service always fills are still optional in C#: the input side decides.
    const body = { type: "object", ...this.#object(propertiesOf(input ?? output), { inputs: input !== undefined }) };
    if (input && output) this.#object(propertiesOf(output));
    const defaults = sides.input && this.#defaults.get(lowerLast(sides.input));
    for (const [wire, fact] of defaults ?? []) {
      if (body.properties[wire]) applyFact(body.properties[wire], fact);
    }
    return body;
  }
}

function lowerLast(dotted) {
  const at = dotted.lastIndexOf(".") + 1;
  return dotted.slice(0, at) + dotted.charAt(at).toLowerCase() + dotted.slice(at + 1);
}

function applyFact(property, fact) {
  if (fact.secret) property.secret = true;
  if (fact.const !== undefined) property.const = fact.const;
  if (fact.default !== undefined) property.default = fact.default;
  if (fact.environment) property.defaultInfo = { environment: fact.environment };
}
