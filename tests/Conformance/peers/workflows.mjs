// Reads workflows with GitHub's own parser and prints what it refuses, one line for each file.
import { register } from "node:module";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

// The package imports its schema as JSON without saying so.
register("data:text/javascript," + encodeURIComponent(`
  import { readFile } from "node:fs/promises";
  export async function load(url, context, next) {
    return url.endsWith(".json")
      ? { format: "module", shortCircuit: true, source: "export default " + (await readFile(new URL(url), "utf8")) }
      : next(url, context);
  }`));
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import("@actions/workflow-parser");

for (const file of process.argv.slice(2)) {
  const parsed = parseWorkflow({ name: basename(file), content: readFileSync(file, "utf8") }, new NoOperationTraceWriter());
  const template = parsed.value ? await convertWorkflowTemplate(parsed.context, parsed.value) : undefined;
  const errors = [...parsed.context.errors.getErrors().map((error) => error.message), ...(template?.errors ?? []).map((error) => error.Message)];
  console.log(JSON.stringify({ file: basename(file), errors: [...new Set(errors)], jobs: template?.jobs?.length ?? 0 }));
}
