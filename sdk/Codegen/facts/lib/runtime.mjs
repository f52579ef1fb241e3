// Facts that the typings lack, read from the compiled JavaScript: token, constants, defaults, secret wrapping, required
// checks, aliases and replace-on-change lists.
import ts from "typescript";

/** Facts of a resource or provider class. */
export function readClass(source, className) {
  const facts = {
    token: undefined,
    inputs: new Map(),
    required: new Set(),
    secretOutputs: [],
    replaceOnChanges: [],
    aliases: [],
  };
  const declaration = source.statements.find((n) => ts.isClassDeclaration(n) && n.name?.text === className);
  if (!declaration) throw new Error(`${className}: no such class in ${source.fileName}`);
  const visit = (node) => {
    if (ts.isPropertyDeclaration(node) && node.name.getText() === "__pulumiType") facts.token = node.initializer.text;
    if (ts.isVariableDeclaration(node)) readOptions(node, facts);
    if (ts.isIfStatement(node)) readRequired(node, facts);
    if (isAssignment(node)) readAssignment(node, facts);
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  if (!facts.token) throw new Error(`${className}: no type token in ${source.fileName}`);
  return facts;
}

/** The token that a function invokes. */
export function readFunctionToken(source) {
  const match = /pulumi\.runtime\.invoke\("([^"]+)"/.exec(source.text);
  if (!match) throw new Error(`no invoked token in ${source.fileName}`);
  return match[1];
}

/** Defaults of nested input types: from the `…ProvideDefaults` functions of `types/input.js`, by function path. */
export function readNestedDefaults(source) {
  const found = new Map();
  const visit = (node, prefix) => {
    if (ts.isFunctionDeclaration(node) && node.name.text.endsWith("ProvideDefaults")) {
      found.set(prefix + node.name.text.slice(0, -"ProvideDefaults".length), objectDefaults(node));
      return;
    }
    // A namespace compiles to `(function (name) { … })(name || …)`.
    if (ts.isCallExpression(node) && ts.isParenthesizedExpression(node.expression)) {
      const body = node.expression.expression;
      const name = ts.isFunctionExpression(body) ? body.parameters[0]?.name.getText() : undefined;
      if (name) {
        ts.forEachChild(body.body, (child) => visit(child, `${prefix}${name}.`));
        return;
      }
    }
    ts.forEachChild(node, (child) => visit(child, prefix));
  };
  visit(source, "");
  return found;
}

function objectDefaults(declaration) {
  const defaults = new Map();
  const visit = (node) => {
    if (ts.isPropertyAssignment(node)) {
      const value = nullishDefault(node.initializer);
      if (value) defaults.set(node.name.text, value);
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return defaults;
}

function isAssignment(node) {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isElementAccessExpression(node.left) &&
    node.left.expression.getText() === "resourceInputs"
  );
}

function readAssignment(node, facts) {
  const wire = node.left.argumentExpression.text;
  const text = node.right.getText();
  if (/\bstate\b/.test(text) || /^undefined/.test(text)) return;
  const fact = facts.inputs.get(wire) ?? {};
  const constant = literalValue(node.right);
  if (constant !== undefined) {
    fact.const = constant;
  } else {
    const argument = /\bargs\??\.([A-Za-z0-9_]+)/.exec(text)?.[1];
    if (argument !== wire) throw new Error(`${source(node)}: '${wire}' is not set from the argument of that name: ${text}`);
    if (text.includes("pulumi.secret(")) fact.secret = true;
    Object.assign(fact, findDefault(node.right));
  }
  facts.inputs.set(wire, fact);
}

function findDefault(node) {
  const direct = nullishDefault(node);
  if (direct) return direct;
  let found;
  ts.forEachChild(node, (child) => {
    found ??= findDefault(child);
  });
  return found;
}

function nullishDefault(node) {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) return undefined;
  return defaultValue(node.right);
}

function defaultValue(node) {
  if (ts.isParenthesizedExpression(node)) return defaultValue(node.expression);
  if (ts.isBinaryExpression(node)) return { ...defaultValue(node.left), ...defaultValue(node.right) };
  if (ts.isCallExpression(node)) {
    return { environment: node.arguments.filter(ts.isStringLiteral).map((a) => a.text) };
  }
  const value = literalValue(node);
  if (value === undefined) throw new Error(`${source(node)}: cannot express the default '${node.getText()}'`);
  return { default: value };
}

function literalValue(node) {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return -literalValue(node.operand);
  return undefined;
}

function readRequired(node, facts) {
  const match = /args\??\.([A-Za-z0-9_]+) === undefined/.exec(node.expression.getText());
  if (match && node.thenStatement.getText().includes("Missing required property")) facts.required.add(match[1]);
}

function readOptions(node, facts) {
  const name = node.name.getText();
  if (!node.initializer || !ts.isObjectLiteralExpression(node.initializer)) return;
  const list = node.initializer.properties[0]?.initializer;
  if (!list || !ts.isArrayLiteralExpression(list)) return;
  if (name === "secretOpts") facts.secretOutputs = list.elements.map((e) => e.text);
  if (name === "replaceOnChanges") facts.replaceOnChanges = list.elements.map((e) => e.text);
  if (name === "aliasOpts") facts.aliases = list.elements.map(aliasOf);
}

function aliasOf(element) {
  return Object.fromEntries(element.properties.map((p) => [p.name.text, p.initializer.text]));
}

function source(node) {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
