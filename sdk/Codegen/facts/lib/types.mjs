// Turns a TypeScript type node of the official typings into a type of the package-schema format.
import ts from "typescript";

const wrappers = new Set(["pulumi.Input", "pulumi.Output"]);

/**
 * Converts one property type.
 * @param node the type node
 * @param refs called with ("input" | "output" | "enum", dotted name); answers the schema token
 * @returns {{ type: object, optional: boolean, plain: boolean }}
 */
export function convert(node, refs) {
  const state = { optional: false, wrapped: false };
  const type = convertType(node, refs, state);
  // A value of any type takes inputs without being declared as one.
  const isAny = type.$ref === "pulumi.json#/Any";
  return { type, optional: state.optional, plain: !state.wrapped && !isAny };
}

function convertType(node, refs, state) {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { type: "string" };
    case ts.SyntaxKind.NumberKeyword:
      return { type: "integer" };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: "boolean" };
    case ts.SyntaxKind.AnyKeyword:
      return { $ref: "pulumi.json#/Any" };
    case ts.SyntaxKind.ParenthesizedType:
      return convertType(node.type, refs, state);
    case ts.SyntaxKind.ArrayType:
      return { type: "array", items: convertType(node.elementType, refs, inner(state)) };
    case ts.SyntaxKind.LiteralType:
      return literal(node);
    case ts.SyntaxKind.TypeLiteral:
      return map(node, refs, state);
    case ts.SyntaxKind.UnionType:
      return union(node, refs, state);
    case ts.SyntaxKind.TypeReference:
      return reference(node, refs, state);
    default:
      throw new Error(`cannot express the type '${node.getText()}'`);
  }
}

function inner(state) {
  return { optional: false, wrapped: state.wrapped };
}

function literal(node) {
  if (ts.isStringLiteral(node.literal)) return { type: "string", const: node.literal.text };
  if (ts.isNumericLiteral(node.literal)) return { type: "integer", const: Number(node.literal.text) };
  if (node.literal.kind === ts.SyntaxKind.TrueKeyword) return { type: "boolean", const: true };
  if (node.literal.kind === ts.SyntaxKind.FalseKeyword) return { type: "boolean", const: false };
  throw new Error(`cannot express the literal type '${node.getText()}'`);
}

function map(node, refs, state) {
  const [member] = node.members;
  if (node.members.length !== 1 || !ts.isIndexSignatureDeclaration(member)) {
    throw new Error(`cannot express the type '${node.getText()}'`);
  }
  return { type: "object", additionalProperties: convertType(member.type, refs, inner(state)) };
}

function union(node, refs, state) {
  const parts = node.types.filter((t) => t.kind !== ts.SyntaxKind.UndefinedKeyword);
  if (parts.length < node.types.length) state.optional = true;
  if (parts.length === 1) return convertType(parts[0], refs, state);
  const names = parts.map((t) => t.getText());
  if (names.every((n) => n.startsWith("pulumi.asset."))) return { $ref: "pulumi.json#/Asset" };
  const types = parts.map((t) => convertType(t, refs, state));
  if (types.every((t) => t.const !== undefined)) return { type: types[0].type };
  return { oneOf: types };
}

function reference(node, refs, state) {
  const name = node.typeName.getText();
  if (wrappers.has(name)) {
    state.wrapped = true;
    return convertType(node.typeArguments[0], refs, state);
  }
  if (name === "pulumi.asset.Archive") return { $ref: "pulumi.json#/Archive" };
  if (name === "pulumi.asset.Asset") return { $ref: "pulumi.json#/Asset" };
  const [scope, ...rest] = name.split(".");
  const side = { inputs: "input", outputs: "output", enums: "enum" }[scope];
  if (!side) throw new Error(`cannot express the type '${name}'`);
  return { $ref: `#/types/${refs(side, rest.join("."))}` };
}
