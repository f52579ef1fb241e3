// Facts that neither typings nor code hold, from the package's overrides.json. Each entry names its source; an entry that
// changes nothing is an error, so that the file cannot rot.

export function applyOverrides(schema, overrides) {
  for (const entry of overrides.numbers ?? []) applyNumber(schema, entry);
  for (const entry of overrides.names ?? []) applyName(schema, entry);
  for (const entry of overrides.createOnly ?? []) applyCreateOnly(schema, entry);
  for (const entry of overrides.set ?? []) applySet(schema, entry);
}

function requireSource(entry) {
  if (!entry.source) throw new Error(`overrides.json: an entry has no source: ${JSON.stringify(entry)}`);
}

/** The property of that name on every side of a type, a resource or (as `provider`) the provider. */
function sidesOf(schema, entry) {
  requireSource(entry);
  const owner = entry.type === "provider" ? schema.provider : (schema.types[entry.type] ?? schema.resources[entry.type]);
  const bags = [owner?.properties, owner?.inputProperties, owner?.stateInputs?.properties];
  return bags.map((bag) => bag?.[entry.property]).filter(Boolean);
}

/** `{ type, property, source }`: the property is a number with fractions. */
function applyNumber(schema, entry) {
  if (sidesOf(schema, entry).filter(toNumber).length === 0) {
    throw new Error(`overrides.json: no integer ${entry.type} ${entry.property}`);
  }
}

/** `{ type, property, name, source }`: the C# name of the property. */
function applyName(schema, entry) {
  const sides = sidesOf(schema, entry);
  if (sides.length === 0) throw new Error(`overrides.json: no property ${entry.type} ${entry.property}`);
  for (const side of sides) side.language = { csharp: { name: entry.name } };
}

function toNumber(type) {
  if (type.type === "integer") {
    type.type = "number";
    return true;
  }
  return [type.items, type.additionalProperties, ...(type.oneOf ?? [])].some((inner) => inner && toNumber(inner));
}

/** `{ resources: "*" | [token], properties: [wire name], source }`: a change of the property replaces the resource. */
function applyCreateOnly(schema, entry) {
  requireSource(entry);
  const tokens = entry.resources === "*" ? Object.keys(schema.resources) : entry.resources;
  for (const property of entry.properties) {
    let hits = 0;
    for (const token of tokens) {
      const found = schema.resources[token]?.inputProperties[property];
      if (!found && entry.resources !== "*") throw new Error(`overrides.json: no input ${token} ${property}`);
      if (!found) continue;
      found.willReplaceOnChanges = true;
      hits++;
    }
    if (hits === 0) throw new Error(`overrides.json: no resource has the input ${property}`);
  }
}

/** `{ path: [key, …], value, source }`: puts a value (null removes it) at a path of the schema. */
function applySet(schema, entry) {
  requireSource(entry);
  let target = schema;
  for (const key of entry.path.slice(0, -1)) {
    target[key] ??= {};
    target = target[key];
  }
  const last = entry.path.at(-1);
  if (JSON.stringify(target[last] ?? null) === JSON.stringify(entry.value)) {
    throw new Error(`overrides.json: ${entry.path.join("/")} has that value already`);
  }
  if (entry.value === null) delete target[last];
  else target[last] = entry.value;
}
