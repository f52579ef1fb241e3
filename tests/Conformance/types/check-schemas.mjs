// Holds schemas against the official packages through the TypeScript compiler, which knows what their typings mean: every
// input and its required flag, down to the last nested type, and every value of every enum. It shares no code with the tool
// that writes the schemas.
//   node check-schemas.mjs SDK_FOLDER
import ts from "typescript";
import { classesByToken, readSchemas } from "./packages.mjs";
import { compile, enumValues, plainParts } from "./program.mjs";

const schemas = readSchemas(process.argv[2]);
const classes = classesByToken(schemas);
const used = schemas.flatMap(({ schema }) => Object.keys(schema.resources).map((token) => ({ schema, token, ...classes.get(token) })));
const findings = [];
for (const { token, module } of used) if (module === undefined) findings.push(`${token}: there is no official class of this token`);
const known = used.filter(({ module }) => module !== undefined);
const { checker, sources } = compile({
  "classes.ts": known
    .map(({ name, module }, index) => `import { ${name} as class${index} } from ${JSON.stringify(module)};\nexport type T${index} = ConstructorParameters<typeof class${index}>[1];`)
    .join("\n"),
});
const aliases = sources[0].statements.filter(ts.isTypeAliasDeclaration);
const counts = { resources: 0, types: 0, properties: 0, enums: 0 };
known.forEach(({ schema, token }, index) => {
  const { inputProperties = {}, requiredInputs = [] } = schema.resources[token];
  counts.resources++;
  compareObject(schema, token, inputProperties, requiredInputs, checker.getTypeFromTypeNode(aliases[index].type), new Set());
});
console.log(JSON.stringify({ ...counts, findings: [...new Set(findings)] }));

function compareObject(schema, place, properties, required, type, seen) {
  const parts = plainParts(checker, checker.getNonNullableType(type)).filter((part) => part.flags & ts.TypeFlags.Object);
  const official = new Map(parts.flatMap((part) => checker.getPropertiesOfType(part)).map((symbol) => [symbol.name, symbol]));
  for (const [name, symbol] of official) {
    if (!(name in properties)) findings.push(`${place}: '${name}' is missing in the schema`);
    else if (required.includes(name) === Boolean(symbol.flags & ts.SymbolFlags.Optional)) {
      findings.push(`${place}: '${name}' is ${required.includes(name) ? "required in the schema only" : "required, but not in the schema"}`);
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    counts.properties++;
    const symbol = official.get(name);
    if (symbol === undefined) findings.push(`${place}: the official package has no '${name}'`);
    else compareProperty(schema, `${place}.${name}`, property, symbol, seen);
  }
}

function compareProperty(schema, place, property, symbol, seen) {
  const type = checker.getTypeOfSymbol(symbol);
  const official = enumValues(checker, symbol.valueDeclaration?.type);
  const ours = new Set(references(property).flatMap((token) => (schema.types?.[token]?.enum ?? []).map(({ value }) => value)));
  if (official.size > 0 || ours.size > 0) {
    counts.enums++;
    for (const value of official) if (!ours.has(value)) findings.push(`${place}: the schema's enum lacks '${value}'`);
    for (const value of ours) if (typeof value === "string" && !official.has(value)) findings.push(`${place}: the official enum has no '${value}'`);
  }
  for (const token of references(property)) {
    const target = schema.types?.[token];
    if (target === undefined || target.enum !== undefined || seen.has(token)) continue;
    if ((property.oneOf ?? property.items?.oneOf)?.filter((one) => one.$ref).length > 1) continue;
    seen.add(token);
    counts.types++;
    compareObject(schema, token, target.properties ?? {}, target.required ?? [], innermost(type), seen);
  }
}

function references(property) {
  const own = property.$ref?.startsWith("#/types/") ? [decodeURIComponent(property.$ref.slice("#/types/".length))] : [];
  const inner = [property.items, typeof property.additionalProperties === "object" ? property.additionalProperties : undefined, ...(property.oneOf ?? [])];
  return [...own, ...inner.filter(Boolean).flatMap(references)];
}

// The elements of lists and maps, as deep as they go.
function innermost(type) {
  for (const part of plainParts(checker, checker.getNonNullableType(type))) {
    if (checker.isArrayType(part)) return innermost(checker.getTypeArguments(part)[0]);
    const index = checker.getIndexInfoOfType(part, ts.IndexKind.String);
    if (index !== undefined && checker.getPropertiesOfType(part).length === 0) return innermost(index.type);
  }
  return type;
}
