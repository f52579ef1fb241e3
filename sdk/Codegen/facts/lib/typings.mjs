// Reads declarations out of the .d.ts files of one npm package. Syntax only: no type checker, so that a package of
// many megabytes is read in seconds.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export function parse(file) {
  const kind = file.endsWith(".js") ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, kind);
}

/** Interfaces of `types/input.d.ts` or `types/output.d.ts` by dotted path, e.g. `keyvault.VaultPropertiesArgs`. */
export function indexInterfaces(file) {
  const found = new Map();
  if (!existsSync(file)) return found;
  const visit = (statements, prefix) => {
    for (const node of statements) {
      if (ts.isModuleDeclaration(node) && node.body) {
        visit(node.body.statements ?? [], `${prefix}${node.name.text}.`);
      } else if (ts.isInterfaceDeclaration(node)) {
        found.set(prefix + node.name.text, node);
      }
    }
  };
  visit(parse(file).statements, "");
  return found;
}

/** The members of an enum object in `types/enums/<path>/index.d.ts`, as `{ name, value }`. */
export class EnumIndex {
  #root;
  #files = new Map();

  constructor(packageDirectory) {
    this.#root = path.join(packageDirectory, "types", "enums");
  }

  find(dotted) {
    const parts = dotted.split(".");
    const name = parts.pop();
    const file = path.join(this.#root, ...parts, "index.d.ts");
    if (!this.#files.has(file)) this.#files.set(file, this.#read(file));
    const values = this.#files.get(file).get(name);
    if (!values) throw new Error(`enum ${dotted} is not in ${path.relative(process.cwd(), file)}`);
    return values;
  }

  #read(file) {
    const enums = new Map();
    if (!existsSync(file)) return enums;
    for (const node of parse(file).statements) {
      if (!ts.isVariableStatement(node)) continue;
      for (const declaration of node.declarationList.declarations) {
        if (!declaration.type || !ts.isTypeLiteralNode(declaration.type)) continue;
        enums.set(declaration.name.text, declaration.type.members.map(enumMember));
      }
    }
    return enums;
  }
}

function enumMember(member) {
  const name = member.name.text;
  const literal = member.type.literal;
  if (ts.isStringLiteral(literal)) return { name, value: literal.text };
  return { name, value: Number(literal.getText()) };
}

/** The file that declares a class or function: its name with a lower-case first letter, as the packages have it. */
export function declarationFile(packageDirectory, member) {
  const parts = member.split("/");
  const name = parts.pop();
  const base = name.charAt(0).toLowerCase() + name.slice(1);
  const file = path.join(packageDirectory, ...parts, `${base}.d.ts`);
  if (!existsSync(file)) throw new Error(`${member}: no ${path.relative(packageDirectory, file)} in the npm package`);
  return { name, dts: parse(file), js: parse(file.replace(/\.d\.ts$/, ".js")) };
}

export function findInterface(source, name) {
  return source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
}

export function findClass(source, name) {
  return source.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === name);
}

/** The properties of an interface, or the readonly instance properties of a class, as `{ name, optional, type, deprecated }`. */
export function propertiesOf(declaration) {
  if (!declaration) return [];
  return declaration.members
    .filter((m) => (ts.isPropertySignature(m) || ts.isPropertyDeclaration(m)) && !isStatic(m))
    .map((m) => ({
      name: m.name.text,
      optional: m.questionToken !== undefined,
      type: m.type,
      deprecated: isDeprecated(m),
    }));
}

export function isDeprecated(node) {
  return ts.getJSDocDeprecatedTag(node) !== undefined;
}

function isStatic(member) {
  return ts.getModifiers(member)?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) ?? false;
}
