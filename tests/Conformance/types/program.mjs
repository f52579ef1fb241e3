// Compiles texts that exist in memory only against the installed packages.
import path from "node:path";
import ts from "typescript";
import { workspace } from "./packages.mjs";

const options = {
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  types: [],
};

/** A program of these files, by name. */
export function compile(files) {
  const texts = new Map(Object.entries(files).map(([name, text]) => [path.join(workspace, name), text]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists.call(host, file);
  host.readFile = (file) => texts.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, ...rest) =>
    texts.has(file) ? ts.createSourceFile(file, texts.get(file), options.target, true) : getSourceFile.call(host, file, ...rest);
  const program = ts.createProgram([...texts.keys()], options, host);
  return { program, checker: program.getTypeChecker(), sources: [...texts.keys()].map((file) => program.getSourceFile(file)) };
}

/** The literals of the official enums that a type is declared with, also where 'string' stands beside them. */
export function enumValues(checker, typeNode) {
  const values = new Set();
  const visit = (node) => {
    if (ts.isTypeReferenceNode(node)) {
      const symbol = checker.getSymbolAtLocation(node.typeName);
      const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (target?.declarations?.some((declaration) => /[\\/]types[\\/]enums[\\/]/.test(declaration.getSourceFile().fileName))) {
        const type = checker.getTypeFromTypeNode(node);
        for (const part of type.isUnion() ? type.types : [type]) if (part.isStringLiteral()) values.add(part.value);
      }
    }
    ts.forEachChild(node, visit);
  };
  if (typeNode) visit(typeNode);
  return values;
}

/** What a type is besides promises and outputs. */
export function plainParts(checker, type) {
  const parts = type.isUnion() ? type.types : [type];
  return parts.filter((part) => !checker.getPropertyOfType(part, "apply") && !checker.getPropertyOfType(part, "then"));
}
