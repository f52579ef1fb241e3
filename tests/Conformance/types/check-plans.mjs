// Writes the resources of plans down as a TypeScript program of constructor calls and compiles it against the official
// packages: names, nesting, required and excess properties. Literals are looked up in the official enums besides, which the
// compiler does not do where the type is 'string | enum'. Objects of Kubernetes are held against the types of its OpenAPI too.
//   node check-plans.mjs SDK_FOLDER PLANS_FILE
// The plans: [{ "name", "resources": [{ "urn", "type", "name", "inputs" }] }], with { "$any": true } for what is not known.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { classesByToken, readSchemas } from "./packages.mjs";
import { compile, enumValues, plainParts } from "./program.mjs";

const kubernetesModules = {
  "apps/v1": "apps/v1",
  "batch/v1": "batch/v1",
  "core/v1": "core/v1",
  "networking.k8s.io/v1": "networking/v1",
  "policy/v1": "policy/v1",
  "rbac.authorization.k8s.io/v1": "rbac/v1",
};

// Objects of kinds that a cluster is taught have one class for all; their groups are domain names.
const taughtKind = /^kubernetes:[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+\/v\w+:\w+$/;
const customResource = { module: "@pulumi/kubernetes/apiextensions", name: "CustomResource" };

// Values that the services take and the official enums do not list; the typings admit any string there.
const knownBeyond = {
  // Azure Monitor: the streams of Container insights and of managed Prometheus.
  streams: /^Microsoft-(ContainerLogV2|KubeEvents|KubeNodeInventory|KubePodInventory|PrometheusMetrics)$/,
  // Compute: the enum ends with sizes of 2019.
  vmSize: /^Standard_[A-Z]\d+[a-z]*_v[2-6]$/,
};

const [sdk, plansFile] = process.argv.slice(2);
const classes = classesByToken(readSchemas(sdk));
const plans = JSON.parse(readFileSync(plansFile, "utf8"));
const findings = [];
const { text, lines, objects } = write(plans);
const { program, checker, sources } = compile({ "plans-of-all-stacks.ts": text });

for (const diagnostic of sources.flatMap((source) => program.getSemanticDiagnostics(source))) {
  report(diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line, ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
}
sources.forEach((source) => ts.forEachChild(source, visit));

console.log(JSON.stringify({ resources: lines.size - objects, objects, findings: [...new Set(findings)] }));

function write(plans) {
  const imports = new Map();
  const body = [];
  const lines = new Map();
  let objects = 0;
  for (const plan of plans) {
    for (const resource of plan.resources) {
      const found = classes.get(resource.type) ?? (taughtKind.test(resource.type) ? customResource : undefined);
      if (found === undefined) {
        findings.push(`${plan.name} ${resource.urn}: no official class is known for '${resource.type}'`);
        continue;
      }
      const alias = imports.get(found.module)?.alias ?? `class${imports.size}`;
      imports.set(found.module, { alias, name: found.name });
      lines.set(body.length, `${plan.name} ${resource.urn}`);
      body.push(`new ${alias}(${JSON.stringify(resource.name)}, ${literal(resource.inputs)});`);

      // A patch has the shape of what it patches.
      const [, group, kind] = /^kubernetes:(.+):(\w+?)(?:Patch)?$/.exec(resource.type) ?? [];
      if (group in kubernetesModules) {
        objects++;
        lines.set(body.length, `${plan.name} ${resource.urn} (OpenAPI)`);
        body.push(`export const object${objects}: import("kubernetes-types/${kubernetesModules[group]}").${kind} = ${literal(resource.inputs)};`);
      }
    }
  }
  const head = [...imports].map(([module, { alias, name }]) => `import { ${name} as ${alias} } from ${JSON.stringify(module)};`);
  head.push("declare const notKnown: any;");
  return {
    text: [...head, ...body].join("\n"),
    lines: new Map([...lines].map(([line, what]) => [line + head.length, what])),
    objects,
  };
}

function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (value.$any) return "notKnown";
  return `{ ${Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${literal(entry)}`).join(", ")} }`;
}

function visit(node) {
  if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.parent)) checkEnum(node);
  ts.forEachChild(node, visit);
}

function checkEnum(assignment) {
  const literals = ts.isArrayLiteralExpression(assignment.initializer) ? assignment.initializer.elements : [assignment.initializer];
  const texts = literals.filter(ts.isStringLiteral);
  const context = texts.length > 0 ? checker.getContextualType(assignment.parent) : undefined;
  if (context === undefined) return;
  const allowed = new Set();
  for (const part of plainParts(checker, context)) {
    const declaration = checker.getPropertyOfType(part, assignment.name.text)?.valueDeclaration;
    for (const value of enumValues(checker, declaration?.type)) allowed.add(value);
  }
  for (const { text } of allowed.size > 0 ? texts : []) {
    if (!allowed.has(text) && !knownBeyond[assignment.name.text]?.test(text)) {
      const line = assignment.getSourceFile().getLineAndCharacterOfPosition(assignment.getStart()).line;
      report(line, `'${text}' is no value of the official enum of '${assignment.name.text}': ${[...allowed].join(", ")}`);
    }
  }
}

function report(line, message) {
  findings.push(`${lines.get(line) ?? `line ${line + 1}`}: ${message}`);
}
